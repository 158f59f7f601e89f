"""`compliance weights fingerprint`: references of known weights, to compare those of submissions with."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli import wording
from compliance.cli.output import about_path, tell
from compliance.cli.wording import say
from compliance.errors import ConfigurationError
from compliance.language import from_locale
from compliance.model.weight_formats import weight_format

application = typer.Typer(
    help=say("References of known weights.", "알려진 가중치의 참조 파일."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
Snapshot = Annotated[
    Path,
    typer.Argument(
        metavar="SNAPSHOT",
        help=say(
            "Folder or file of weights: safetensors, or else PyTorch, GGUF or ONNX.",
            "가중치 폴더 또는 파일(safetensors 우선, 없으면 PyTorch, GGUF, ONNX).",
        ),
    ),
]
_FORMATS = ("safetensors", "pytorch", "gguf", "onnx")
"""Of which the first one that is there is taken."""
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help=say("Where to write it.", "저장할 파일."))
]
Name = Annotated[
    str, typer.Option("--name", help=say("Repository of the model, owner/name.", "모델 저장소(owner/name)."))
]
Developer = Annotated[
    str | None,
    typer.Option(
        "--developer", help=say("Who developed it, if its owner is unknown.", "개발사(소유자로 알 수 없을 때).")
    ),
]
Country = Annotated[
    str | None,
    typer.Option("--country", help=say("ISO 3166-1 code of the developer's.", "개발사 국가 코드(ISO 3166-1).")),
]
License = Annotated[
    str | None,
    typer.Option("--license", help=say("Id of the knowledge base of licenses.", "라이선스 자료의 id.")),
]
Revision = Annotated[str | None, typer.Option("--revision", help=say("Commit of the repository.", "저장소 커밋."))]


def fingerprint(
    snapshot: Snapshot,
    output: Output,
    name: Name,
    developer: Developer = None,
    country: Country = None,
    license_id: License = None,
    revision: Revision = None,
) -> None:
    """Digest every tensor and write the reference."""
    import msgspec

    from compliance.data_files import decode
    from compliance.licenses.catalog import weight_license
    from compliance.weights import families
    from compliance.weights.base_licenses import base_license
    from compliance.weights.faults import WeightFileError
    from compliance.weights.references import Reference, fingerprint_file, kept

    known = families.developer_of_organisation(name.partition("/")[0])
    maker, place = developer or (known.name if known else None), country or (known.country if known else None)
    if not maker or not place:
        raise ConfigurationError(wording.unknown_maker(name))
    if license_id is not None and weight_license(license_id) is None:
        raise ConfigurationError(wording.unknown_license(license_id, ()))
    base = base_license(name)
    try:
        prints = [one for path in _files(snapshot) for one in fingerprint_file(path)]
        tensors = kept(prints)
        if not tensors:
            raise ConfigurationError(wording.nothing_tells(snapshot))
        reference = Reference(
            name=name,
            developer=maker,
            country=place,
            family=base.family.id if base else (known.only_family if known else None),
            license_id=license_id,
            revision=revision,
            tensors=tensors,
        )
        content = msgspec.json.encode(reference) + b"\n"
        decode(content, Reference, str(output))  # says what of the options is wrong
        output.write_bytes(content)
    except WeightFileError as error:
        raise ConfigurationError(error.fault.said) from error
    except OSError as error:
        raise ConfigurationError(about_path(snapshot, wording.UNREADABLE, error)) from error
    tell(wording.fingerprinted(output, len(reference.tensors), len(prints)).in_language(from_locale()))


def _files(snapshot: Path) -> list[Path]:
    """The files of weights of `snapshot`, all of one format: a folder may hold the same weights in several.

    Raises:
        ConfigurationError: there is none.
    """
    if snapshot.is_file():
        return [snapshot]
    listed = sorted(one for one in snapshot.glob("**/*") if one.is_file())
    by_format = ([one for one in listed if weight_format(one.name) == form] for form in _FORMATS)
    found = next(filter(None, by_format), None)
    if found is None:
        raise ConfigurationError(wording.no_weights(snapshot))
    return found


fingerprint.__doc__ = say(
    "Make a reference from a local copy of a model: digests and sketches of its tensors, no values. Name it with "
    "--weights when you check. Exit status: 0, or 2 where it can't be made.",
    "로컬 모델 사본에서 참조 파일 생성: 텐서별 해시와 요약만 저장, 값은 저장하지 않음. "
    "검사할 때 --weights 옵션으로 지정. 종료 상태: 0. 만들 수 없으면 2.",
)


@application.callback()
def _group() -> None:
    """A group, although it has one command so far."""


application.command("fingerprint")(fingerprint)
