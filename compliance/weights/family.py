"""What is known of a line of models: the shape of its data file."""

from typing import Literal

import msgspec

from compliance.data_files import BothLanguages, Country, Words

Names = tuple[Words, ...]
LicenseBasis = Literal["repo", "scancode", "index", "secondary", "memory"]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a data file."""


class Modules(_Part, frozen=True, forbid_unknown_fields=True):
    """Python modules that define it."""

    transformers: Names = ()
    """In transformers 5.23."""
    own: Names = ()
    """Loaded with `trust_remote_code`, or in the developer's package; from general knowledge unless a license of
    it was read in the repository."""


class TensorName(_Part, frozen=True, forbid_unknown_fields=True):
    """A name typical of its tensors."""

    name: Words
    """`N` stands for a number."""
    of: Words | None = None
    """The release or file that has it, if not all do."""


class Engines(_Part, frozen=True, forbid_unknown_fields=True):
    """How inference engines know it."""

    sglang: Names = ()
    """Modules in sglang 0.5.23."""
    vllm: Names = ()
    """Modules in vLLM's registry of late 2025."""
    gguf: Names = ()
    """`general.architecture` in gguf 0.19.0."""


class VersionLicense(_Part, frozen=True, forbid_unknown_fields=True):
    """Under which licenses some versions of a family are published, by default."""

    versions: Words
    licenses: Names
    """Ids of the knowledge base of weight licenses; none where it isn't known."""
    basis: LicenseBasis
    """A license or README in the repository, ScanCode's text that names the model, an index of model cards,
    reports by others, or general knowledge."""
    remark: BothLanguages | None = None
    basis_remark: BothLanguages | None = None

    @property
    def is_lead(self) -> bool:
        """Whether it rests on general knowledge: where to look, never a reason to fail anything."""
        return self.basis == "memory"


class Family(_Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line of models from one developer."""

    id: Words
    kind: Words
    """`llm`, `vision-language`, `vision-encoder`, `audio-encoder` …"""
    developer: Words
    country: Country
    """ISO 3166-1 alpha-2."""
    organisations: tuple[Words, ...]
    """Hugging Face organisations that publish it."""
    other_organisations: Names = ()
    """Organisations that publish it without the developer's standing behind them."""
    other_developers: Words | None = None
    """Whoever else took part, where the developer named isn't the only one."""
    basis: Literal["transformers", "memory"]
    """Where the model types and architectures were read: in a release of the transformers library, or nowhere, in
    which case they rest on general knowledge."""
    model_types: Names
    architectures: Names
    generic: Names = ()
    """Model types and architectures of it that other developers' own models declare as a matter of course."""
    wrapped_model_types: Names = ()
    """Model types of other families that its configurations hold for a part."""
    modules: Modules
    tensors: tuple[TensorName, ...] = ()
    attributes: Names = ()
    """Attributes in transformers' code beyond those that Llama has too; families share them: weak signals."""
    engines: Engines = Engines()
    inherits_from: Names = ()
    """Families whose classes its port to transformers subclasses: reuse of code there, not of weights."""
    licenses: tuple[VersionLicense, ...]
    note: BothLanguages | None = None

    @property
    def is_lead(self) -> bool:
        """Whether its names rest on general knowledge: where to look, never a reason to fail anything."""
        return self.basis == "memory"
