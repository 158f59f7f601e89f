"""Model cards: license, base model and datasets as the front matter declares them, and what the prose claims."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from compliance.detectors.detector import ExaminedFile
from compliance.licenses import declared, huggingface
from compliance.licenses.huggingface import CardLicense
from compliance.model.evidence import Lines, Statement
from compliance.model.finding import Finding, LicenseFinding, ModelCardFinding
from compliance.model.skip import Skip
from compliance.model.skip_words import at_line, at_place, first_lines
from compliance.model.text import Text, encodable

MAX_BYTES = 2 * 1024 * 1024
"""Of a file: front matter that isn't closed within them is not read."""
MAX_FRONT_MATTER = 256 * 1024
"""Characters of front matter without its evaluation tables. YAML with positions reads some 100 kB a second."""
MAX_VALUES = 1_000

_CARD_NAMES = frozenset({"model_card.md", "modelcard.md", "model-card.md"})
_NAMES = frozenset({"readme.md", *_CARD_NAMES})
_FIELDS = (
    "license",
    "license_name",
    "license_link",
    "base_model",
    "base_model_relation",
    "datasets",
    "library_name",
    "pipeline_tag",
)
_MODEL_KEYS = frozenset({"base_model", "base_model_relation", "library_name", "pipeline_tag", "model-index"})
_OTHER_CARD_KEYS = frozenset(
    {"sdk", "dataset_info", "task_categories", "size_categories", "annotations_creators", "source_datasets"}
)
"""Keys of cards for applications and datasets, whose license isn't that of weights."""

_CARD_WORD = re.compile("|".join(_FIELDS))
_CARD_LINE = re.compile(rf"^[ \t{{\"']*(?:{'|'.join(_FIELDS)})[\"']?\s*:", re.MULTILINE)
"""What tells broken front matter from text between two horizontal rules."""
_PREAMBLE = re.compile(r"(?:[ \t]*\n|<!--.*?-->|#[^\n]*\n)*", re.DOTALL)
_BULKY = re.compile(r"^(?:model-index|widget|extra_gated_\w+):[^\n]*\n(?:(?:[ \t#-][^\n]*)?\n)*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML block at the head of a Markdown file."""

    text: str
    first_line: int
    """Line, from 1, of the file on which `text` begins."""
    closed: bool


@dataclass(frozen=True, slots=True)
class _Value:
    """One value of a field; fields that hold a list have several."""

    text: str
    line: int


def front_matter(text: str) -> FrontMatter | None:
    """The front matter of the Markdown `text`, which may follow blank lines, HTML comments and `#` lines.

    Line ends are line feeds. An unclosed block reaches to the end of the text. None where there is no block.
    """
    found = _PREAMBLE.match(text)
    start = found.end() if found else 0
    opening = re.compile(r"---[ \t]*(?:\n|\Z)").match(text, start)
    if opening is None:
        return None
    first_line = text.count("\n", 0, opening.end()) + 1
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, opening.end())
    end = closing.start() if closing else len(text)
    return FrontMatter(text=text[opening.end() : end], first_line=first_line, closed=closing is not None)


class ModelCard:
    """Reads the front matter by itself: usual readers return an empty card for a byte order mark, an unclosed
    block or a comment before it, take the last of duplicate keys, and read `license: no` as a truth value.
    """

    name = "model-card"
    version = f"4+names-{huggingface.DATA_VERSION}+declared-{declared.VERSION}"

    def wants(self, path: str, size: int) -> bool:
        """READMEs and files named as model cards."""
        return size > 0 and path.rsplit("/", 1)[-1].casefold() in _NAMES

    def name_key(self, path: str) -> str:
        """Nothing: only the content counts."""
        return ""

    def prepare(self) -> None:
        """Load the YAML reader and the license names."""
        import compliance.yaml_documents  # noqa: F401  # loaded here so that forked workers share it

        declared.expression_of("MIT")
        huggingface.license_of_tag("mit")

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """Fields of the card, and the license that it declares for the weights."""
        text = _text_of(file.read(MAX_BYTES))
        block = front_matter(text)
        if block is None or not _CARD_WORD.search(block.text):
            if file.name.casefold() in _CARD_NAMES:
                yield from _claims(text, 0)
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


def _claims(text: str, before: int) -> Iterator[Finding]:
    """What the card's prose claims of the weights' origin; `before` counts the lines of the file above it."""
    from compliance.weights.claims import claims

    for one in claims(text):
        lines = (one.lines[0] + before, one.lines[1] + before)
        value = f"{one.name}: {one.says}" if one.name else one.says
        yield ModelCardFinding(lines=lines, field=f"claim:{one.kind}", value=encodable(value)[:500])


