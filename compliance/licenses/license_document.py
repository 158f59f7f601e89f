"""The shape of a license's data file, made from the definitions of the terms."""

from typing import Annotated, Any, Literal

import msgspec

from compliance.data_files import BothLanguages, Country, Date, Words
from compliance.licenses.term_definition import SILENT, UNKNOWN, Kind, TermDefinition
from compliance.licenses.terms import TERMS
from compliance.licenses.use_terms import GATE_EFFECTS, SCALE_METRICS

MOST_LOCATOR_WORDS = 12
_LOCATOR = rf"^\s*\S+(\s+\S+){{0,{MOST_LOCATOR_WORDS - 1}}}\s*$"
_LAW = "^[A-Z]{2}(-[A-Z]{2})?$"

Locator = Annotated[
    str, msgspec.Meta(pattern=_LOCATOR, max_length=120, description="The clause's first words, to find it by.")
]
Names = tuple[Words, ...]
Basis = Literal["full-text", "operative-clauses", "secondary"]
Detection = Literal["correct", "wrong", "unidentified"]


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a data file."""


class ScaleGate(_Record, frozen=True, forbid_unknown_fields=True):
    """A size or kind of business beyond which other conditions hold."""

    metric: Literal[tuple(SCALE_METRICS)]  # type: ignore[valid-type]  # the labels are the list of values
    greater_than: int | None
    """None for a kind of business, whatever its size."""
    effect: Literal[tuple(GATE_EFFECTS)]  # type: ignore[valid-type]
    scope: BothLanguages | None = None
    """Whose size counts."""
    measured: BothLanguages | None = None
    """When it is measured."""
    business: BothLanguages | None = None
    exempt: BothLanguages | None = None


class ExcludedTerritory(_Record, frozen=True, forbid_unknown_fields=True):
    """Where no license is granted."""

    code: Country
    """ISO 3166-1 alpha-2, or EU."""
    scope: BothLanguages | None = None
    """What of the license is excluded there."""


class NationalInterest(_Record, frozen=True, forbid_unknown_fields=True):
    """A duty towards a state."""

    country: Country | None
    """None where the text names none."""
    duty: BothLanguages


class Tribunal(_Record, frozen=True, forbid_unknown_fields=True):
    """A court or tribunal that decides disputes."""

    country: Country
    """Where it sits, ISO 3166-1 alpha-2."""
    place: BothLanguages
    """Which it is."""


class Term(_Record, frozen=True, forbid_unknown_fields=True):
    """What a license says on one term."""

    value: Any
    """`silent`, `unknown`, or by the term's kind: a word, a record, or a tuple of either."""
    section: Words | None = None
    """As the text counts its sections."""
    locator: Locator | None = None
    document: Literal["acceptable-use-policy"] | None = None
    """Where it stands if not in the license itself."""
    remark: BothLanguages | None = None


class HuggingFaceNames(_Record, frozen=True, forbid_unknown_fields=True):
    """Under which names model cards call a license."""

    tags: Names = ()
    """`license` in the front matter."""
    names: Names = ()
    """`license_name` in the front matter."""
    unconfirmed_names: Names = ()
    """The same, by report only."""


class SpdxName(_Record, frozen=True, forbid_unknown_fields=True):
    """The license in SPDX's terms."""

    id: Words
    listed: bool
    """Whether SPDX's own list has it."""


class ScanCodeDetection(_Record, frozen=True, forbid_unknown_fields=True):
    """What ScanCode says of the license's text, measured with one version of it."""

    version: Words
    verdict: Detection
    keys: Names = ()
    coverage: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None
    remark: BothLanguages | None = None


class ScanCodeNames(_Record, frozen=True, forbid_unknown_fields=True):
    """The license in ScanCode's database."""

    keys: Names = ()
    category: Words | None = None
    detection: ScanCodeDetection | None = None


def _value_type(definition: TermDefinition) -> Any:
    absent = Literal[SILENT, UNKNOWN] if definition.may_be_silent else Literal[UNKNOWN]
    match definition.kind:
        case Kind.CHOICE:
            return Literal[definition.answers]
        case Kind.SET:
            return _several(Literal[tuple(definition.values)]) | absent
        case Kind.WORDS:
            return Words
        case Kind.CODE:
            return Annotated[str, msgspec.Meta(pattern=f"{_LAW}|^({'|'.join(definition.answers)})$")]
        case Kind.FORUM:
            return Tribunal | absent
        case Kind.SCALE_GATES:
            return _several(ScaleGate) | absent
        case Kind.TERRITORIES:
            return _several(ExcludedTerritory) | absent
        case Kind.NATIONAL_INTERESTS:
            return _several(NationalInterest) | absent


def _several(shape: Any) -> Any:
    return Annotated[tuple[shape, ...], msgspec.Meta(min_length=1)]


def _term_type(definition: TermDefinition) -> type[msgspec.Struct]:
    name = "".join(part.title() for part in definition.name.split("_"))
    return msgspec.defstruct(
        name, [("value", _value_type(definition))], bases=(Term,), frozen=True, forbid_unknown_fields=True
    )


Terms: Any = msgspec.defstruct(
    "Terms",
    [(definition.name, _term_type(definition)) for definition in TERMS],
    frozen=True,
    forbid_unknown_fields=True,
)
"""Every term, each exactly once."""


class LicenseDocument(_Record, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A whole data file."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+([.+-]+[a-z0-9]+)*$")]
    name: BothLanguages
    version: Words | None
    licensor: BothLanguages
    country: Country | None
    osi_approved: bool
    spdx: SpdxName | None
    scancode: ScanCodeNames
    huggingface: HuggingFaceNames
    models: BothLanguages | None
    basis: Basis
    source: BothLanguages
    recorded: Date
    missing: BothLanguages | None = None
    terms: Terms
    notes: tuple[BothLanguages, ...] = ()


def license_schema() -> dict[str, Any]:
    """The JSON Schema of a license's data file, for completion in editors."""
    return msgspec.json.schema(LicenseDocument)
