"""`compliance licenses list · show · match · terms · schema`: the knowledge base of weight licenses."""

import difflib
import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compliance.cli import options, wording
from compliance.cli.output import beginning_of, terminal_width, write_text
from compliance.cli.wording import say
from compliance.errors import ConfigurationError

if TYPE_CHECKING:
    from compliance.licenses.catalog import WeightLicense
    from compliance.licenses.term_definition import TermDefinition

application = typer.Typer(
    help=say(
        "The knowledge base of weight licenses: what each of them says.",
        "가중치 라이선스 자료: 라이선스마다 무엇을 말하는지.",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """How to print."""

    CONSOLE = "console"
    JSON = "json"


FormatOption = Annotated[
    Format,
    typer.Option("--format", help=say("console or json.", "console 또는 json.")),
]
TermOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--term",
        metavar="TERM=VALUE",
        help=say(
            "Only licenses that answer this term so, such as military_use=prohibited, territory_excluded=KR or "
            "public_sector_use=unknown; all of several must hold.",
            "이 조건에 이렇게 답하는 라이선스만. 예: military_use=prohibited, territory_excluded=KR, "
            "public_sector_use=unknown. 여러 번 쓰면 모두 만족하는 것만.",
        ),
    ),
]
LicenseFile = Annotated[
    Path, typer.Argument(metavar="FILE", help=say("Text of a license.", "라이선스 본문 파일."))
]
LicenseName = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help=say(
            "Id of a license, or another name that only it has: SPDX, ScanCode, Hugging Face.",
            "라이선스 id 또는 그 라이선스만 쓰는 다른 이름(SPDX, ScanCode, Hugging Face).",
        ),
    ),
]


def list_(
    term: TermOptions = None, format_: FormatOption = Format.CONSOLE, language: options.Language = options.LANGUAGE
) -> None:
    """Print the licenses that answer every named term so."""
    from compliance.cli import licenses_output
    from compliance.licenses.catalog import weight_licenses

    asked = [_asked(words) for words in term or []]
    found = [one for one in weight_licenses() if all(_answers(one, *question) for question in asked)]
    if format_ is Format.JSON:
        _write_json(licenses_output.list_json(found))
    else:
        write_text(licenses_output.listed(found, language.value, terminal_width()))


def show(
    license_id: LicenseName,
    format_: FormatOption = Format.CONSOLE,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Print one license with all its terms."""
    from compliance.cli import licenses_output

    found = _license(license_id)
    if format_ is Format.JSON:
        _write_json(licenses_output.license_json(found))
    else:
        write_text(licenses_output.shown(found, language.value, terminal_width()))


def match(
    file: LicenseFile,
    format_: FormatOption = Format.CONSOLE,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Compare one text with the known ones and print which it is."""
    from compliance.cli import license_matching
    from compliance.licenses.words import text_words

    text = text_words(_read(file))
    if format_ is Format.JSON:
        _write_json({"file": str(file), **license_matching.matched_json(text)})
    else:
        write_text(license_matching.matched(text, language.value, terminal_width()))


def terms(format_: FormatOption = Format.CONSOLE, language: options.Language = options.LANGUAGE) -> None:
    """Print what each term asks and which answers there are."""
    from compliance.cli import licenses_output

    if format_ is Format.JSON:
        _write_json(licenses_output.terms_json())
    else:
        write_text(licenses_output.explained(language.value, terminal_width()))


def schema() -> None:
    """Print the JSON Schema of a license's data file."""
    from compliance.licenses.license_document import license_schema

    _write_json(license_schema())


def _read(file: Path) -> str:
    """The text of `file`.

    Raises:
        ConfigurationError: it can't be read, or is no text of a license.
    """
    from compliance.detectors.weight_license import LARGEST
    from compliance.licenses.words import decoded

    content = beginning_of(file, LARGEST)
    if len(content) > LARGEST:
        raise ConfigurationError(wording.too_large(file, LARGEST))
    return decoded(content)


def _license(name: str) -> "WeightLicense":
    """The license that `name` is the id of, or else the only one that is called so.

    Raises:
        ConfigurationError: there is none, or several.
    """
    from compliance.licenses import catalog

    if found := catalog.weight_license(name):
        return found
    called = catalog.licenses_by_alias(name)
    if len(called) > 1:
        raise ConfigurationError(wording.several_licenses(name, [one.id for one in called]))
    if not called:
        near = difflib.get_close_matches(name.casefold(), catalog.aliases(), n=5)
        ids = (one.id for alias in near for one in catalog.licenses_by_alias(alias))
        raise ConfigurationError(wording.unknown_license(name, tuple(dict.fromkeys(ids))))
    return called[0]


def _asked(words: str) -> tuple["TermDefinition", str]:
    """The term and the value that `TERM=VALUE` asks for.

    Raises:
        ConfigurationError: it isn't written so, or there is no such term or value.
    """
    from compliance.licenses.term_definition import Kind
    from compliance.licenses.terms import TERMS, definition_of

    name, equals, value = (part.strip() for part in words.partition("="))
    if not equals or not value:
        raise ConfigurationError(wording.wrong_term(words))
    definition = definition_of(name)
    if definition is None:
        near = difflib.get_close_matches(name, [one.name for one in TERMS])
        raise ConfigurationError(wording.unknown_term(name, near))
    if definition.kind in (Kind.CHOICE, Kind.SET) and value not in definition.answers:
        raise ConfigurationError(wording.unknown_answer(name, value, definition.answers))
    return definition, value


def _answers(license_: "WeightLicense", definition: "TermDefinition", value: str) -> bool:
    return value.casefold() in _casefolded(license_.answers(definition.name))


def _casefolded(words: Iterable[str]) -> Sequence[str]:
    return [one.casefold() for one in words]


def _write_json(content: Any) -> None:
    write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


list_.__doc__ = say(
    "List the licenses, or those that answer a term so. Exit status: 0, or 2 for an unknown term or value.",
    "라이선스 목록 또는 조건에 맞는 라이선스 표시. 종료 상태: 0. 없는 조건이나 값이면 2.",
)
show.__doc__ = say(
    "Show every term of one license with the section and first words of its clause. Exit status: 0, or 2 for an "
    "unknown license.",
    "라이선스 하나의 모든 조건을 조 번호와 조항 첫 단어와 함께 표시. 종료 상태: 0. 없는 라이선스면 2.",
)
match.__doc__ = say(
    "Tell which known license a text is, even among near-copies, and which clauses were altered. Exit status: 0, "
    "or 2 if the file can't be read.",
    "라이선스 본문 식별: 유사한 라이선스를 구별하고 변경된 조항을 표시. 종료 상태: 0. 파일을 읽을 수 없으면 2.",
)
terms.__doc__ = say(
    "Explain each term and its values, for --term and for policies.",
    "조건과 값의 뜻 설명. --term 옵션과 정책에 씀.",
)
schema.__doc__ = say(
    "Print the JSON Schema of a license's data file, for completion in editors.",
    "편집기 자동 완성에 쓰는 라이선스 데이터 파일 JSON Schema 출력.",
)
application.command("list")(list_)
application.command("show")(show)
application.command("match")(match)
application.command("terms")(terms)
application.command("schema")(schema)
