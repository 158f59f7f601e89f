"""Where the parts of a git repository lie, found without asking git and without trusting what is found.

A folder handed in by somebody else may hold a `.git` that points at a repository of the person who examines it.
A repository outside the folder is therefore believed only if it points back.
"""

import os
import stat
from pathlib import Path

import msgspec

from compliance.sources.disk_file import read_small
from compliance.sources.git.config_text import ConfigTextError, Setting, settings

_SMALL = 4_096
_LARGEST_CONFIG = 1 << 20
_POINTER = b"gitdir: "


class Repository(msgspec.Struct, frozen=True):
    """A repository on disk; every path is absolute and resolved."""

    git_dir: Path
    """Holds HEAD and the index."""
    common_dir: Path
    """Holds objects, references and configuration; the same as `git_dir` except for linked working trees."""
    work_tree: Path | None
    """None for a bare repository."""
    prefix: bytes = b""
    """Path of the subject in the working tree, `/` between parts; empty for the whole tree."""

    def configuration(self) -> tuple[Setting, ...]:
        """The settings of the repository's own file, as text; those before a fault where it is broken."""
        found: list[Setting] = []
        text = read_small(os.fsencode(self.common_dir / "config"), _LARGEST_CONFIG) or b""
        try:
            found.extend(settings(text.decode("utf-8", "replace")))
        except ConfigTextError:
            return tuple(found)
        return tuple(found)

    def setting(self, section: str, key: str) -> str | None:
        """The last value of `section.key`, in lower case."""
        values = [
            one.value
            for one in self.configuration()
            if (one.section, one.subsection, one.key) == (section, "", key)
        ]
        return values[-1].lower() if values else None


def locate(subject: Path) -> Repository | None:
    """The repository that the folder `subject` is, or lies in; None where there is none to be believed."""
    subject = subject.resolve()
    if os.path.lexists(subject / ".git"):
        return _of_work_tree(subject)
    if _is_git_dir(subject):
        return Repository(git_dir=subject, common_dir=subject, work_tree=None)
    if ".git" in subject.parts:
        return None
    for parent in subject.parents:
        if os.path.lexists(parent / ".git") and (found := _of_work_tree(parent)) is not None:
            prefix = os.fsencode(subject.relative_to(parent))
            trusted = _owner(found.git_dir) in {_owner(subject), os.geteuid()}
            return Repository(found.git_dir, found.common_dir, found.work_tree, prefix) if trusted else None
    return None


def is_repository(entry: bytes) -> bool:
    """Whether `entry`, called `.git`, is what git makes: a repository's folder, or a file that points at one.

    A folder is taken for one if it holds HEAD and a folder of objects; any other is nothing but a name.
    """
    if os.path.isdir(entry):  # noqa: PTH112 - Path would not keep the bytes as they are
        return os.path.lexists(entry + b"/HEAD") and os.path.isdir(entry + b"/objects")  # noqa: PTH112 - as above
    return (read_small(entry, _SMALL) or b"").startswith(_POINTER)


def _owner(path: Path) -> int:
    return path.stat().st_uid


def _of_work_tree(work_tree: Path) -> Repository | None:
    entry = work_tree / ".git"
    try:
        git_dir = entry.resolve() if entry.is_dir() else _named_in(entry, _POINTER, work_tree)
        common_dir = _common_dir(git_dir) if git_dir else None
    except (OSError, RuntimeError):
        return None
    if git_dir is None or common_dir is None or not _is_git_dir(common_dir):
        return None
    found = Repository(git_dir, common_dir, work_tree)
    return found if git_dir.is_relative_to(work_tree) or _points_back(found, work_tree) else None


def _common_dir(git_dir: Path) -> Path | None:
    """Where the repository of the linked working tree at `git_dir` lies; itself for any other."""
    if not os.path.lexists(git_dir / "commondir"):
        return git_dir
    named = _named_in(git_dir / "commondir", b"", git_dir)
    return named if named is not None and git_dir.is_relative_to(named) else None


def _points_back(found: Repository, work_tree: Path) -> bool:
    if found.git_dir != found.common_dir:
        back = _named_in(found.git_dir / "gitdir", b"", found.git_dir, resolved=False)
        return back is not None and back.parent.resolve() == work_tree and back.name == ".git"
    named = [one.value for one in found.configuration() if (one.section, one.key) == ("core", "worktree")]
    return bool(named) and (found.git_dir / named[-1]).resolve() == work_tree


def _named_in(file: Path, introduction: bytes, base: Path, *, resolved: bool = True) -> Path | None:
    """The path that stands in `file` after `introduction`, relative to `base`."""
    content = read_small(os.fsencode(file), _SMALL)
    if content is None or not content.startswith(introduction) or b"\0" in content:
        return None
    named = base / os.fsdecode(content.removeprefix(introduction).rstrip(b"\r\n"))
    return named.resolve() if resolved else named


def _is_git_dir(folder: Path) -> bool:
    """Whether `folder` holds a repository of its own; its objects and references must lie inside it."""
    try:
        parts = [folder / name for name in ("objects", "refs")]
        head = os.path.lexists(folder / "HEAD")
        return head and all(stat.S_ISDIR(part.lstat().st_mode) for part in parts)
    except OSError:
        return False
