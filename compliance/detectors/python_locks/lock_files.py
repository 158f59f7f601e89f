"""uv.lock, pylock.toml and pdm.lock: every package that an installation would bring."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from compliance import package_urls
from compliance.detectors.python_locks import toml_files
from compliance.detectors.python_locks.toml_files import UnreadableFileError
from compliance.model.finding import DependencyFinding
from compliance.model.skip import Skip

_DEFAULT_INDEX = "pypi.org"
"""Host of the index that a purl of type pypi means by itself."""
_OWN = ("editable", "virtual", "directory")
"""Sources of uv.lock that are the examined tree itself."""
_GROUP = re.compile(r"['\"]([\w.-]+)['\"] in (dependency_groups|extras)")


def uv(text: str) -> Iterator[DependencyFinding | Skip]:
    """The packages of a `uv.lock`, except the projects that are locked.

    Raises:
        UnreadableFileError: not a lock file of version 1.
    """
    document = toml_files.read(text)
    if document.get("version") != 1:
        version = str(document.get("version"))[:20]
        raise UnreadableFileError(f"uv.lock of version {version}", f"uv.lock 버전 {version}", "unsupported")
    found = list(toml_files.packages(document, "package", text))
    scopes = _scopes([package for package, _ in found])
    for package, line in found:
        source = toml_files.table(package, "source")
        if any(key in source for key in _OWN):
            continue
        name, version = toml_files.words(package, "name"), toml_files.words(package, "version")
        yield DependencyFinding(
            lines=line,
            purl=_purl(name, version, _uv_address(source), toml_files.words(source, "registry")),
            scope=scopes.get(name, "runtime"),
            locked=bool(version),
        )


def _uv_address(source: dict[str, Any]) -> str:
    if git := toml_files.words(source, "git"):  # address?what was asked for#commit
        address, _, commit = git.partition("#")
        return f"git+{address.partition('?')[0]}" + (f"@{commit}" if commit else "")
    return toml_files.words(source, "url") or toml_files.words(source, "path")


def _scopes(packages: list[dict[str, Any]]) -> dict[str, str]:
    """Why each package is locked: the first of runtime, optional and dev from which it can be reached."""
    below: dict[str, list[str]] = {}
    roots: dict[str, list[str]] = {"runtime": [], "optional": [], "dev": []}
    for package in packages:
        own = any(key in toml_files.table(package, "source") for key in _OWN)
        runtime = _names(toml_files.listed(package, "dependencies"))
        optional = _names_of_groups(toml_files.table(package, "optional-dependencies"))
        below.setdefault(toml_files.words(package, "name"), []).extend([*runtime, *([] if own else optional)])
        if own:
            roots["runtime"] += runtime
            roots["optional"] += optional
            roots["dev"] += _names_of_groups(toml_files.table(package, "dev-dependencies"))
            roots["dev"] += _names_of_groups(toml_files.table(package, "dependency-groups"))
    scopes: dict[str, str] = {}
    for scope, names in roots.items():
        waiting = names[::-1]
        while waiting:
            name = waiting.pop()
            if name not in scopes:
                scopes[name] = scope
                waiting += below.get(name, ())
    return scopes


def _names(dependencies: Iterable[Any]) -> list[str]:
    return [name for one in dependencies if (name := toml_files.words(one, "name"))]


def _names_of_groups(groups: dict[str, Any]) -> list[str]:
    return [name for group in groups for name in _names(toml_files.listed(groups, group))]


def pdm(text: str) -> Iterator[DependencyFinding | Skip]:
    """The packages of a `pdm.lock`.

    Raises:
        UnreadableFileError: not such a file.
    """
    document = toml_files.read(text)
    for package, line in toml_files.packages(document, "package", text):
        if toml_files.words(package, "path") in (".", "./"):
            continue
        version = toml_files.words(package, "version")
        git = toml_files.words(package, "git")
        yield DependencyFinding(
            lines=line,
            purl=_purl(
                toml_files.words(package, "name"),
                version,
                f"git+{git}@{toml_files.words(package, 'revision')}" if git else toml_files.words(package, "url"),
            ),
            scope=_group(toml_files.listed(package, "groups")),
            locked=bool(version),
        )


def _group(groups: list[Any]) -> str:
    named = [group for group in groups if isinstance(group, str)]
    return "runtime" if not named or "default" in named else named[0][:100]


def pylock(text: str) -> Iterator[DependencyFinding | Skip]:
    """The packages of a `pylock.toml` (PEP 751), as packaging reads and validates it.

    Raises:
        UnreadableFileError: not such a file.
    """
    from packaging.pylock import Pylock, PylockUnsupportedVersionError, PylockValidationError

    document = toml_files.read(text)
    try:
        lock = Pylock.from_dict(document)
    except PylockUnsupportedVersionError as error:
        said = str(error)[:300]
        raise UnreadableFileError(said, f"지원하지 않는 버전: {said}", "unsupported") from error
    except (PylockValidationError, ValueError, TypeError, AttributeError) as error:
        said = str(error)[:300]
        raise UnreadableFileError(f"not a valid pylock: {said}", f"올바른 pylock 아님: {said}") from error
    lines = [line for _, line in toml_files.packages(document, "packages", text)]
    for package, line in zip(lock.packages, lines, strict=True):
        if package.directory:
            continue
        pinned = str(package.version) if package.version else ""
        vcs, archive = package.vcs, package.archive
        address = f"{vcs.type}+{vcs.url}@{vcs.commit_id}" if vcs and vcs.url else archive.url if archive else ""
        yield DependencyFinding(
            lines=line,
            purl=_purl(package.name, pinned, address or "", package.index or ""),
            scope=_marked_scope(str(package.marker) if package.marker else ""),
            locked=bool(pinned or vcs),
        )


def _marked_scope(marker: str) -> str:
    found = _GROUP.search(marker)
    if found is None:
        return "runtime"
    return "optional" if found[2] == "extras" else found[1][:100]


def _purl(name: str, version: str, address: str, registry: str = "") -> str:
    qualifiers = {}
    if registry.startswith(("http://", "https://")) and not _is_default_index(registry):
        qualifiers["repository_url"] = package_urls.without_secrets(registry)
    return package_urls.of_address(address, package_urls.purl("pypi", name, version, qualifiers))


def _is_default_index(registry: str) -> bool:
    try:
        return urlsplit(registry).hostname == _DEFAULT_INDEX
    except ValueError:
        return False
