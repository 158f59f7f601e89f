"""What is wrong with a recipe, each fault at its place and in both languages."""

from collections.abc import Iterator, Mapping
from typing import Any

from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, canonicalize_name
from packaging.version import InvalidVersion
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from compliance import yaml_documents
from compliance.errors import Fault
from compliance.model.text import Text
from compliance.origins.building.recipe import package_and_version
from compliance.origins.building.recipe_schema import ProjectDocument, RecipeDocument, ReleaseDocument

KINDS = ("file", "tree", "archive", "git")
_FIELDS_OF_KIND = {
    "file": (("version", "released", "sha256"), ()),
    "tree": (("version",), ("released",)),
    "archive": (("version",), ("released",)),
    "git": ((), ("revisions", "tags")),
}
"""By kind: the fields a release needs besides, and those it may have."""


def faults(root: Any) -> Iterator[Fault]:
    """Every place where the recipe `root` (nodes with positions) is wrong."""
    try:
        RecipeDocument.model_validate(yaml_documents.plain(root))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if detail["type"] != "too_short" or not detail["input"]:  # wrong members are not counted there
                yield _fault(root, detail)
    yield from _meaning(root)


def _meaning(root: Any) -> Iterator[Fault]:
    """What no field shows by itself. Shapes that are wrong have been told before, and are passed over here."""
    seen: set[str] = set()
    for project in _mappings(root.get("projects")):
        name = project.get("id")
        if isinstance(name, str) and name.casefold() in seen:
            yield Fault(*yaml_documents.position(project, "id"), _twice(name))
        seen.add(str(name).casefold())
        versions: set[str] = set()
        for release in _mappings(project.get("releases")):
            yield from _release(release, project)
            version = release.get("version")
            if isinstance(version, str) and version in versions:
                yield Fault(*yaml_documents.position(release, "version"), _twice(version))
            versions.add(str(version))


def _release(release: Any, project: Any) -> Iterator[Fault]:
    kinds = [kind for kind in KINDS if kind in release]
    if len(kinds) != 1:
        place = yaml_documents.key_position(release, kinds[1]) if kinds else yaml_documents.position(release)
        yield Fault(*place, _ONE_KIND)
        return
    needed, allowed = _FIELDS_OF_KIND[kinds[0]]
    for field in needed:
        if field not in release:
            yield Fault(*yaml_documents.position(release), _missing(field))
    for field in release:
        if field in ReleaseDocument.model_fields and field not in {*kinds, *needed, *allowed}:
            yield Fault(*yaml_documents.key_position(release, field), _misplaced(field, kinds[0]))
    if kinds == ["git"] and not {"revisions", "tags"} & set(release):
        yield Fault(*yaml_documents.position(release), _missing("revisions"))
    if kinds == ["file"]:
        yield from _distribution(release, project)


def _distribution(release: Any, project: Any) -> Iterator[Fault]:
    file, version = release.get("file"), release.get("version")
    if not isinstance(file, str) or not file.endswith((".whl", ".tar.gz", ".zip")) or "/" in file:
        return
    place = yaml_documents.position(release, "file")
    try:
        package, said = package_and_version(file)
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion) as error:
        yield Fault(*place, _no_distribution(str(error)))
        return
    same = canonicalize_name(str(project.get("id"))) == package and not project.get("root")
    if same and isinstance(version, str) and version != said:
        yield Fault(*yaml_documents.position(release, "version"), _other_version(version, said))


def _mappings(node: Any) -> list[Any]:
    return [one for one in node if isinstance(one, Mapping)] if isinstance(node, list) else []


def _fault(root: Any, detail: ErrorDetails) -> Fault:
    node, parent, steps = root, root, list[int | str]()
    for step in detail["loc"]:
        known = (isinstance(node, Mapping) and step in node) or (
            isinstance(node, list) and isinstance(step, int) and step < len(node)
        )
        if not known:
            break
        parent, node = node, node[step]
        steps.append(step)
    if detail["type"] == "missing":
        return Fault(*yaml_documents.position(node), _missing(str(detail["loc"][-1])))
    if detail["type"] == "extra_forbidden":
        return Fault(*yaml_documents.key_position(parent, steps[-1]), _unknown(str(steps[-1]), _model(steps)))
    place = yaml_documents.position(parent, steps[-1]) if steps else (1, 1)
    names = [step for step in steps if isinstance(step, str)]
    return Fault(*place, _wrong(detail, names[-1] if names else "recipe"))