def _text_of(content: bytes) -> str:
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if utf_16 else "utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _card(block: FrontMatter) -> Iterator[Finding | Skip]:
    from compliance import yaml_documents

    text = _BULKY.sub(_without_values, block.text)
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
    for field in _FIELDS:
        if field in card:
            yield from _field(card, field, block.first_line - 1)
    if _values(card, "license", 0):
        yield _license(card, block.first_line - 1)


def _without_values(found: re.Match[str]) -> str:
    """The block's key with no value, and as many lines as before."""
    return found[0].split(":", 1)[0] + ":" + "\n" * found[0].count("\n")


def _field(card: Any, field: str, before: int) -> Iterator[Finding | Skip]:
    values = _values(card, field, before)
    if values is None:
        line = _key_line(card, field, before)
        said = Text(
            en=f"{field} holds neither text nor a list of texts", ko=f"{field}: 문자열이나 문자열 목록이 아닌 값"
        )
        yield Skip.of("malformed", at_line(line, said))
        return
    for value in values[:MAX_VALUES]:
        yield ModelCardFinding(lines=(value.line, value.line), field=field, value=value.text[:500])
    if len(values) > MAX_VALUES:
        said = Text(
            en=f"only the first {MAX_VALUES:,} values of {field} were kept",
            ko=f"{field}: 앞의 값 {MAX_VALUES:,}개만 기록",
        )
        yield Skip.of("truncated", said)


def _values(card: Any, field: str, before: int) -> list[_Value] | None:
    """The values of `field`, none for null; None where they aren't text. `before` counts the lines of the file
    above the block."""
    from compliance import yaml_documents

    value = card.get(field)
    if not isinstance(value, list):
        text = _text(value)
        if text is None:
            return [] if value is None else None
        return [_Value(text, _key_line(card, field, before))]
    texts = [_text(one) for one in value]
    if any(text is None for text in texts):
        return None
    lines = [yaml_documents.position(value, place)[0] + before for place in range(len(value))]
    return [_Value(text, line) for text, line in zip(texts, lines, strict=True) if text]


def _text(value: Any) -> str | None:
    """A scalar as text; None for null and collections."""
    if value is None or isinstance(value, (dict, list, set, tuple)):
        return None
    return encodable(str(value)).strip() or None


def _key_line(card: Any, field: str, before: int) -> int:
    from compliance import yaml_documents

    return yaml_documents.key_position(card, field)[0] + before


def _license(card: Any, before: int) -> LicenseFinding:
    """The license declared for what the card describes.

    Several values are joined by AND: the card's format doesn't say how they relate, and reading a choice into them
    would grant what nobody declared. One value that names no license leaves the whole without an expression.
    """
    from compliance.licenses import spdx

    values = _values(card, "license", before) or []
    line = _key_line(card, "license", before)
    statements = [Statement(lines=(one.line, one.line), field="license", says=one.text[:200]) for one in values]
    found = [_resolved(card, one.text) for one in values]
    if any(one.text.casefold() == "other" for one in values):
        statements += _elsewhere(card, before)
    expressions = [one.expression for one in found if one and one.expression]
    ids = dict.fromkeys(license_id for one in found if one for license_id in one.license_ids)
    complete = len(expressions) == len(values)
    return LicenseFinding(
        lines=_span(line, values),
        expression=spdx.join(expressions, "AND") if complete else None,
        basis="declared",
        license_ids=tuple(ids),
        subject=_subject(card),
        evidence=tuple(statements),
    )


def _resolved(card: Any, words: str) -> CardLicense | None:
    if words.casefold() == "other":
        name = card.get("license_name")
        return huggingface.license_of_name(name) if isinstance(name, str) else None
    return (
        huggingface.license_of_tag(words)
        or huggingface.license_of_name(words)
        or huggingface.license_of_words(words)
    )


def _elsewhere(card: Any, before: int) -> list[Statement]:
    """What the card says of a license outside Hugging Face's list."""
    return [
        Statement(lines=(one.line, one.line), field=field, says=one.text[:200])
        for field in ("license_name", "license_link")
        for one in _values(card, field, before) or ()
    ]


def _span(line: int, values: list[_Value]) -> Lines:
    return line, max([line, *(one.line for one in values)])


def _subject(card: Any) -> Literal["weights", "code"]:
    keys = set(card)
    return "code" if keys & _OTHER_CARD_KEYS and not keys & _MODEL_KEYS else "weights"


DETECTOR = ModelCard()
