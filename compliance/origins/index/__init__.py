"""The index of known code: its file format, how it is written and how it is searched."""
