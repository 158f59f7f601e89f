"""Submodules: which other repository stands at which path, from `.gitmodules` read as text."""

import contextlib
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import msgspec

from compliance.model.evidence import Lines, Statement
from compliance.model.finding import DependencyFinding, Finding, place
from compliance.model.skip import Skip
from compliance.model.skip_words import at_line
from compliance.model.text import Text
from compliance.package_urls import of_address, purl
from compliance.sources.git.config_text import ConfigTextError, settings

GITMODULES = ".gitmodules"
LARGEST_GITMODULES = 1 << 20
"""Bytes."""
_SCP_LIKE = re.compile(r"(?:[^@/:]+@)?([^/:]+):(?!//)(.+)")
_LONGEST_SAYING = 200


class Gitlink(msgspec.Struct, frozen=True):
    """A commit of another repository in a tree or an index."""

    path: str
    """Relative to the repository."""
    commit: str


class Declaration(msgspec.Struct, frozen=True):
    """What `.gitmodules` says of one submodule."""

    url: str
    lines: Lines


_NOT_A_CONFIGURATION = Text(en="not git configuration syntax", ko="git 설정 문법 아님")


def declarations(text: str) -> tuple[dict[str, Declaration], Skip | None]:
    """What `text`, a `.gitmodules` file, declares for each path; with it a skip where the text is broken."""
    sections: dict[str, dict[str, tuple[str, int]]] = {}
    fault: Skip | None = None
    try:
        for one in settings(text):
            if one.section == "submodule":
                sections.setdefault(one.subsection, {})[one.key] = (one.value, one.line)
    except ConfigTextError as error:
        fault = Skip.of("malformed", at_line(error.line, _NOT_A_CONFIGURATION), GITMODULES)
    found: dict[str, Declaration] = {}
    for section in sections.values():
        if "path" in section and "url" in section:
            numbers = [line for _, line in section.values()]
            url = without_credentials(section["url"][0])
            found[section["path"][0].rstrip("/")] = Declaration(url, (min(numbers), max(numbers)))
    return found, fault


def findings(
    gitlinks: Iterable[Gitlink], declared: dict[str, Declaration], prefix: str, revision: str | None
) -> Iterator[Finding]:
    """A placed dependency for each of `gitlinks`.

    It stands at the lines of `.gitmodules`, or at the submodule's own path where that file lies outside the source
    or says nothing of it.

    Args:
        gitlinks: paths relative to the repository.
        declared: by path relative to the repository.
        prefix: path of the source in the repository, with `/` at the end; empty for the whole of it.
        revision: commit that was examined.
    """
    for link in gitlinks:
        declaration = declared.get(link.path)
        at = link.path.removeprefix(prefix)
        name = link.path.rpartition("/")[2] or "submodule"
        if declaration is None:
            evidence = Statement(field="gitlink", says=link.commit)
            package = purl("generic", name, link.commit)
        else:
            file = None if prefix else GITMODULES
            evidence = Statement(
                path=file, lines=declaration.lines, field="url", says=declaration.url[:_LONGEST_SAYING]
            )
            package = package_url(declaration.url, link.commit, name)
        dependency = DependencyFinding(
            purl=package,
            scope="submodule",
            locked=True,
            declared_in="" if prefix or declaration is None else GITMODULES,
            lines=None if prefix or declaration is None else declaration.lines,
            evidence=(evidence,),
        )
        yield place(dependency, dependency.declared_in or at, revision)


def package_url(url: str, commit: str, name: str) -> str:
    """The package URL of the repository at `url` (without credentials) at `commit`.

    Args:
        url: as in `.gitmodules`; one that is relative to the superproject's own address names no place by itself.
        commit: full object name.
        name: for a repository that isn't on GitHub.
    """
    host, path, address = _parts(url)
    steps = [step for step in path.removesuffix("/").removesuffix(".git").split("/") if step]
    if host in {"github.com", "www.github.com"} and len(steps) == 2:
        with contextlib.suppress(ValueError):  # names that a package URL can't hold
            return of_address(f"https://github.com/{steps[0]}/{steps[1]}@{commit}")
    return purl("generic", name, commit, {"vcs_url": f"git+{address}@{commit}"} if host else None)


def _parts(url: str) -> tuple[str, str, str]:
    """Host in lower case, path, and the whole with a scheme; no host for a relative or broken `url`."""
    if scp := _SCP_LIKE.fullmatch(url):
        return scp[1].lower(), scp[2], f"ssh://{scp[1]}/{scp[2].lstrip('/')}"
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.path, url
    except ValueError:
        return "", "", ""


def without_credentials(url: str) -> str:
    """`url` without a user name and password, which must not reach a report."""
    return re.sub(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/]*@", r"\1", url)
