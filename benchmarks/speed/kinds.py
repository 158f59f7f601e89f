"""Kinds of files: what a file is by its name and first bytes, and how many of each kind the sample takes."""

import re

_SUFFIXES = {
    "Python": "py pyi pyx pxd",
    "C and C++": "c h cc cpp hpp cxx hh src",
    "CUDA": "cu cuh",
    "JavaScript": "js mjs cjs jsx flow",
    "TypeScript": "ts tsx",
    "Kotlin, Java, Objective-C, Swift": "kt kts java m mm swift",
    "other code": "f f90 f03 f95 rs vala d go rb pl s S lua sh bat ps1",
    "JSON": "json geojson ipynb webmanifest",
    "locale": "po pot mo strings",
    "web page": "html htm css scss less svg xml vue jinja tmpl",
    "document": "md rst txt tex 1 5 7",
    "configuration": "yaml yml toml ini cfg conf in cmake build gradle wrap pro properties podspec",
    "table": "csv tsv dat data",
}
_BY_SUFFIX = {suffix: kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
_LICENSE = re.compile(
    r"(^|/)((un)?licen[cs]e|copying|notice|copyright)[^/]*$|-license-list[^/]*/.*licenses/", re.IGNORECASE
)
_DEBIAN = re.compile(r"debian[^/]*/.*copyright", re.IGNORECASE)
_MINIFIED = re.compile(r"[.-]min\.\w+$|\.map$|/static/[^/]*\.js$")
_MANIFEST = re.compile(
    r"(^|/)(package\.json|METADATA|PKG-INFO|pyproject\.toml|setup\.(py|cfg)|requirements[^/]*\.txt)$"
)
_CODE = re.compile(r"\.(py|pyi|js|ts|c|h|cpp|kt|java|go|rs)$")
HEAD = 8000
"""Bytes at the beginning of a file that tell its kind."""

QUOTAS = {
    "license text": 120,
    "Debian copyright": 30,
    "package manifest": 80,
    "minified": 40,
    "Python": 280,
    "C and C++": 200,
    "CUDA": 70,
    "JavaScript": 100,
    "TypeScript": 60,
    "Kotlin, Java, Objective-C, Swift": 80,
    "other code": 60,
    "JSON": 100,
    "locale": 80,
    "web page": 80,
    "document": 100,
    "configuration": 80,
    "table": 20,
    "binary": 90,
    "other": 30,
}
"""How many files of each kind are taken at most."""
LARGEST = {"minified": 1_000_000}
"""Bytes of the largest file of a kind that is taken."""
LARGEST_OTHER = 300_000
"""The same for every other kind: what larger files cost is shown by the curves of sizes."""


def largest(kind: str) -> int:
    """Bytes of the largest file of `kind` that is taken."""
    return LARGEST.get(kind, LARGEST_OTHER)


def kind_of(path: str, content: bytes) -> str:
    """Which of `QUOTAS` a file belongs to.

    Args:
        path: `/` between parts; the first part names the package.
        content: at least the first `HEAD` bytes.
    """
    name = path.rsplit("/", 1)[-1]
    for pattern, kind in ((_DEBIAN, "Debian copyright"), (_MANIFEST, "package manifest"), (_MINIFIED, "minified")):
        if pattern.search(path):
            return kind
    if _LICENSE.search(path) and not _CODE.search(name):
        return "license text"
    if b"\0" in content[:HEAD]:
        return "binary"
    return _BY_SUFFIX.get(name.rsplit(".", 1)[-1] if "." in name else "", "other")
