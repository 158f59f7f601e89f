"""Model cards: license, base models and datasets as the front matter declares them, and what the prose claims.

A README without front matter is read for claims too, where it speaks of a model; whether weights lie beside it is
asked later, of the whole tree.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

from compliance.detectors.detector import ExaminedFile
from compliance.licenses import declared, huggingface
from compliance.licenses.huggingface import CardLicense
from compliance.model.card_fields import BASE_MODEL, PLAIN_README, RELATION
from compliance.model.evidence import Lines, Statement
from compliance.model.finding import Finding, LicenseFinding, ModelCardFinding
from compliance.model.skip import Skip
from compliance.model.skip_words import at_line, at_place, first_lines
from compliance.model.text import Text, encodable
from compliance.origins import naming
from compliance.weights import families, hub
from compliance.weights.front_matter import Fields, FrontMatter, Value, front_matter, text_of, without_tables

MAX_BYTES = 2 * 1024 * 1024
"""Of a file: front matter that isn't closed within them is not read."""
MAX_FRONT_MATTER = 256 * 1024
"""Characters of front matter without its evaluation tables. YAML with positions reads some 100 kB a second."""
MAX_VALUES = 1_000

_CARD_NAME = re.compile(r"(?:model[ _-]?card|모델[ _-]?카드)(?:[._-][a-z]{2,3})?\.md")
_README = re.compile(
    r"readme(?:[._-](?:ko|kr|kor|korean|en|eng|english|ja|zh|cn|zh[_-]\w{2,4}|ko[_-]kr|model))?\.md"
)
_FIELDS = (
    "license",
    "license_name",
    "license_link",
    "base_model",
    "base_model_relation",
    "base_model_revision",
    "new_version",
    "datasets",
    "source_datasets",
    "library_name",
    "pipeline_tag",
)
_MODEL_KEYS = frozenset({"base_model", "base_model_relation", "library_name", "pipeline_tag", "model-index"})
_APPLICATION_KEYS = frozenset({"sdk"})
_DATASET_KEYS = frozenset(
    {"dataset_info", "task_categories", "size_categories", "annotations_creators", "source_datasets"}
)
"""Keys of cards for applications and datasets, whose license isn't that of weights."""

_CARD_WORD = re.compile("|".join(_FIELDS))
_CARD_LINE = re.compile(rf"^[ \t{{\"']*(?:{'|'.join(_FIELDS)})[\"']?\s*:", re.MULTILINE)
"""What tells broken front matter from text between two horizontal rules."""
_OF_A_MODEL = re.compile(
    r"\b(?:weights|checkpoints?|s?LLMs?|VLMs?"
    r"|(?:language|foundation|base|instruct\w*|pre-?trained|fine-?tuned) models?)\b"
    r"|가중치|체크포인트|(?:언어|기반|사전[ ]?학습|생성|멀티모달) ?모델",
    re.IGNORECASE,
)
"""Words by which a README speaks of a model of its own or of somebody's, and not of software alone."""


class ModelCard:
    """Reads front matter by itself: usual readers show a person one thing and a program another."""

    name = "model-card"
    version = f"7+names-{huggingface.DATA_VERSION}+declared-{declared.VERSION}+families-{families.DATA_VERSION}"

    def wants(self, path: str, size: int) -> bool:
        """READMEs, in their Korean and other translations too, and files named as model cards."""
        name = _name(path)
        return size > 0 and bool(_README.fullmatch(name) or _CARD_NAME.fullmatch(name))

    def name_key(self, path: str) -> str:
        """Whether the file is called a model card: then its prose counts without front matter."""
        return "card" if _CARD_NAME.fullmatch(_name(path)) else ""

    def prepare(self) -> None:
        """Load the YAML reader and the license names."""
        import compliance.yaml_documents  # noqa: F401  # loaded here so that forked workers share it

        declared.expression_of("MIT")
        huggingface.license_of_tag("mit")

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """Fields of the card, the license that it declares, and claims of its prose."""
        text = text_of(file.read(MAX_BYTES))
        block = front_matter(text)
        if block is None or not _CARD_WORD.search(block.text):
            if self.name_key(file.path):
                yield from _claims(text, 0)
            elif _OF_A_MODEL.search(text):
                yield from _claims(text, 0, plain=True)
            return
        if block.closed:
            yield from _card(block)
            below = block.first_line + block.text.count("\n")
            yield from _claims("".join(text.splitlines(keepends=True)[below:]), below)
        elif file.size > MAX_BYTES:
            said = Text(
                en=f"front matter isn't closed within {MAX_BYTES:,} bytes",
                ko=f"{MAX_BYTES:,}바이트 안에서 닫히지 않은 머리말(front matter)",
            )
            yield Skip.of("too-large", said)
        elif _CARD_LINE.search(block.text):
            said = Text(en="front matter isn't closed by ---", ko="--- 줄로 닫히지 않은 머리말(front matter)")
            yield Skip.of("malformed", at_line(block.first_line - 1, said))


def _name(path: str) -> str:
    """The file's name, small and composed: macOS writes Korean letters decomposed."""
    return unicodedata.normalize("NFC", path.rsplit("/", 1)[-1][:300]).casefold()


def _plain_readme(lines: Lines) -> Statement:
    return Statement(lines=lines, field=PLAIN_README, says="no front matter", says_ko="머리말(front matter) 없음")


