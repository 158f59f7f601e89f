"""Findings from what ScanCode read: scopes in our words, addresses as package URLs, lines, licenses."""

from collections.abc import Iterator

from compliance import package_urls
from compliance.detectors.package_manifests import patterns
from compliance.detectors.package_manifests.license_statements import Declaration, declaration
from compliance.detectors.package_manifests.places import Lines
from compliance.detectors.package_manifests.scancode_packages import Dependency, Package
from compliance.model.evidence import Statement
from compliance.model.finding import DependencyFinding, Finding, LicenseFinding
from compliance.model.skip import Skip
from compliance.model.text import Text, encodable

_SCOPES = {
    "runtime": (
        *("", "api", "compile", "default", "dependencies", "dependency", "depends", "implementation", "imports"),
        *("install", "production", "require", "requires", "run", "runtime"),
    ),
    "dev": (
        *("dev", "dev-dependencies", "dev_dependencies", "devdependencies", "development", "require-dev", "test"),
        *("testimplementation", "tests", "tests_require"),
    ),
    "optional": ("optional", "optionaldependencies"),
    "build": (
        *("build", "build-dependencies", "build-depends", "build_requires", "host", "makedepends", "setup"),
        "setup_requires",
    ),
}
_SCOPE_OF = {word: scope for scope, words in _SCOPES.items() for word in words}
_NOT_USED = "exclude"
"""Scope under which a Go module names what it must not use."""


def of_packages(packages: list[Package], *, path: str, content: bytes, lines: Lines) -> Iterator[Finding | Skip]:
    """Findings for `packages`, all read from the file at `path`, and for their dependencies.

    Lock files repeat their dependencies as packages with more detail: those count as dependencies.
    """
    dependencies = [one for package in packages for one in package.dependencies if one.scope != _NOT_USED]
    purls = {one.purl for one in dependencies if one.purl}
    licenses: dict[str, Declaration | None] = {}
    for package in packages:
        stated = declaration(
            package.license_statement,
            ecosystem=package.ecosystem,
            datasource=package.datasource,
            content=content,
        )
        if package.purl in purls:
            licenses[package.purl] = stated
        else:
            yield from _package(package, stated, path, lines)
    for dependency in dependencies:
        yield from _dependency(dependency, licenses.get(dependency.purl), lines)


def _package(package: Package, stated: Declaration | None, path: str, lines: Lines) -> Iterator[Finding]:
    expression = stated.expression if stated else None
    place = lines.name(*package_urls.name_of(package.purl)) if package.purl else None
    if package.purl:
        yield DependencyFinding(
            lines=place,
            purl=encodable(package.purl),
            expression=expression,
            scope=_package_scope(package.datasource, path),
            locked="@" in package.purl,
        )
    if stated:
        where = lines.license()
        yield LicenseFinding(
            lines=where or place,
            expression=expression,
            basis="declared",
            subject="package",
            evidence=(Statement(lines=where, field="license", says=encodable(stated.words)[:200]),),
        )


def _package_scope(datasource: str, path: str) -> str:
    if datasource in patterns.INSTALLED:
        return "installed"
    return "vendored" if datasource in patterns.THIRD_PARTY or patterns.is_vendored(path) else "package"


def _dependency(found: Dependency, stated: Declaration | None, lines: Lines) -> Iterator[Finding | Skip]:
    purl, locked = _exact(found)
    try:
        purl = package_urls.of_address(found.link, purl) if found.link else purl
    except ValueError as error:
        fault = f"{found.requirement[:100]!r}: {error}"
        yield Skip.of("malformed", Text(en=f"dependency {fault}", ko=f"의존성 {fault}"))
        return
    if not purl:  # a path inside the examined tree
        return
    place = lines.name(*package_urls.name_of(found.purl)) if found.purl else None
    yield DependencyFinding(
        lines=lines.words(found.link) or place,
        purl=encodable(purl),
        expression=stated.expression if stated else None,
        scope=_scope(found),
        locked=locked,
    )


def _exact(found: Dependency) -> tuple[str, bool]:
    """The purl, and whether it pins one version: `==4.40.*`, which ScanCode takes for a pin, doesn't."""
    name, separator, version = found.purl.partition("@")
    if "*" in version or "%2A" in version:
        return name, False
    return found.purl, found.pinned and bool(separator)


def _scope(found: Dependency) -> str:
    if known := _SCOPE_OF.get(found.scope.casefold()):
        return "optional" if found.optional and found.runtime and found.scope == "dependencies" else known
    return encodable(found.scope)[:100]
