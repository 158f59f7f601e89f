"""Files of weights: tensors, parts, metadata and dangers, from their headers alone.

Nothing is loaded, unpickled or mapped into memory, and no value of a tensor is read. What metadata say is declared
by whoever wrote the file; names and shapes of tensors tell a part of a model and its architecture, not whose
values they are.
"""

import importlib
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from compliance.detectors.detector import ExaminedFile
from compliance.licenses import huggingface
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, LicenseFinding, WeightsFinding
from compliance.model.skip import Skip
from compliance.model.text import Text, encodable
from compliance.model.weight_formats import may_hold_weights, weight_format
from compliance.weights import families, provenance, safetensors_index
from compliance.weights.architecture_words import statements
from compliance.weights.faults import Fault, WeightFileError
from compliance.weights.known_structures import known_structures
from compliance.weights.parts import Part, parts_of
from compliance.weights.shards import shard_content
from compliance.weights.structure import DATA_VERSION as STRUCTURES_VERSION
from compliance.weights.tensors import Tensor, UnsafeGlobal, WeightFile

NAMED_MAKER = 0.6
"""Confidence in a developer whom the metadata name: converters write such fields from the original repository."""
_LONGEST_LICENSE = 200
"""Characters; a longer value is a text and no name."""
_MOST_NAMED = 10
"""Unsafe names listed in one sentence."""
_MOST_COMPANIONS = 50
_LONGEST = 200
"""Characters of what a statement says."""


class Weights:
    """Reads headers of safetensors, GGUF, ONNX, PyTorch, pickle and Flax files, and indexes of shards."""

    name = "weights"
    version = (
        f"4+families-{families.DATA_VERSION}+licenses-{huggingface.DATA_VERSION}+structures-{STRUCTURES_VERSION}"
    )
    reads_headers_only = True

    def wants(self, path: str, size: int) -> bool:
        """Names that promise weights or an index of them, and names that may stand for anything."""
        return path.endswith(safetensors_index.SUFFIXES) or may_hold_weights(path, size)

    def name_key(self, path: str) -> str:
        """The format that the name promises, which decides where the content has no mark of its own."""
        return "index" if path.endswith(safetensors_index.SUFFIXES) else weight_format(path) or ""

    def prepare(self) -> None:
        """Load the readers; the tables wait for weights: most files whose names may stand for some hold none."""
        importlib.import_module("compliance.weights.reading")

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """The model and its plain parts, license and makers as metadata declare them; a skip for each fault."""
        from compliance.weights import reading

        with file.open() as stream:
            try:
                if file.path.endswith(safetensors_index.SUFFIXES):
                    yield from _index(safetensors_index.read(stream, file.size))
                elif (found := reading.describe(file.path, stream, file.size)) is not None:
                    yield from _described(found, weight_format(file.path))
            except WeightFileError as error:
                yield _skip(error.fault)


def _described(found: WeightFile, named: str | None) -> Iterator[Finding | Skip]:
    if found.tensors or found.format != "pickle":  # a pickle may hold a vocabulary or anything else
        yield WeightsFinding(
            component="model",
            format=found.format,
            tensors=len(found.tensors),
            parameters=found.parameters,
            basis="metadata",
            evidence=tuple(_statements(found, named)),
        )
    yield from _parts(found.tensors, found.format)
    yield from _makers(found)
    yield from _license(found)
    yield from (_skip(fault) for fault in found.faults)
    if found.unsafe_globals:
        yield Skip.of("unsafe-pickle", _dangers(found.unsafe_globals))


def _statements(found: WeightFile, named: str | None) -> Iterator[Statement]:
    if named is not None and named != found.format and (named, found.format) != ("pytorch", "pickle"):
        yield _statement("format-by-name", named)
    for one in found.unsafe_globals:
        yield _statement("unsafe-global", _danger(one))
    for key, value in provenance.telling(found.metadata):
        yield _statement(key, value)
    if found.tensors:
        counted = Counter(one.dtype for one in found.tensors).most_common()
        yield _statement("dtypes", ", ".join(f"{dtype} {count}" for dtype, count in counted))
        yield _statement("tensors", shard_content((one.name for one in found.tensors), found.data_bytes).said)
    for path in found.companions[:_MOST_COMPANIONS]:
        yield _statement("external-data", path)


