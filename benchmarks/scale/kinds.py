"""Kinds of files of model repositories, told by name: what one costs to examine depends on them most."""

import posixpath
from typing import Literal, get_args

from compliance.model.weight_formats import weight_format

Kind = Literal["weights", "card", "settings", "vocabulary", "code", "media", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_VOCABULARIES = {"tokenizer.json", "vocab.json", "vocab.txt", "merges.txt", "dict.txt", "bpe.codes"}
_VOCABULARY_SUFFIXES = {".model", ".spm", ".vocab", ".tiktoken"}
_SETTINGS = {".json", ".yaml", ".yml", ".cfg", ".toml", ".ini", ".gitattributes", ".gitignore", ".txt", ".jinja"}
_CODE = {".py", ".sh", ".ipynb", ".cpp", ".c", ".h", ".cu", ".js", ".ts", ".rs"}
_MEDIA = {".flac", ".wav", ".mp3", ".png", ".jpg", ".jpeg", ".gif", ".mp4", ".webp", ".pdf"}


def kind_of(path: str) -> Kind:
    """The kind of the file at `path`."""
    name = posixpath.basename(path)
    suffix = posixpath.splitext(name)[1].lower() or name.lower()
    if weight_format(path):
        return "weights"
    if name.lower() in _VOCABULARIES or suffix in _VOCABULARY_SUFFIXES:
        return "vocabulary"
    if suffix == ".md":
        return "card"
    if suffix in _SETTINGS:
        return "settings"
    if suffix in _CODE:
        return "code"
    return "media" if suffix in _MEDIA else "other"
