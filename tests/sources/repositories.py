"""Real git repositories, and walking a subject as the pipeline does."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from compliance.model.finding import DependencyFinding, Finding
from compliance.model.skip import Skip
from compliance.sources.opening import open_submission
from compliance.sources.source import Members

_ENVIRONMENT = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
}


@dataclass(frozen=True, slots=True)
class Walked:
    """All that one source yielded."""

    contents: dict[str, bytes]
    """By path, in the order in which they came."""
    identities: dict[str, str | None]
    skipped: tuple[Skip, ...]
    findings: tuple[Finding, ...]
    ignored: int

    @property
    def paths(self) -> list[str]:
        return list(self.contents)

    @property
    def reasons(self) -> dict[str, str]:
        """Path and reason of every skip."""
        return {skip.path: skip.reason for skip in self.skipped}

    def detail(self, path: str) -> str:
        return next(skip.detail for skip in self.skipped if skip.path == path)

    @property
    def dependencies(self) -> list[DependencyFinding]:
        return [one for one in self.findings if isinstance(one, DependencyFinding)]


def walked(subject: Path, *, revision: str | None = None, include_ignored: bool = False) -> Walked:
    """Everything in the only source of `subject`."""
    (source,) = open_submission(subject, revision=revision, include_ignored=include_ignored).sources
    members = Members(skipped=[], findings=[])
    contents: dict[str, bytes] = {}
    identities: dict[str, str | None] = {}
    with source.open() as opened:
        for file in opened.files(members):
            assert file.path not in contents, "a path was yielded twice"
            with file.open() as stream:
                contents[file.path] = stream.read()
            assert len(contents[file.path]) == file.size
            identities[file.path] = file.identity
    return Walked(contents, identities, tuple(members.skipped), tuple(members.findings), members.ignored)


def git(folder: Path, *arguments: str, **environment: str) -> str:
    """Run git in `folder` without anybody's settings."""
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *arguments],
        cwd=folder,
        env={**os.environ, **_ENVIRONMENT, **environment},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def write(folder: Path, files: dict[str, str]) -> None:
    """Write `files` (text by path) below `folder`."""
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def repository(folder: Path, files: dict[str, str] | None = None, *init: str) -> Path:
    """A new repository in `folder` with one commit of `files`; none without files."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main", *init)
    if files:
        write(folder, files)
        commit(folder)
    return folder


def commit(folder: Path, message: str = "change") -> str:
    """Commit everything in `folder`; the commit's full name."""
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")