def _model(steps: list[int | str]) -> type[BaseModel]:
    models: dict[int, type[BaseModel]] = {1: RecipeDocument, 3: ProjectDocument}
    return models.get(len(steps), ReleaseDocument)


def _wrong(detail: ErrorDetails, field: str) -> Text:
    value = repr(detail["input"])[:80]
    en, ko = _EXPECTED.get(detail["type"], ("see docs/origins.md", "docs/origins.md 문서 참고"))
    if detail["type"] == "string_pattern_mismatch":
        en, ko = _PATTERNS.get(field, _PATTERNS["id"])
    return Text(en=f"{field} can't be {value}; {en}", ko=f"{field} 값 오류: {value}. {ko}")


_EXPECTED = {
    "string_type": ("it must be text: put it in quotes", "문자열이어야 합니다. 따옴표로 감싸세요"),
    "string_too_short": ("fill it in", "내용을 쓰세요"),
    "too_short": ("name at least one", "하나 이상 쓰세요"),
    "iso_date": ("write a date such as 2026-01-31", "2026-01-31처럼 쓰세요"),
    "spdx": ("write an SPDX expression such as Apache-2.0", "Apache-2.0 같은 SPDX 표현식을 쓰세요"),
    "distribution": (
        "write the file name of a wheel (.whl) or source distribution (.tar.gz), without an address",
        "휠(.whl) 또는 소스 배포본(.tar.gz)의 파일 이름을 주소 없이 쓰세요",
    ),
    "local_path": (
        "write a path on this machine; nothing is fetched from an address",
        "이 컴퓨터의 경로를 쓰세요. 주소에서는 받지 않습니다",
    ),
    "pattern": ("write a pattern below the release's own folder", "배포본 폴더 안의 패턴을 쓰세요"),
}
_PATTERNS = {
    "sha256": ("write the 64 hexadecimal digits of the file's digest", "파일 해시의 16진수 64자리를 쓰세요"),
    "country": (
        "write an ISO 3166-1 code such as KR, or '' where it is unknown",
        "KR 같은 ISO 3166-1 코드를 쓰고, 모르면 ''로 두세요",
    ),
    "id": (
        "use letters, digits, dots, hyphens; a recipe's own id is lower-case",
        "영문자, 숫자, 점, 하이픈만 쓰세요. 레시피 id는 소문자로 씁니다",
    ),
}
_ONE_KIND = Text(
    en=f"a release has exactly one of {', '.join(KINDS)}; correct it here",
    ko=f"배포본 하나에는 {', '.join(KINDS)} 가운데 하나만 필요함. 여기를 고치세요",
)


def _missing(field: str) -> Text:
    return Text(
        en=f"the field {field!r} is missing here; add it", ko=f"필수 필드 누락: {field!r} 항목을 추가하세요"
    )


def _misplaced(field: str, kind: str) -> Text:
    return Text(
        en=f"a release with {kind!r} has no field {field!r}; remove it",
        ko=f"{kind!r} 배포본에 쓸 수 없는 필드: {field!r}. 지우세요",
    )


def _unknown(field: str, model: type[BaseModel]) -> Text:
    known = ", ".join(model.model_fields)
    return Text(
        en=f"there is no field {field!r} here; the fields are {known}; correct its name",
        ko=f"없는 필드: {field!r}. 있는 필드: {known}. 이름을 고치세요",
    )


def _twice(name: str) -> Text:
    return Text(en=f"{name!r} stands twice; remove one of them", ko=f"중복: {name!r}. 하나를 지우세요")


def _no_distribution(why: str) -> Text:
    return Text(
        en=f"not the name of a wheel or source distribution ({why[:100]}); copy it from the package index",
        ko=f"휠 또는 소스 배포본의 이름 아님 ({why[:100]}). 패키지 색인에 있는 이름을 쓰세요",
    )


def _other_version(version: str, said: str) -> Text:
    return Text(
        en=f"the version is {version!r}, but the file's name says {said!r}; make them agree",
        ko=f"버전 {version!r} 값이 파일 이름의 버전 {said!r} 값과 다름. 같게 고치세요",
    )
