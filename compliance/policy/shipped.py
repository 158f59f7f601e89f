"""The policies that come with the program."""

import re
from importlib.resources.abc import Traversable

import msgspec

from compliance import shipped_files

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class PolicyFile(msgspec.Struct, frozen=True):
    """Where a policy stands."""

    folder: Traversable
    file: Traversable
    name: str
    """As messages call the file."""


def is_name(word: str) -> bool:
    """Whether a shipped policy could be called `word`; a path with a folder or an ending can't."""
    return _NAME.fullmatch(word) is not None


def shipped_policies() -> tuple[str, ...]:
    """The names of the policies that come with the program, sorted."""
    names = (file.name for folder in shipped_files.folders("policies") for file in folder.iterdir())
    stems = (name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
    return tuple(sorted({stem for stem in stems if is_name(stem)}))


def shipped_file(name: str) -> PolicyFile | None:
    """The shipped policy `name`; None where there is none."""
    files = (
        PolicyFile(folder, folder.joinpath(f"{name}.yaml"), f"{name}.yaml")
        for folder in shipped_files.folders("policies")
    )
    return next((one for one in files if is_name(name) and one.file.is_file()), None)