def _statement(field: str, says: str) -> Statement:
    return Statement(field=encodable(field[:_LONGEST]), says=encodable(says[:_LONGEST]))


def _parts(tensors: Sequence[Tensor], form: str) -> Iterator[Finding]:
    """Each part of the model; with a family where its structure is one that few developers build."""
    for part in parts_of(tensors, form, known_structures()):
        yield WeightsFinding(
            component=part.component.name,
            format=form,
            tensors=part.component.tensors,
            parameters=None if form == "index" else part.component.parameters,
            family=part.family.id if part.family else None,
            developer=part.family.developer if part.family else None,
            country=part.family.country if part.family else None,
            basis="tensor-names",
            confidence=part.likeness.confidence if part.family and part.likeness else None,
            evidence=(*_built_like(part), _statement("tensor-prefix", part.component.prefix)),
        )


def _built_like(part: Part) -> Iterator[Statement]:
    if part.stack is not None and part.likeness is not None:
        for field, says in statements(part.stack, part.likeness, known_structures()):
            said = _statement(field, says.en)
            yield msgspec.structs.replace(said, says_ko=encodable(says.ko[:_LONGEST]))


def _makers(found: WeightFile) -> Iterator[Finding]:
    """Whose the metadata say the weights are, or those that they were made from."""
    if (told := provenance.declared_family(found.metadata)) is not None:
        key, value, family = told
        yield WeightsFinding(
            component="model",
            format=found.format,
            family=family.id,
            developer=family.developer,
            country=family.country,
            basis="metadata",
            confidence=families.declared_confidence(family, value),
            evidence=(_statement(key, value),),
        )
    for maker in provenance.makers(found.metadata):
        yield WeightsFinding(
            component="model",
            format=found.format,
            family=maker.developer.only_family,
            developer=maker.developer.name,
            country=maker.developer.country,
            basis="metadata",
            confidence=NAMED_MAKER,
            evidence=(_statement(maker.key, maker.value),),
        )


def _license(found: WeightFile) -> Iterator[Finding]:
    if (told := provenance.declared_license(found.metadata)) is None:
        return
    key, value = told
    words = value.strip()
    known = huggingface.license_named(words) if len(words) <= _LONGEST_LICENSE else None
    yield LicenseFinding(
        expression=known.expression if known else None,
        basis="declared",
        license_ids=known.license_ids if known else (),
        subject="weights",
        evidence=(_statement(key, value),),
    )


def _index(index: safetensors_index.WeightIndex) -> Iterator[Finding | Skip]:
    shards = [_statement("shard", f"{content.said}, {name}") for name, content in index.shards.items()]
    total = [] if index.total_size is None else [_statement("total_size", str(index.total_size))]
    yield WeightsFinding(
        component="model", format="index", tensors=index.tensors, basis="metadata", evidence=(*total, *shards)
    )
    yield from _parts([Tensor(name, "", ()) for name in index.names], "index")
    yield from (_skip(fault) for fault in index.faults)


def _skip(fault: Fault) -> Skip:
    return Skip.of(fault.reason, fault.said)


def _danger(one: UnsafeGlobal) -> str:
    place = f"{one.opcode} at byte {one.offset:,}"
    called = "" if one.called_at is None else f", called at byte {one.called_at:,}"
    return f"{one.name} ({place}{called}{f', in {one.entry}' if one.entry else ''})"


def _dangers(found: tuple[UnsafeGlobal, ...]) -> Text:
    named = "; ".join(_danger(one) for one in found[:_MOST_NAMED])
    more = len(found) - _MOST_NAMED
    return Text(
        en=f"loading it would import {named}" + (f" and {more:,} more" if more > 0 else ""),
        ko=f"불러올 때 가져오는 이름: {named}" + (f" 외 {more:,}개" if more > 0 else ""),
    )


DETECTOR = Weights()
