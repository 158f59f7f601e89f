"""Earlier releases: what license files, notices and cards said at tags of the git history, and say no longer."""
