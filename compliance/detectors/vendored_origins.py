"""Whole projects inside the examined tree: folders of third-party code, copies of known packages, submodules."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote

from compliance.detectors.detector import Tree
from compliance.model.evidence import Statement
from compliance.model.finding import Declaration, DependencyFinding, Finding, Origin, OriginFinding, place
from compliance.origins import known_projects, references
from compliance.origins.known_projects import KnownProject
from compliance.origins.naming import Named, of_project

CHARACTERISTIC = 3
"""So many of a project's characteristic paths make a folder of its package's name a copy of it."""
_DEEPEST = 2
"""Folders that may stand between one of third-party code and a project in it."""
_THIRD_PARTY_NAMES = (
    "third_party third_parties thirdparty 3rdparty 3rd_party vendor vendors vendored _vendor _vendored"
    " extern externs external externals submodules"
)
_THIRD_PARTY = frozenset(_THIRD_PARTY_NAMES.split())
_WORDS = frozenset({"accelerate", "mamba", "nemo", "swift", "transformers"})
"""Names of known projects that other projects' folders have too."""
_MOST_PATHS = 20
"""Paths of one copy that are kept as evidence."""


class VendoredOrigins:
    """Names the known projects whose files lie in the tree as a whole, by their paths and by submodules."""

    name = "vendored-origins"
    version = f"1+projects-{known_projects.DATA_VERSION}"
    order = 30

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, and an origin for each folder or submodule that is a known project."""
        found = [*_vendored(tree), *_submodules(tree)]
        return tree.and_also(found)


def _vendored(tree: Tree) -> Iterator[Finding]:
    paths = [file.path for file in tree.files]
    copies = _below_third_party(paths)
    for folder, found in _packages(paths).items():
        copies.setdefault(folder, found)
    for folder, (project, evidence) in sorted(copies.items()):
        if not any(outer in copies and copies[outer][0].id == project.id for outer in _above(folder)):
            yield _finding(of_project(project), folder, evidence, tree.revision)


def _above(folder: str) -> Iterator[str]:
    """All folders that hold `folder`."""
    return (folder[:at] for at, mark in enumerate(folder) if mark == "/")


_Copies = dict[str, tuple[KnownProject, tuple[Statement, ...]]]
"""Known project and evidence by folder."""


def _below_third_party(paths: list[str]) -> _Copies:
    """Folders, below one of third-party code, that are called like a known project."""
    found: _Copies = {}
    for path in paths:
        parts = path.split("/")[:-1]
        for at, part in enumerate(parts):
            if _folder(part) not in _THIRD_PARTY:
                continue
            for number in range(at + 1, min(len(parts), at + 2 + _DEEPEST)):
                project = known_projects.by_folder().get(_folder(parts[number]))
                if project is not None and _is_certain(project, path.split("/"), number):
                    folder = "/".join(parts[: number + 1])
                    place_of_it = Statement(path=path, field="vendored-folder", says=folder[-200:])
                    found.setdefault(folder, (project, (place_of_it,)))
                    break
    return found


def _is_certain(project: KnownProject, parts: list[str], number: int) -> bool:
    """Whether part `number` of a path means `project`: a word needs the owner above it or its files below."""
    if _folder(parts[number]) not in _WORDS:
        return True
    owners = {one.partition("/")[0].casefold() for one in project.repositories}
    if parts[number - 1].casefold() in owners:
        return True
    below = "/".join(parts[number + 1 :]).removeprefix("src/").removeprefix(f"{project.package}/")
    return any(below == sign or below.startswith(f"{sign}/") for sign in project.folders)


def _packages(paths: list[str]) -> _Copies:
    """Folders called like a known project's package that have several of its characteristic paths.

    What is no Python package is called like itself.
    """
    packages = {
        name: one
        for one in known_projects.projects()
        if one.folders
        for name in ([one.package] if one.package else [one.id, *one.aliases])
    }
    signs: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for path in paths:
        parts = path.split("/")
        for number, part in enumerate(parts[:-1]):
            if (project := packages.get(part)) is None:
                continue
            below = "/".join(parts[number + 1 :])
            for sign in project.folders:
                if below == sign or below.startswith(f"{sign}/"):
                    signs["/".join(parts[: number + 1])].setdefault(sign, path)
    return {
        folder: (
            packages[posixpath.basename(folder)],
            tuple(
                Statement(path=path, field="characteristic-path", says=sign) for sign, path in sorted(met.items())
            ),
        )
        for folder, met in signs.items()
        if len(met) >= CHARACTERISTIC
    }


def _submodules(tree: Tree) -> Iterator[Finding]:
    for finding in tree.of(DependencyFinding):
        if finding.scope == "submodule":
            named = _of_submodule(finding)
            if named is not None and named.known:
                says = unquote(finding.purl)[:200]
                place_of_it = Statement(path=finding.path, lines=finding.lines, field="submodule", says=says)
                yield _finding(named, finding.path, (place_of_it, *_own(finding)), tree.revision)


def _own(finding: DependencyFinding) -> Iterator[Statement]:
    return (one for one in finding.evidence if isinstance(one, Statement))


def _of_submodule(finding: DependencyFinding) -> Named | None:
    """Whom the repository belongs to that the submodule links to."""
    addresses = [one.says for one in _own(finding) if one.field == "url"]
    for address in addresses:
        if named := references.of_address(_as_web_address(address)):
            return named
    kind, _, rest = finding.purl.removeprefix("pkg:").partition("/")
    owner, _, name = unquote(rest.partition("@")[0].partition("?")[0]).partition("/")
    return references.of_repository(owner, name) if kind == "github" and name else None


def _as_web_address(address: str) -> str:
    """`git@host:owner/name` and `ssh://git@host:22/owner/name` as `https://host/owner/name`."""
    scheme, mark, rest = address.partition("://")
    if not mark:
        host, mark, rest = address.partition(":")
    elif scheme in {"git", "ssh", "git+ssh", "ssh+git"}:
        host, _, rest = rest.partition("/")
    else:
        return address
    host = host.rpartition("@")[2].partition(":")[0]
    return f"https://{host}/{rest.lstrip('/')}" if mark else address


def _finding(named: Named, path: str, evidence: tuple[Statement, ...], revision: str | None) -> Finding:
    origin = Origin(
        family=named.family,
        project=named.project,
        developer=named.developer,
        country=named.country,
        expression=named.expression,
        relation="declared",
        role="direct",
    )
    first = evidence[0]
    declared = Declaration(path=first.path or path, lines=first.lines, says=first.says)
    finding = OriginFinding(
        lines=first.lines, lineage=(origin,), declared=declared, evidence=evidence[:_MOST_PATHS]
    )
    return place(finding, path, revision)


@lru_cache(maxsize=1 << 14)
def _folder(name: str) -> str:
    return known_projects.folder_name(name)


DETECTOR = VendoredOrigins()