def _claims(text: str, before: int, *, plain: bool = False) -> Iterator[Finding]:
    """What the prose claims of origin and licenses; `before` counts the lines of the file above it."""
    from compliance.weights.claims import claims
    from compliance.weights.license_claims import license_claims

    for one in (*claims(text), *license_claims(text)):
        if plain and one.name and not one.kind.endswith("license") and not _names_a_model(one.name):
            continue
        lines = (one.lines[0] + before, one.lines[1] + before)
        value = f"{one.name}: {one.says}" if one.name else one.says
        read = (_plain_readme(lines),) if plain else ()
        yield ModelCardFinding(lines=lines, field=f"claim:{one.kind}", value=encodable(value)[:500], evidence=read)


def _names_a_model(name: str) -> bool:
    """Whether `name` is of a known family or at a hub: a README of software is based on much else."""
    return hub.of_reference(name) is not None or naming.family_like(name, within_models=False) is not None


def _card(block: FrontMatter) -> Iterator[Finding | Skip]:
    from compliance import yaml_documents

    text = without_tables(block.text)
    if len(text) > MAX_FRONT_MATTER:
        said = Text(en=f"front matter of {len(text):,} characters", ko=f"머리말(front matter) {len(text):,}자")
        yield Skip.of("too-large", said)
        return
    try:
        card = yaml_documents.read(text)
    except yaml_documents.YamlError as fault:
        if not _CARD_LINE.search(text):
            return
        line = fault.line + block.first_line - 1
        yield Skip.of("malformed", at_place(line, fault.column, first_lines(fault.message)))
        return
    if not isinstance(card, dict):
        return
    fields = Fields(card, block.first_line - 1)
    for field in _FIELDS:
        if field in card:
            yield from _field(fields, field)
    if fields.values("license"):
        yield _license(fields)


def _field(fields: Fields, field: str) -> Iterator[Finding | Skip]:
    values = fields.values(field)
    if values is None:
        what = Text(
            en=f"{field} holds neither text nor a list of texts", ko=f"{field}: 문자열이나 문자열 목록이 아닌 값"
        )
        yield Skip.of("malformed", at_line(fields.line(field), what))
        return
    said = _of_bases(fields, len(values)) if field == BASE_MODEL else []
    for place, value in enumerate(values[:MAX_VALUES]):
        evidence = tuple(statements[place % len(statements)] for statements in said)
        yield ModelCardFinding(
            lines=(value.line, value.line), field=field, value=value.text[:500], evidence=evidence
        )
    if len(values) > MAX_VALUES:
        what = Text(
            en=f"only the first {MAX_VALUES:,} values of {field} were kept",
            ko=f"{field}: 앞의 값 {MAX_VALUES:,}개만 기록",
        )
        yield Skip.of("truncated", what)


def _of_bases(fields: Fields, bases: int) -> list[list[Statement]]:
    """Relations and revisions that the card declares: one for all of the `bases`, or one each in their order.

    Of any other number, nothing tells which is whose.
    """
    stated = ((field, fields.values(field) or []) for field in (RELATION, "base_model_revision"))
    return [
        [Statement(lines=(one.line, one.line), field=field, says=one.text[:200]) for one in values]
        for field, values in stated
        if len(values) in {1, bases}
    ]


def _license(fields: Fields) -> LicenseFinding:
    """The license declared for what the card describes.

    Several values are joined by AND: the card's format doesn't say how they relate, and reading a choice into them
    would grant what nobody declared. One value that names no license leaves the whole without an expression.
    """
    from compliance.licenses import spdx

    values = fields.values("license") or []
    line = fields.line("license")
    statements = [Statement(lines=(one.line, one.line), field="license", says=one.text[:200]) for one in values]
    found = [_resolved(fields, one.text) for one in values]
    statements += _elsewhere(fields)
    expressions = [one.expression for one in found if one and one.expression]
    ids = dict.fromkeys(license_id for one in found if one for license_id in one.license_ids)
    complete = len(expressions) == len(values)
    return LicenseFinding(
        lines=_span(line, values),
        expression=spdx.join(expressions, "AND") if complete else None,
        basis="declared",
        license_ids=tuple(ids),
        subject=_subject(fields),
        evidence=tuple(statements),
    )


def _resolved(fields: Fields, words: str) -> CardLicense | None:
    if words.casefold() == "other":
        name = fields.card.get("license_name")
        return huggingface.license_of_name(name) if isinstance(name, str) else None
    return huggingface.license_named(words)


def _elsewhere(fields: Fields) -> list[Statement]:
    """What the card says of its license besides the tag."""
    return [
        Statement(lines=(one.line, one.line), field=field, says=one.text[:200])
        for field in ("license_name", "license_link")
        for one in fields.values(field) or ()
    ]


def _span(line: int, values: Sequence[Value]) -> Lines:
    return line, max([line, *(one.line for one in values)])


def _subject(fields: Fields) -> Literal["weights", "data", "code"]:
    keys = set(fields.card)
    if keys & _MODEL_KEYS or not keys & (_APPLICATION_KEYS | _DATASET_KEYS):
        return "weights"
    return "code" if keys & _APPLICATION_KEYS else "data"


DETECTOR = ModelCard()
