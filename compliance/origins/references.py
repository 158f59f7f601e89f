"""Whom a statement in a comment names: an address, a dotted name, a path or the words themselves."""

import re
from functools import cache
from urllib.parse import unquote

import msgspec

from compliance.origins import known_projects, naming
from compliance.origins.naming import Named
from compliance.origins.prose import style_of
from compliance.origins.statements import OriginStatement
from compliance.weights import families, hub

_CODE_HOST = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<host>[a-z.]+)/(?P<owner>[\w.~-]+)/(?P<name>[\w.+~-]+)(?P<rest>[^?#]*)",
    re.IGNORECASE,
)
_NO_ACCOUNTS = frozenset(
    {"orgs", "repos", "features", "sponsors", "topics", "search", "about", "apps", "marketplace"}
    | {"user-attachments", "gist"}
)
_NO_CODE = frozenset(
    {"issues", "pull", "pulls", "discussions", "wiki", "releases", "actions", "merge_requests", "stargazers"}
)
_FILE_VIEWS = frozenset({"blob", "tree", "raw", "blame", "resolve", "-", "src"})
_LEADING = frozenset(
    {"", ".", "..", "src", "python", "lib", "site-packages", "dist-packages", "third_party", "3rdparty", "vendor"}
)
"""Folders that hold whole packages."""
_NO_MODULES = frozenset({"__init__", "LICENSE", "LICENCE", "NOTICE", "README", "COPYING"})
_VERSION = re.compile(r"v?(\d+(?:\.\d+)+(?:[._-]?(?:post|rc|a|b|dev)\d*)?)")
_SUFFIX = re.compile(r"\.[A-Za-z]{1,5}$")
_MODEL_FILE = re.compile(r"(?:modeling|modular|configuration|tokenization|processing|image_processing)_(\w+)\.py")
_SUBJECT = re.compile(
    r"\b(?:code|implementation|file|module|script|kernels?|class|function|modell?ing|model|architecture)\b"
    r".{0,60}\bbased (?:up)?on",
    re.IGNORECASE,
)
_FAMILY_WORDS = frozenset(
    {"llama", "mllama", "mixtral", "deepseek", "qwen", "gptneox", "gptj", "chatglm", "internlm", "baichuan"}
    | {"internvl", "minicpm", "hunyuan", "gptoss", "starcoder", "exaone", "hyperclovax"}
)
"""Names of families without a digit that mean nothing else."""
_FIRST_NAMES = frozenset({"timm"})
"""Names of projects, written small, that are people's as well."""
_NEAR = 60
"""Characters after the verb in which a name of a project or family is looked for."""
_ELSEWHERE = re.compile(
    r"[;!?]|\.\s|\b(?:for|to|into|so|because|since|which|when|while|where|if|unlike|instead|rather)\s",
    re.IGNORECASE,
)
"""Where the words stop to tell what was taken: what follows is the purpose, or another thought."""
_NOT_CODE = re.compile(r"[\w.'-]*\s+(?:paper|report|blog|weights?|checkpoints?|datasets?|outputs?)\b")
"""After a name: no code of it is meant."""


def of_statement(statement: OriginStatement) -> Named | None:
    """Whom `statement` names, as far as it says that code comes from there; None for nobody."""
    strong = statement.how in {"copied-from", "adapted-from", "generated-from"}
    match statement.form:
        case "address":
            named = of_address(statement.reference)
        case "dotted":
            named = of_dotted(statement.reference)
        case "path":
            named = of_path(statement.reference, statement.says)
        case "repository":
            named = of_repository(*statement.reference.split("/", 1))
            named = named if named is not None and named.known else None
        case "words":
            named = of_words(statement.reference) if strong or _SUBJECT.search(statement.says) else None
    if named is None:
        return None
    if statement.how == "generated-from":
        return named if statement.form == "path" and named.is_model and naming.family_like(named.family) else None
    if statement.how == "refers-to":
        is_pointed = named.path is not None or not statement.says.isascii()
        return named if named.known and is_pointed and is_telling(named) else None
    return named if strong or (named.known and is_telling(named)) else None


def of_address(address: str) -> Named | None:
    """Whom the address of a file or repository names; None where it is of neither."""
    address = unquote(address)
    if hub.is_address(address):
        found = hub.of_address(address)
        is_model = found is not None and found.kind == "model"
        return (
            naming.of_hub_repository(found.owner, found.name, found.path or None) if found and is_model else None
        )
    if (match := _CODE_HOST.match(address)) is None or match["owner"].casefold() in _NO_ACCOUNTS:
        return None
    rest = match["rest"]
    if match["host"].casefold().startswith("raw."):
        rest = f"/raw{rest}"
    if rest.partition("/")[2].partition("/")[0] in _NO_CODE:
        return None
    path, version = _path_and_version(rest)
    return of_repository(match["owner"], match["name"].removesuffix(".git"), path, version)


def of_repository(owner: str, name: str, path: str | None = None, version: str | None = None) -> Named | None:
    """Whom the repository `owner/name` at a code host belongs to, and which model its file at `path` is of."""
    project = known_projects.by_repository().get(f"{owner}/{name}".casefold())
    if project is not None:
        named = of_path(path) if path else None
        if named is None or named.project not in {"", project.id}:
            named = naming.of_project(project, _part_of(project, path) if path else "")
        return msgspec.structs.replace(
            named, project=project.id, expression=project.expression, path=path, version=version
        )
    account = known_projects.organisation(owner)
    return Named(
        family=name.casefold(),
        project=f"{owner}/{name}",
        developer=account.developer if account else None,
        country=account.country if account else None,
        path=path,
        version=version,
        known=account is not None,
    )


def of_dotted(dotted: str) -> Named | None:
    """Whom a dotted name of Python belongs to; None where its first part is no known project."""
    dotted = dotted.replace("/", ".").removeprefix("src.")
    project = known_projects.by_package().get(dotted.partition(".")[0])
    if project is None:
        return None
    return naming.of_module(dotted) or naming.of_project(project)


def of_path(path: str, says: str = "") -> Named | None:
    """Whom the source file at `path` belongs to, by the package that is a part of it or by its own name."""
    parts = _SUFFIX.sub("", path).split("/")
    for number, part in enumerate(parts[:-1]):
        project = known_projects.by_package().get(part)
        if project is not None and part not in {"sat", "swift", "research"} and _may_lead(parts[:number]):
            named = naming.of_module(".".join(parts[number:])) or naming.of_project(
                project, _part_of(project, path)
            )
            return msgspec.structs.replace(named, path="/".join(path.split("/")[number:]))
    if match := _MODEL_FILE.fullmatch(path.rsplit("/", 1)[-1]):
        project = known_projects.by_package()["transformers"] if "transformers" in says.casefold() else None
        if naming.family_like(match[1], within_models=False):
            return naming.of_model(match[1], project)
    owner, _, rest = path.partition("/")
    name, has_file, file = rest.partition("/")
    is_repository = bool(name and has_file) and known_projects.organisation(owner) is not None
    return of_repository(owner, name, file) if is_repository else None


def of_words(words: str) -> Named | None:
    """Whom the first words of a sentence name: a known project, else a known family of models."""
    near = _ELSEWHERE.split(words[:_NEAR], maxsplit=1)[0]
    if project := project_in(near):
        return naming.of_project(project)
    near = near.casefold()
    for found in re.finditer(r"[a-z0-9][\w.-]*", near):
        word = found[0]
        if _NOT_CODE.match(near, found.end()):
            continue
        letters = re.sub(r"[^a-z0-9]", "", word.removesuffix("'s"))
        if letters in _FAMILY_WORDS or (len(letters) > 4 and any(one.isdigit() for one in letters[1:])):
            family = families.family_of_model_type(word) or naming.family_like(letters, within_models=False)
            if family is not None:
                return Named(family.id, "", family.developer, family.country, is_model=True)
            if letters in _FAMILY_WORDS and (named := naming.of_model(word, None)):
                return named
    return None


def _may_lead(folders: list[str]) -> bool:
    """Whether a package right below `folders` is a project of its own and not a folder for its sake in another."""
    return (
        not folders
        or folders[-1] in _LEADING
        or known_projects.folder_name(folders[-1]) in known_projects.by_folder()
    )


def _path_and_version(rest: str) -> tuple[str | None, str | None]:
    """Path of the file, and the version where the branch is called like one, of what follows a repository."""
    parts = [one for one in rest.split("/") if one]
    if len(parts) < 3 or parts[0] not in _FILE_VIEWS:
        return None, None
    if parts[0] == "-" and len(parts) > 3:
        parts = parts[1:]
    version = _VERSION.fullmatch(parts[1])
    return "/".join(parts[2:]), version[1] if version else None


def _part_of(project: known_projects.KnownProject, path: str) -> str:
    """The model by which the file or folder at `path` is called; else `project/module`, as in the index.

    Empty for the project as a whole.
    """
    module = naming.without_kind(_stem(path))
    if not module or module in _LEADING:
        return ""
    return module if naming.family_like(module, within_models=False) else f"{project.id}/{module}"


def _stem(path: str) -> str:
    """Name of the module or folder at `path`; empty for a file that is no code or stands for its folder."""
    name = path.rsplit("/", 1)[-1]
    stem = _SUFFIX.sub("", name)
    return "" if stem in _NO_MODULES or (stem != name and style_of(name) is None) else stem


def project_in(words: str) -> known_projects.KnownProject | None:
    """The first known project that `words` name and not its paper or weights; None where there is none."""
    for match in _project_names().finditer(words):
        is_person = match[0].istitle() and match[0].casefold() in _FIRST_NAMES
        if not is_person and not _NOT_CODE.match(words, match.end()):
            return _project_by_name()[match[0].casefold()]
    return None


def is_telling(named: Named) -> bool:
    """Whether a bare link to it says something: it is about models, and not the ground that all code stands on."""
    if project := _projects_by_id().get(named.project):
        return not project.common
    account = known_projects.organisation(named.project.partition("/")[0])
    is_general = account is None or account.is_general
    return not is_general or naming.family_like(named.family, within_models=False) is not None


@cache
def _projects_by_id() -> dict[str, known_projects.KnownProject]:
    return {one.id: one for one in known_projects.projects()}


@cache
def _project_by_name() -> dict[str, known_projects.KnownProject]:
    return {name: one for one in known_projects.projects() for name in one.names}


@cache
def _project_names() -> re.Pattern[str]:
    names = sorted((re.escape(name) for name in _project_by_name()), key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE | re.ASCII)
