"""The license that a header names: what ScanCode matches well, and what it is known to mistake for another."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from compliance.licenses import scancode, spdx
from compliance.model.evidence import LicenseMatch

VERSION = "1"
"""Changes with what is made of the same matches."""
_LEAST_COVERAGE = 80.0
"""Of an approximate match; below it a stretch of one license's text was taken for another's."""
_NO_LICENSE = frozenset({"LicenseRef-scancode-warranty-disclaimer", "LicenseRef-scancode-other-permissive"})

_NAMED: tuple[tuple[re.Pattern[str], str], ...] = (
    # Read as Elastic-2.0, ECL-2.0, a frontier license and LGPL, whose sentences they share.
    (
        re.compile(r"CANN Open Software License Agreement Version (\d\.\d)"),
        r"LicenseRef-CANN-Open-Software-License-\1",
    ),
    (re.compile(r"TENCENT HUNYUAN COMMUNITY LICENSE", re.IGNORECASE), "LicenseRef-Tencent-Hunyuan-Community"),
    (re.compile(r"terms of the BSD 0-Clause License"), "0BSD"),
    (re.compile(r"GNU Affero General Public License v3\.0 or later"), "AGPL-3.0-or-later"),
    # Tags that SPDX doesn't list
    (re.compile(r"SPDX-License-Identifier: (LicenseRef-[A-Za-z0-9.-]+)"), r"\1"),
    (
        re.compile(r"SPDX-License-Identifier: NVIDIA TensorRT Source Code License Agreement"),
        "LicenseRef-NVIDIA-TensorRT-Source-Code-License-Agreement",
    ),
)
_MISTAKEN: Mapping[str, re.Pattern[str]] = {"Elastic-2.0": re.compile(r"\bElastic\b")}
"""Licenses that approximate matches find too often, and what a header of theirs can't do without."""
_PLAIN = (
    (re.compile(r"\bMIT License\b"), "MIT"),
    (re.compile(r"\bApache License,? (?:Version )?2\.0\b"), "Apache-2.0"),
    (re.compile(r"\bBSD 3-Clause License\b", re.IGNORECASE), "BSD-3-Clause"),
)
"""Names asked for only where nothing was matched."""


def expression_of(location: Path, text: str) -> str | None:
    """The SPDX expression of the header `text`, which stands in the file at `location`.

    None where it names no license, or only points at the project's ("the license found in the LICENSE file").
    """
    words = " ".join(text.split())
    named = [match.expand(license_) for pattern, license_ in _NAMED if (match := pattern.search(words))]
    matches = [match for region in scancode.license_regions(location) for match in region.matches]
    matched = [match.expression for match in matches if _counts(match, words, exact=bool(named))]
    parts = list(_known([*named, *matched]))
    if not parts:
        parts = [license_ for pattern, license_ in _PLAIN if pattern.search(words)]
    return spdx.join(parts, "AND") if parts else None


def _counts(match: LicenseMatch, words: str, *, exact: bool) -> bool:
    """Whether to believe `match`; `exact` where an approximate one may be of a license that is named otherwise."""
    if match.introduction:
        return False
    if match.matcher != "3-seq":
        return True
    needed = _MISTAKEN.get(match.expression)
    return not exact and match.coverage >= _LEAST_COVERAGE and (needed is None or needed.search(words) is not None)


def _known(expressions: Iterable[str]) -> Iterator[str]:
    """The parts of all `expressions` that name a license."""
    for one in expressions:
        tree = spdx.parse(one)
        for part in tree.parts if isinstance(tree, spdx.Every) else [tree]:
            choices = part.parts if isinstance(part, spdx.Choice) else [part]
            named = [str(choice) for choice in choices if choice is not None and _names_a_license(str(choice))]
            if named:
                yield spdx.join(named, "OR")


def _names_a_license(part: str) -> bool:
    return part not in _NO_LICENSE and not spdx.is_unknown(part)
