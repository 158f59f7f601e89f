"""Licenses as manifests declare them: expressions, official names and trove classifiers, or nothing.

Words that could mean several licenses ("BSD", "Apache Software License", "GPL") resolve to nothing, never to the
likeliest one.
"""

import re
from collections.abc import Iterable
from importlib.metadata import version

VERSION = f"2.{version('license-expression')}"
"""Changes whenever the same words may resolve otherwise: a part of the version of every detector that asks."""

MAX_WORDS = 2_000
"""Characters. Longer declarations are license texts, which the text detector reads."""

_REFERENCE = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
_VAGUE = re.compile(r"(?:^|[\s(])(?:GPL|BSD-2)(?:$|[\s)])", re.IGNORECASE)
"""Names that license-expression takes for a certain license."""
_NAME = re.compile(r"[A-Za-z0-9.:+-]+")
_OPERATORS = frozenset({"AND", "OR", "WITH"})

_NAMES = {
    "0bsd license": "0BSD",
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache 2.0 license": "Apache-2.0",
    "apache-2": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license v2.0": "Apache-2.0",
    "apache license version 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license 2.0": "Apache-2.0",
    "apache software license, version 2.0": "Apache-2.0",
    "apache2": "Apache-2.0",
    "apache2.0": "Apache-2.0",
    "boost software license 1.0": "BSL-1.0",
    "bsd 2-clause": "BSD-2-Clause",
    "bsd 2-clause license": "BSD-2-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "2-clause bsd": "BSD-2-Clause",
    "2-clause bsd license": "BSD-2-Clause",
    "3-clause bsd": "BSD-3-Clause",
    "3-clause bsd license": "BSD-3-Clause",
    "bsd-2-clause license": "BSD-2-Clause",
    "bsd-3-clause license": "BSD-3-Clause",
    "modified bsd license": "BSD-3-Clause",
    "new bsd license": "BSD-3-Clause",
    "simplified bsd license": "BSD-2-Clause",
    "cc0 1.0 universal": "CC0-1.0",
    "eclipse public license 1.0": "EPL-1.0",
    "eclipse public license 2.0": "EPL-2.0",
    "eclipse public license - v 1.0": "EPL-1.0",
    "eclipse public license - v 2.0": "EPL-2.0",
    "isc license": "ISC",
    "mit license": "MIT",
    "mit license (mit)": "MIT",
    "mozilla public license 2.0": "MPL-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "mozilla public license, version 2.0": "MPL-2.0",
    "mpl 2.0": "MPL-2.0",
    "unlicense": "Unlicense",
    "zlib license": "Zlib",
}
"""Official names and their common spellings, casefolded, without a leading "the": only those with one meaning."""

_CLASSIFIERS = {
    "Blue Oak Model License (BlueOak-1.0.0)": "BlueOak-1.0.0",
    "Boost Software License 1.0 (BSL-1.0)": "BSL-1.0",
    "CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
    "CEA CNRS Inria Logiciel Libre License, version 2.1 (CeCILL-2.1)": "CECILL-2.1",
    "CMU License (MIT-CMU)": "MIT-CMU",
    "Eclipse Public License 1.0 (EPL-1.0)": "EPL-1.0",
    "Eclipse Public License 2.0 (EPL-2.0)": "EPL-2.0",
    "European Union Public Licence 1.0 (EUPL 1.0)": "EUPL-1.0",
    "European Union Public Licence 1.1 (EUPL 1.1)": "EUPL-1.1",
    "European Union Public Licence 1.2 (EUPL 1.2)": "EUPL-1.2",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "Mozilla Public License 1.0 (MPL)": "MPL-1.0",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Mulan Permissive Software License v2 (MulanPSL-2.0)": "MulanPSL-2.0",
    "Open Software License 3.0 (OSL-3.0)": "OSL-3.0",
    "PostgreSQL License": "PostgreSQL",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
    "The Unlicense (Unlicense)": "Unlicense",
    "Universal Permissive License (UPL)": "UPL-1.0",
    "University of Illinois/NCSA Open Source License": "NCSA",
    "Zero-Clause BSD (0BSD)": "0BSD",
    "zlib/libpng License": "Zlib",
}
"""Last part of the trove classifiers that name one license in one version. LGPLv2 may mean 2.0 or 2.1, the
classifiers of Apache, BSD, PSF and the Artistic License name no version: they are left out."""

