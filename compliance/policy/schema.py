"""The shape of a policy file, and its JSON Schema for editors."""

import contextlib
import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag
from pydantic.json_schema import models_json_schema
from pydantic_core import PydanticCustomError

from compliance.model.verdict import Axis, Severity, Target
from compliance.policy.schema_words import explained

SCHEMA_IDENTIFIER = "https://json-schema.org/draft/2020-12/schema"

MAX_NUMBER = 10**15
"""Of a threshold, either way; whole numbers up to it are exact as fractions too."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _date(value: object) -> object:
    """YAML reads a plain date as one; a quoted one is text. Pydantic would take numbers for seconds since 1970."""
    if isinstance(value, datetime.datetime):
        raise PydanticCustomError("iso_date", "a date without a time is expected")
    if isinstance(value, datetime.date):
        return value
    with contextlib.suppress(ValueError):  # there is no such day
        if isinstance(value, str) and _ISO_DATE.fullmatch(value):
            return datetime.date.fromisoformat(value)
    raise PydanticCustomError("iso_date", "a date such as 2026-01-31 is expected")


def _number(value: object) -> object:
    """A number that conditions can calculate with: neither infinite nor of more digits than they hold."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= MAX_NUMBER:
        return value
    raise PydanticCustomError("number", "a number is expected")


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""Lower-case words with hyphens, so that a name's form with underscores is unique."""
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
Number = Annotated[int | float, BeforeValidator(_number)]
Date = Annotated[datetime.date, BeforeValidator(_date)]
KindName = Literal[
    "license", "dependency", "model-card", "weights", "origin", "notice", "contradiction", "copyright", "inventory"
]
Status = Literal["draft", "in-force"]
LanguageName = Literal["en", "ko"]


class Document(BaseModel):
    """What a policy editor writes: nothing but the fields that are known here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sentence(Document):
    """What a user reads, in both languages."""

    en: Words
    ko: Words


class RuleDocument(Document):
    """One rule: of what it is asked, when it is broken, and what to do then."""

    id: Identifier
    axis: Axis
    targets: tuple[Target, ...] | None = Field(default=None, min_length=1)
    severity: Severity
    kind: KindName = Field(alias="for")
    when: Words
    message: Sentence
    remedy: Sentence
    why: Sentence
    references: tuple[Words, ...] = ()
    owner: Words | None = None
    begins: Date | None = Field(default=None, alias="from")
    ends: Date | None = Field(default=None, alias="until")


class PolicyDocument(Document):
    """A policy: rules, and the lists and thresholds that they name."""

    id: Identifier
    version: Words
    languages: tuple[LanguageName, ...] = ("en", "ko")
    status: Status
    description: Sentence
    lists: dict[Name, tuple[Words, ...]] = {}
    thresholds: dict[Name, Number] = {}
    rules: tuple[RuleDocument, ...] = Field(min_length=1)


class ListChange(Document):
    """What differs from the base's list of the same name."""

    add: tuple[Words, ...] = Field(default=(), min_length=1)
    remove: tuple[Words, ...] = Field(default=(), min_length=1)


def _way(value: object) -> str:
    return "change" if isinstance(value, Mapping | ListChange) else "whole"


ListOrChange = Annotated[
    Annotated[tuple[Words, ...], Tag("whole")] | Annotated[ListChange, Tag("change")], Discriminator(_way)
]


class RuleChange(Document):
    """A rule of the base by its id, with the fields that differ; or a new rule with all that a rule needs."""

    id: Identifier
    axis: Axis | None = None
    targets: tuple[Target, ...] | None = Field(default=None, min_length=1)
    severity: Severity | None = None
    kind: KindName | None = Field(default=None, alias="for")
    when: Words | None = None
    message: Sentence | None = None
    remedy: Sentence | None = None
    why: Sentence | None = None
    references: tuple[Words, ...] | None = None
    owner: Words | None = None
    begins: Date | None = Field(default=None, alias="from")
    ends: Date | None = Field(default=None, alias="until")


class DerivedDocument(Document):
    """A policy that extends another one: what it says itself replaces what the base says."""

    id: Identifier
    version: Words
    languages: tuple[LanguageName, ...] = ("en", "ko")
    status: Status
    description: Sentence
    extends: Words
    lists: dict[Name, ListOrChange] = {}
    thresholds: dict[Name, Number] = {}
    rules: tuple[RuleChange, ...] = ()
    retired: dict[Identifier, Sentence] = {}


def policy_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of policy files. Conditions are plain text to it; loading checks them."""
    ways, schema = models_json_schema(
        [(PolicyDocument, "validation"), (DerivedDocument, "validation")], by_alias=True
    )
    return explained(
        {
            "$schema": SCHEMA_IDENTIFIER,
            "title": "compliance policy",
            "type": "object",
            "if": {"required": ["extends"]},
            "then": ways[DerivedDocument, "validation"],
            "else": ways[PolicyDocument, "validation"],
            **schema,
        }
    )
