"""Sources: where files come from. A source yields files and never interprets them."""
