"""Package URLs of what manifests name: by requirement, by name and version, or by an address.

The one adapter of packageurl, and of packaging's requirements.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

_VCS = re.compile(r"(?:git|hg|svn|bzr)\+|git://|ssh://", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:(?:git|hg|svn|bzr)\+)?(?:https?|ssh|git|ftp)://", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:git|hg|svn|bzr)\+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[-_.]+")


def purl(
    ecosystem: str, name: str, version: str | None = None, qualifiers: Mapping[str, str] | None = None
) -> str:
    """The purl of `name` in `ecosystem` (`pypi`, `conda`, `generic` …); PyPI names in their normal form.

    Raises:
        ValueError: the name can't stand in a purl.
    """
    from packageurl import PackageURL

    if ecosystem == "pypi":
        name = _SEPARATORS.sub("-", name).lower()
    return PackageURL(ecosystem, None, name, version or None, dict(qualifiers or {}) or None).to_string()


def name_of(purl: str) -> tuple[str, ...]:
    """The spellings under which a file may name the package of `purl`, the most precise first."""
    from packageurl import PackageURL

    try:
        parts = PackageURL.from_string(purl)
    except ValueError:
        return ()
    return (f"{parts.namespace}/{parts.name}", parts.name) if parts.namespace else (parts.name,)


def of_requirement(words: str) -> tuple[str, bool]:
    """The purl of a Python requirement such as `torch>=2; python_version > "3.9"`, and whether it pins a version.

    Raises:
        ValueError: not a requirement.
    """
    from packaging.requirements import Requirement

    requirement = Requirement(words)
    pins = [one for one in requirement.specifier if one.operator in ("==", "===") and "*" not in one.version]
    version = pins[0].version if len(pins) == 1 and len(list(requirement.specifier)) == 1 else None
    named = purl("pypi", requirement.name, version)
    return (of_address(requirement.url, named) if requirement.url else named), version is not None


def of_address(address: str, named: str = "") -> str:
    """The purl of what `address` points to: the purl `named` with the address as its qualifier, a GitHub
    repository, or a generic package. `named` itself for a local path, which is a part of the examined tree.

    Raises:
        ValueError: the address has no form that a purl can hold.
    """
    from packageurl import PackageURL

    if not _ADDRESS.match(address):
        return named
    plain = without_secrets(address)
    qualifier = {"vcs_url" if _VCS.match(plain) else "download_url": plain.split("#", 1)[0]}
    if named:
        parts = PackageURL.from_string(named)
        given = dict(parts.qualifiers) if isinstance(parts.qualifiers, Mapping) else {}
        return PackageURL(
            parts.type, parts.namespace, parts.name, parts.version, given | qualifier, parts.subpath
        ).to_string()
    place = urlsplit(_PREFIX.sub("", plain))
    segments = [part for part in place.path.split("/") if part]
    if place.hostname == "github.com" and len(segments) == 2:
        repository, _, revision = segments[1].partition("@")
        return PackageURL("github", segments[0], repository.removesuffix(".git"), revision or None).to_string()
    name = re.sub(r"(?:\.git)?(?:@.*)?$", "", segments[-1]) if segments else place.hostname or ""
    return PackageURL("generic", None, name, None, qualifier).to_string()


def without_secrets(address: str) -> str:
    """`address` without a user name and password."""
    place = urlsplit(address)
    return urlunsplit(place._replace(netloc=place.netloc.rsplit("@", 1)[-1]))
