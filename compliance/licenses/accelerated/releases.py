"""Which ScanCode is reproduced here: the digest of the source of every module whose workings are relied on."""

import hashlib
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

LICENSE_MODULES = (
    *("licensedcode.index", "licensedcode.query", "licensedcode.match", "licensedcode.match_aho"),
    *(
        "licensedcode.match_hash",
        "licensedcode.match_seq",
        "licensedcode.match_set",
        "licensedcode.match_spdx_lid",
    ),
    *("licensedcode.seq", "licensedcode.spans", "licensedcode.tokenize", "licensedcode.stopwords"),
    *("licensedcode.cache", "licensedcode.models", "licensedcode.detection"),
    *("textcode.analysis", "typecode.contenttype"),
)
"""On whose workings the license detection here relies."""

LICENSE_DIGEST = "cf769eab23e41705889b47c18b58d0cf13743a2533045a412f8c9aab3a12ea58"
"""Of these modules in ScanCode Toolkit 32.5.0 and typecode 30.2.0."""

COPYRIGHT_MODULES = (
    *("cluecode.copyrights", "cluecode.copyrights_hint", "cluecode.linux_credits", "pygmars", "pygmars.lex"),
    *("pygmars.parse", "pygmars.tree", "textcode.analysis", "textcode.gibberish", "textcode.markup"),
    *("commoncode.text", "text_unidecode", "typecode.contenttype"),
)
"""On whose workings the copyright detection here relies."""

COPYRIGHT_DIGEST = "1482264b90488fd95b3364884e3e18ce516d4885bad5bec426551ef49c5efb01"
"""Of these modules in ScanCode Toolkit 32.5.0, pygmars 1.0.0, commoncode 33.0.0, typecode 30.2.0 and others."""

LATE_MODULES = ("commoncode.text", "typecode", "typecode.contenttype", "typecode.extractible")
"""Whose imports of other libraries may wait until they are asked for."""

LATE_DIGEST = "7e124b3c1b8dfd82eaf84ba16f2e07f5433e9a4e79bfc7f69308d61b291afb01"
"""Of these modules in commoncode 33.0.0 and typecode 30.2.0."""


def digest_of(modules: Iterable[str]) -> str | None:
    """sha256 over the sources of `modules`; None where one isn't installed as source."""
    digest = hashlib.sha256()
    for name in modules:
        if (source := _source(name)) is None:
            return None
        digest.update(name.encode() + b"\0" + source.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _source(name: str) -> Path | None:
    """The file of the module of that name; no package that it lies in is imported to find it."""
    package, *inside = name.split(".")
    spec = find_spec(package)
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        return None
    place = Path(spec.origin).parent.joinpath(*inside)
    found = (one for one in (place / "__init__.py", place.with_suffix(".py")) if one.is_file())
    return next(found, None) if inside else Path(spec.origin)


def reproduced(modules: Iterable[str], digest: str) -> bool:
    """Whether the installed `modules` are those with `digest`."""
    return digest_of(modules) == digest
