"""The knowledge base of weight licenses: what each says, and under which names it is known.

One file a license in `data/terms`; nothing else names them, so a new file is a new license. They are read when
first asked for, and only one of them where an id is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType

import msgspec

from compliance.data_files import decode, wrong
from compliance.errors import Fault
from compliance.licenses.license_document import (
    Basis,
    HuggingFaceNames,
    LicenseDocument,
    ScaleGate,
    ScanCodeNames,
    SpdxName,
    Term,
)
from compliance.licenses.term_files import SUFFIX, content, license_ids
from compliance.model.text import Text

UNSPECIFIED = "unspecified"
"""The answer where a clause speaks of a state without naming it."""


class WeightLicense(msgspec.Struct, frozen=True):
    """One text under which weights are published."""

    id: str
    name: Text
    version: str | None
    """As the text or its publisher writes it: a number or a date."""
    licensor: Text
    country: str | None
    """Of the licensor, ISO 3166-1 alpha-2."""
    osi_approved: bool
    spdx: SpdxName | None
    scancode: ScanCodeNames
    huggingface: HuggingFaceNames
    models: Text | None
    """Which models are published under it, as far as known; a family name alone decides nothing."""
    basis: Basis
    """What was read: the whole text, its operative clauses (and the rest searched), or reports by others alone."""
    source: Text
    recorded: str
    """Date on which the terms were written down."""
    missing: Text | None
    """What could not be read."""
    terms: Mapping[str, Term]
    """By name, in the order of the definitions."""
    notes: tuple[Text, ...]

    @property
    def expression(self) -> str:
        """SPDX: the listed identifier, else `LicenseRef-` and our own id."""
        from compliance.licenses import spdx

        return self.spdx.id if self.spdx and self.spdx.listed else spdx.reference(self.id)

    @property
    def is_general(self) -> bool:
        """Whether it is a license of every kind of work, which SPDX lists, and not of weights alone."""
        return bool(self.spdx and self.spdx.listed)

    @property
    def is_lead(self) -> bool:
        """Whether its terms come from reports by others, since nobody here has read the text."""
        return self.basis == "secondary"

    def answers(self, term: str) -> tuple[str, ...]:
        """The words that the license answers `term` with: values of a choice or set, codes of records.

        A limit of size answers with its metric and its effect.

        Raises:
            KeyError: there is no such term.
        """
        value = self.terms[term].value
        values = value if isinstance(value, tuple) else (value,)
        return tuple(dict.fromkeys(answer for one in values for answer in _answers(one)))


@cache
def weight_licenses() -> tuple[WeightLicense, ...]:
    """Every license of the knowledge base, by id.

    Raises:
        ConfigurationError: a data file is wrong.
    """
    return tuple(license_ for name in license_ids() if (license_ := weight_license(name)))


@cache
def weight_license(license_id: str) -> WeightLicense | None:
    """The license `license_id`; None for an unknown one.

    Raises:
        ConfigurationError: its data file is wrong.
    """
    if license_id not in license_ids():
        return None
    return read_license(content(license_id), license_id + SUFFIX)


def read_license(written: bytes, file: str) -> WeightLicense:
    """The license that is `written` in the data file `file`.

    Raises:
        ConfigurationError: with every fault and its place.
    """
    document = decode(written, LicenseDocument, file)
    if document.id + SUFFIX != file.rpartition("/")[2]:
        raise wrong(file, [Fault(1, 1, _other_name(document.id))])
    fields = {name: getattr(document, name) for name in LicenseDocument.__struct_fields__}
    terms = {name: getattr(document.terms, name) for name in document.terms.__struct_fields__}
    return WeightLicense(**(fields | {"terms": MappingProxyType(terms)}))


def licenses_by_spdx(identifier: str) -> tuple[WeightLicense, ...]:
    """The licenses that the SPDX `identifier` names: of SPDX's list, or a reference of ours or ScanCode's."""
    return _by_spdx().get(identifier.casefold(), ())


def licenses_by_scancode_key(key: str) -> tuple[WeightLicense, ...]:
    """The licenses whose text, or a part of it such as a policy, has the ScanCode `key`."""
    return _by_scancode_key().get(key.casefold(), ())


def licenses_by_alias(alias: str) -> tuple[WeightLicense, ...]:
    """The licenses that `alias` names in any way: id, SPDX, ScanCode, Hugging Face tag or name, full name."""
    return _by_alias().get(alias.casefold(), ())


def aliases() -> tuple[str, ...]:
    """Everything that `licenses_by_alias` knows, casefolded and sorted."""
    return tuple(sorted(_by_alias()))


def _answers(value: object) -> tuple[str, ...]:
    match value:
        case ScaleGate():
            return value.metric, value.effect
        case msgspec.Struct():
            key = getattr(value, value.__struct_fields__[0])
            return (UNSPECIFIED if key is None else str(key),)
        case _:
            return (str(value),)


@cache
def _by_spdx() -> Mapping[str, tuple[WeightLicense, ...]]:
    return _grouped(_spdx_names)


@cache
def _by_scancode_key() -> Mapping[str, tuple[WeightLicense, ...]]:
    return _grouped(lambda one: one.scancode.keys)


@cache
def _by_alias() -> Mapping[str, tuple[WeightLicense, ...]]:
    return _grouped(
        lambda one: (
            one.id,
            one.name.en,
            one.name.ko,
            *_spdx_names(one),
            *one.scancode.keys,
            *one.huggingface.tags,
            *one.huggingface.names,
            *one.huggingface.unconfirmed_names,
        )
    )


def _spdx_names(one: WeightLicense) -> tuple[str, ...]:
    listed = (one.spdx.id,) if one.spdx else ()
    return (one.expression, *listed, *(f"LicenseRef-scancode-{key}" for key in one.scancode.keys))


def _grouped(
    names: Callable[[WeightLicense], Iterable[str]],
) -> Mapping[str, tuple[WeightLicense, ...]]:
    found: defaultdict[str, dict[str, WeightLicense]] = defaultdict(dict)
    for license_ in weight_licenses():
        for name in names(license_):
            found[name.casefold()][license_.id] = license_
    return {name: tuple(licenses.values()) for name, licenses in found.items()}


def _other_name(license_id: str) -> Text:
    return Text(
        en=f"the id is {license_id!r}, but the file has another name; make them agree",
        ko=f"id와 파일 이름이 다름: {license_id!r}. 같게 고치세요",
    )
