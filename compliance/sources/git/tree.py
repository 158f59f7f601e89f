"""The files of one commit, read from git's object store."""

from collections.abc import Iterator, Mapping

from compliance.model.skip import Skip
from compliance.model.submission import SourceReference
from compliance.model.text import Text
from compliance.sources.git import submodules
from compliance.sources.git.git_file import GitFile
from compliance.sources.git.history import GitHistory
from compliance.sources.git.objects import ObjectReader, sizes
from compliance.sources.git.private_repository import PrivateRepository
from compliance.sources.git.submodules import GITMODULES, LARGEST_GITMODULES, Gitlink
from compliance.sources.git.tree_walk import TreeWalk, read_tree, tree_of_commit
from compliance.sources.links import resolved
from compliance.sources.paths import shown
from compliance.sources.source import Members, SourceFile, sorted_by_path

_LONGEST_TARGET = 4_096


class GitTreeSource:
    """The files of one commit, or of one folder in it."""

    def __init__(
        self, repository: PrivateRepository, commit: str, prefix: bytes, reference: SourceReference
    ) -> None:
        """Read `commit` (full object name) of `repository` below the folder `prefix`."""
        self.reference = reference
        self._repository = repository
        self._reader = ObjectReader(repository)
        self._commit = commit
        self._prefix = prefix

    def close(self) -> None:
        """End git."""
        self._reader.close()

    def files(self, members: Members) -> Iterator[SourceFile]:
        """Every blob by path; links that lead nowhere, submodules and missing objects go to `members`."""
        walk = TreeWalk(self._reader)
        try:
            root = tree_of_commit(self._reader, self._commit)
            tree = folder_in(self._reader, root, self._prefix)
        except (OSError, ValueError) as error:
            members.skipped.append(
                Skip.of("missing-object", Text(en=str(error), ko=f"읽지 못한 커밋: {error}"), ".")
            )
            return
        walk.walk(tree)
        found = self._sized(walk)
        met = {path for path, _ in walk.blobs} | {path for path, _ in walk.gitlinks} | walk.folders
        named, astray = resolved(self._targets(walk), {file.path: file for file in found}, met)
        walk.skipped.extend(astray)
        self._report_submodules(walk, root, members)
        members.skipped.extend(sorted(walk.skipped, key=lambda skip: (skip.path, skip.detail)))
        yield from sorted_by_path([*found, *named])

    def history(self) -> GitHistory:
        """The commits from which this one descends."""
        return GitHistory(self._repository, self._commit, self._prefix)

    def _sized(self, walk: TreeWalk) -> list[SourceFile]:
        known = dict(sizes(self._repository, sorted({name for _, name in walk.blobs})))
        found: list[SourceFile] = []
        for path, name in walk.blobs:
            size = known.get(name)
            if size is not None:
                found.append(GitFile(path, size, name, self._reader))
            elif name in known:
                said = Text(
                    en=f"blob {name} isn't in the repository; fetch it (git fetch --unshallow or --refetch)",
                    ko=f"저장소에 없는 블롭 {name}. 받으세요(git fetch --unshallow 또는 --refetch)",
                )
                walk.skipped.append(Skip.of("missing-object", said, path))
            else:
                said = Text(en=f"git stopped at blob {name}", ko=f"git 중단 위치: 블롭 {name}")
                walk.skipped.append(Skip.of("malformed", said, path))
        return found

    def _targets(self, walk: TreeWalk) -> Mapping[str, str]:
        targets: dict[str, str] = {}
        for path, name in walk.links:
            try:
                targets[path] = shown(self._reader.read(name, "blob", _LONGEST_TARGET))
            except OSError as error:
                said = Text(en=f"link whose target is unknown: {error}", ko=f"대상을 알 수 없는 링크: {error}")
                walk.skipped.append(Skip.of("symlink", said, path))
        return targets

    def _report_submodules(self, walk: TreeWalk, root: str, members: Members) -> None:
        if not walk.gitlinks:
            return
        declared, fault = submodules.declarations(self._gitmodules(root))
        if fault:
            walk.skipped.append(fault)
        prefix = shown(self._prefix) + "/" if self._prefix else ""
        links = [Gitlink(prefix + path, commit) for path, commit in sorted(walk.gitlinks)]
        members.findings.extend(submodules.findings(links, declared, prefix, self._commit))
        walk.skipped.extend(
            Skip.of(
                "submodule",
                Text(
                    en=f"commit {commit} of another repository; examine it by itself",
                    ko=f"다른 저장소의 커밋 {commit}. 그 저장소를 따로 검사하세요",
                ),
                path,
            )
            for path, commit in walk.gitlinks
        )

    def _gitmodules(self, root: str) -> str:
        try:
            names = [one.object_name for one in read_tree(self._reader, root) if one.name == GITMODULES.encode()]
            content = self._reader.read(names[0], "blob", LARGEST_GITMODULES) if names else b""
        except (OSError, ValueError):
            return ""
        return content.decode("utf-8", "backslashreplace")


def folder_in(reader: ObjectReader, tree: str, path: bytes) -> str:
    """Object name of the tree at `path` below `tree`. Raises OSError or ValueError where there is none."""
    for part in path.split(b"/") if path else ():
        entries = read_tree(reader, tree)
        folders = [entry.object_name for entry in entries if entry.name == part and entry.mode == "40000"]
        if not folders:
            raise FileNotFoundError(f"the commit has no folder {shown(path)}")
        tree = folders[0]
    return tree
