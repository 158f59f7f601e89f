"""The shape of a file of policy tests, and its JSON Schema for editors.

What a finding may say is read off the vocabulary of conditions: a test shows a rule what its condition sees.
"""

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, StrictBool, StrictInt, create_model

from compliance.model.verdict import Axis, Severity, Target, Verdict
from compliance.policy.schema import SCHEMA_IDENTIFIER, Date, Document, Identifier, Number, Words
from compliance.policy.vocabulary import KINDS, UNKNOWN
from compliance.policy.vocabulary import Field as Word

INVENTORY = "inventory"

Place = tuple[Axis, Target | None]
"""What has a verdict."""


def _stated(value: object) -> object:
    """`unknown` is what conditions read where nobody stated a text; YAML reads a plain date as one."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return None if value == UNKNOWN else value


def _type(word: Word) -> Any:
    match word.shape:
        case "text":
            text = Literal[word.values] if word.values else str
            return Annotated[text | None, BeforeValidator(_stated)] if word.optional else text
        case "texts":
            return tuple[str, ...]
        case "flag":
            return StrictBool
        case "integer":
            return StrictInt | None if word.optional else Annotated[StrictInt, Field(ge=0)]
        case "number":
            return Number | None


def _finding(kind: str) -> type[BaseModel]:
    fields: dict[str, Any] = {name: (_type(word), None) for name, word in KINDS[kind].fields.items()}
    if kind != INVENTORY:
        fields["kind"] = (Literal[kind], ...)
    return create_model(f"{kind.title()}Words", __base__=Document, **fields)


WORDS: Mapping[str, type[BaseModel]] = MappingProxyType({kind: _finding(kind) for kind in KINDS})
"""What may be said of a finding of each kind, and of the inventory as a whole; only the kind must be."""


def _flag(value: object) -> object:
    """`rule`, `rule: severity` and `rule: {severity: …, targets: […]}` are one and the same."""
    if isinstance(value, str):
        return {"rule": value}
    if isinstance(value, dict) and len(value) == 1 and "rule" not in value:
        ((rule, more),) = value.items()
        return {"rule": rule, **more} if isinstance(more, dict) else {"rule": rule, "severity": more}
    return value


def _for_each_target(value: object) -> object:
    """One verdict stands for all targets."""
    return value if isinstance(value, dict) else dict.fromkeys(Target, value)


class FlagDocument(Document):
    """A rule that must be broken."""

    rule: Identifier
    severity: Severity | None = Field(default=None, description="Where left out, it doesn't matter.")
    targets: tuple[Target, ...] | None = Field(
        default=None, min_length=1, description="All targets for which it must be broken; else it doesn't matter."
    )


class VerdictsDocument(Document):
    """Verdicts that must come out."""

    policy_independence: Verdict | None = Field(default=None, alias="policy-independence")
    national_infrastructure: Annotated[dict[Target, Verdict], BeforeValidator(_for_each_target)] | None = Field(
        default=None, alias="national-infrastructure", description="One for all targets, or one for some of them."
    )
    disclosure: Verdict | None = None

    def by_place(self) -> dict[Place, Verdict]:
        """The same by axis and target."""
        expected: dict[Place, Verdict | None] = {(Axis.POLICY_INDEPENDENCE, None): self.policy_independence}
        for target, verdict in (self.national_infrastructure or {}).items():
            expected[Axis.NATIONAL_INFRASTRUCTURE, target] = verdict
        expected[Axis.DISCLOSURE, None] = self.disclosure
        return {place: verdict for place, verdict in expected.items() if verdict is not None}


class TestDocument(Document):
    """A small inventory, and what the policy must say of it."""

    __test__ = False  # pytest looks at names

    name: Words = Field(description="What the test shows, in a sentence. Unique in the file.")
    date: Date | None = Field(default=None, description="Day whose rules are asked; else the file's, else today.")
    findings: tuple[dict[str, Any], ...] = Field(
        default=(), description="Each with its kind and any words that conditions know of this kind."
    )
    inventory: dict[str, Any] = Field(
        default={}, description="Counts that differ from those of the findings: files, unlicensed, skipped …"
    )
    flags: tuple[Annotated[FlagDocument, BeforeValidator(_flag)], ...] = Field(
        default=(), description="Rules that must be broken: `rule`, `rule: severity` or `rule: {targets: […]}`."
    )
    leaves: tuple[Identifier, ...] = Field(default=(), description="Rules that must not be broken.")
    verdicts: VerdictsDocument = VerdictsDocument()


class EquivalentDocument(Document):
    """A change of the policy that no test can notice, since it changes nothing."""

    of: Identifier = Field(description="The rule, list or threshold.")
    change: Words = Field(description="The change as `policy test --mutate` prints it.")
    reason: Words = Field(description="Why no fact can tell the two apart.")


class TestsDocument(Document):
    """A file of tests of one policy."""

    __test__ = False

    date: Date | None = Field(default=None, description="Day for all tests that name none.")
    tests: tuple[TestDocument, ...]
    equivalent: tuple[EquivalentDocument, ...] = ()


def suite_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of files of policy tests."""
    schema = TestsDocument.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    kinds = {kind: f"{kind}-finding" for kind in KINDS if kind != INVENTORY}
    for kind, model in WORDS.items():
        definitions[kinds.get(kind, INVENTORY)] = _without_defaults(model.model_json_schema())
    test = definitions["TestDocument"]["properties"]
    test["findings"]["items"] = {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in kinds.values()]}
    test["inventory"] = {"description": test["inventory"]["description"], "$ref": f"#/$defs/{INVENTORY}"}
    test["flags"]["items"] = _FLAG
    del definitions["FlagDocument"]
    verdict = {"$ref": "#/$defs/Verdict"}
    infrastructure = definitions["VerdictsDocument"]["properties"]["national-infrastructure"]
    infrastructure["anyOf"] = [verdict, *infrastructure["anyOf"]]
    return {"$schema": SCHEMA_IDENTIFIER, **schema, "title": "compliance policy tests"}


_NAME = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_SEVERITY = {"$ref": "#/$defs/Severity"}
_FLAG: dict[str, Any] = {
    "oneOf": [
        _NAME,
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": _NAME,
            "additionalProperties": {
                "oneOf": [
                    _SEVERITY,
                    {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "severity": _SEVERITY,
                            "targets": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Target"}},
                        },
                    },
                ]
            },
        },
    ]
}


def _without_defaults(schema: dict[str, Any]) -> dict[str, Any]:
    """None stands for a word that was left out, which the schema says by not requiring it."""
    for field in schema["properties"].values():
        field.pop("default", None)
    return schema
