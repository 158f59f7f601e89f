"""The shape of a file of waivers, and its JSON Schema for editors."""

from typing import Annotated, Any, Literal

from pydantic import Field

from compliance.model.verdict import Axis, Target
from compliance.policy.schema import SCHEMA_IDENTIFIER, Date, Document, Identifier, Sentence, Words

Entries = Annotated[tuple[Words, ...], Field(min_length=1)]


class Match(Document):
    """Which findings are covered: those that fit one entry of every list that is given."""

    findings: Entries | None = Field(default=None, description="Identifiers of findings.")
    paths: Entries | None = Field(
        default=None,
        description="Patterns of paths: * within a folder, ** for any folders, and what is below them.",
    )
    origins: Entries | None = Field(
        default=None, description="Family or project of the nearest origin of code, or of the origin of a notice."
    )
    licenses: Entries | None = Field(
        default=None, description="Entries as in a policy's lists; every license of an expression must be covered."
    )
    purls: Entries | None = Field(default=None, description="Packages; without a version, every version.")
    components: Entries | None = Field(default=None, description="Parts of a model, such as vision_encoder.")
    whole_submission: Literal[True] | None = Field(
        default=None, alias="whole-submission", description="What a rule for the whole inventory says."
    )

    def given(self) -> tuple[str, ...]:
        """The names of what is asked for, as the file writes them."""
        return tuple(self.model_dump(exclude_none=True, by_alias=True))


class Scope(Document):
    """For whom and what a waiver holds; without an entry, for all."""

    axes: Annotated[tuple[Axis, ...], Field(min_length=1)] | None = None
    targets: Annotated[tuple[Target, ...], Field(min_length=1)] | None = None
    teams: Entries | None = None
    subjects: Entries | None = Field(default=None, description="Names of subjects, as reports write them.")


class WaiverDocument(Document):
    """An approved, dated exception."""

    id: Identifier = Field(description="Unique in all files of waivers of one call.")
    rules: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    match: Match
    reason: Sentence = Field(description="Why the exception is right; every report shows it.")
    approver: Words = Field(description="The office that answers for it.")
    reference: Words = Field(description="Where the approval is recorded.")
    begins: Date | None = Field(default=None, alias="from", description="First day on which it holds.")
    expires: Date = Field(description="Last day on which it holds.")
    scope: Scope = Scope()


class WaiversDocument(Document):
    """A file of waivers."""

    waivers: tuple[WaiverDocument, ...]


def waivers_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of files of waivers."""
    schema = WaiversDocument.model_json_schema(by_alias=True)
    return {"$schema": SCHEMA_IDENTIFIER, **schema, "title": "compliance waivers"}
