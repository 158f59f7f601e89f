"""Files at the top level of the repository that go into the package: policies, templates, schemas."""

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def folders(name: str, in_checkout: str | None = None) -> Iterator[Traversable]:
    """Where the shipped files called `name` lie: inside an installed package, and beside it in a checkout.

    Args:
        name: of the folder in the package.
        in_checkout: its path in a checkout, where that is another.
    """
    installed = resources.files("compliance").joinpath("shipped", name)
    if installed.is_dir():
        yield installed
    checkout = Path(__file__).parents[1]
    if (checkout / "pyproject.toml").is_file() and (checkout / (in_checkout or name)).is_dir():
        yield checkout / (in_checkout or name)


def read(name: str, file: str, in_checkout: str | None = None) -> str:
    """The text of one shipped file.

    Raises:
        FileNotFoundError: the package is incomplete.
    """
    for folder in folders(name, in_checkout):
        if (found := folder.joinpath(file)).is_file():
            return found.read_text(encoding="utf-8")
    raise FileNotFoundError(f"{name}/{file}")