_APPROVALS = frozenset({"OSI Approved", "DFSG approved", "License"})
"""Classifiers that name no license."""

_FAMILY_WORDS = {
    "0bsd": ("0bsd", "bsd"),
    "cc0": ("cc0", "public domain"),
    "gfdl": ("gfdl", "fdl"),
    "ipl": ("ibm public license",),
    "licenseref": ("proprietary",),
    "psf": ("psf", "python software foundation"),
    "python": ("python",),
    "unlicense": ("unlicense", "public domain"),
    "zpl": ("zpl", "zope"),
}
"""How classifiers write the family of a license where they don't write the start of its identifier."""


def expression_of(words: str) -> str | None:
    """The SPDX expression that the declaration `words` is or unambiguously names; None where it isn't certain.

    Deprecated SPDX identifiers come back as their successors (`GPL-2.0+` as `GPL-2.0-or-later`), identifiers in
    SPDX's own spelling; `LicenseRef-…` stays as it is.
    """
    words = " ".join(words.split())
    if not words or len(words) > MAX_WORDS:
        return None
    return _NAMES.get(words.casefold().removeprefix("the ")) or _spdx(words)


def expression_of_classifiers(classifiers: Iterable[str]) -> str | None:
    """The SPDX expression that license classifiers (whole or only their last part) stand for.

    Several classifiers are joined by AND: the format doesn't say how they relate, and AND is the stricter reading.
    None where there is none, or where one of them names no single license.
    """
    from compliance.licenses import spdx

    found = [_CLASSIFIERS.get(name) for name in _names_in(classifiers)]
    known = [expression for expression in found if expression]
    return spdx.join(known, "AND") if known and len(known) == len(found) else None


def expression_of_metadata(words: str, classifiers: Iterable[str]) -> str | None:
    """The SPDX expression of a Python package that has a license field and license classifiers.

    The field decides where it names a license that every classifier allows; classifiers stand in where the field
    is empty, or too vague but about the same license ("BSD", "GPLv3"). Two statements that name different licenses
    settle nothing.
    """
    names = _names_in(classifiers)
    own = expression_of(words)
    if own:
        return own if all(_agrees(name, own) for name in names) else None
    classified = expression_of_classifiers(names)
    if not classified or not words.strip():
        return classified
    mentioned = words.casefold()
    return classified if all(name.split("-")[0] in mentioned for name in _licenses(classified)) else None


def _names_in(classifiers: Iterable[str]) -> list[str]:
    """The last parts of `classifiers` that say which license."""
    names = (one.rsplit(" :: ", 1)[-1].strip() for one in classifiers)
    return [name for name in names if name and name not in _APPROVALS]


def _agrees(classifier: str, own: str) -> bool:
    """Whether the license field `own` may mean what `classifier` says: the same license, or for a classifier that
    names none for certain, one of a family that stands in it."""
    licenses = _licenses(own)
    if named := _CLASSIFIERS.get(classifier):
        return _licenses(named) <= licenses
    mentioned = classifier.casefold()
    families = {license_id.split("-")[0] for license_id in licenses}
    words = {word for family in families for word in _FAMILY_WORDS.get(family, (family,))}
    return any(re.search(rf"\b{re.escape(word)}(?:v?\d|\b)", mentioned) for word in words)


def _licenses(expression: str) -> frozenset[str]:
    """The identifiers in `expression`, casefolded, without the difference of only and or-later."""
    names = set(_NAME.findall(expression)) - _OPERATORS
    return frozenset(re.sub(r"-(?:only|or-later)$", "", name).casefold() for name in names)


def _spdx(words: str) -> str | None:
    from compliance.licenses import spdx

    tree = spdx.parse(words)
    if tree is None or _VAGUE.search(words):
        return None
    names = _NAME.findall(str(tree))
    known = all(
        name in _OPERATORS
        or (name in words if _REFERENCE.fullmatch(name) else spdx.is_listed_by_spdx(name.removesuffix("+")))
        for name in names
    )
    return str(tree) if known else None
