"""Model code of Korean teams that public packages carry: what it declares itself beside what is measured."""

import ast
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.origins.code_lines import code_lines
from benchmarks.origins.corpus import Corpus, model_name
from benchmarks.origins.lineage import Lineages
from benchmarks.origins.method import KnownFile, Method

_TEAMS = re.compile(r"(?:solar|axk\d|exaone|hyperclovax)", re.IGNORECASE)
_PROJECTS = ("transformers", "vllm", "sglang")
_FOLDERS = ("transformers/models/", "vllm/model_executor/models/", "sglang/srt/models/")
_WORDS = re.compile(
    r"(?:adapted|copied|modified|borrowed|derived|based) (?:from|on)\s*:?[\s#]*(\S[^\n]{3,160})", re.IGNORECASE
)
_PARTS = re.compile(r"(?:ForCausalLM|Model|MoE|Attention|MLP)$")
_GENERAL = frozenset(("interfaces", "utils", "modeling_utils", "modeling_layers", "auto"))
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class PublicFile:
    """One file of a Korean team's model in the newest release of a public package."""

    file: KnownFile
    declared: tuple[str, ...]
    """What it says of its parents: by comment, import, or its modular source's bases."""
    measured: tuple[tuple[str, str | None, float], ...]
    """Families that its code is nearest to, with release and share of its lines of code, most first."""


def public_files(method: Method, corpus: Corpus, lineages: Lineages) -> list[PublicFile]:
    """Every such file, its own model and all that descend from it left out."""
    found = []
    for family in sorted(corpus.versions):
        project, _, path = family.partition(":")
        name = path.rpartition("/")[2]
        if project not in _PROJECTS or not path.startswith(_FOLDERS) or not _TEAMS.match(model_name(family)):
            continue
        if name.startswith(("configuration", "modular", "tokenization", "processing", "image_", "__")):
            continue
        file = corpus.versions[family][-1]
        content = corpus.content(file)
        code = code_lines(content)
        answer = method.query(f"team/{model_name(family)}.py", content, lineages.left_out(family))
        lines: Counter[tuple[str, str | None]] = Counter()
        for span in answer.spans:
            lines[span.family, span.version] += len(code & set(range(span.first_line, span.last_line + 1)))
        measured = tuple((*one, count / max(len(code), 1)) for one, count in lines.most_common(MOST_NAMED))
        found.append(PublicFile(file, tuple(_declared(family, content, lineages)), measured))
    return found


def _declared(family: str, content: bytes, lineages: Lineages) -> Iterable[str]:
    bases = Counter(model_name(parent) for parent in lineages.parents_of(family))
    if bases:
        yield "extends " + ", ".join(f"{name} ({count})" for name, count in bases.most_common())
    text = content.decode("utf-8", "replace")
    comments = dict.fromkeys(_shortened(said) for said in _WORDS.findall(text) if _names_a_file(said))
    yield from (f"says “from {said}”" for said in list(comments)[:MOST_NAMED])
    imported = dict.fromkeys(_imported_models(content, family))
    if imported:
        yield "imports " + ", ".join(imported)


def _names_a_file(said: str) -> bool:
    """Whether it isn't mere prose, such as the header of many files that names "its original forms"."""
    return "/" in said or ".py" in said


def _shortened(said: str) -> str:
    """The last parts of an address, or the words."""
    said = said.strip().rstrip(".").split()[0] if "://" in said or "/" in said.split()[0] else said.strip()
    return "/".join(said.split("/")[-2:])[:80].replace("|", "/")


def _imported_models(content: bytes, family: str) -> Iterable[str]:
    for node in ast.walk(ast.parse(content)):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        module = node.module.rpartition(".")[2]
        beside = bool(node.level) or ".models." in node.module
        parts = [alias.name for alias in node.names if _PARTS.search(alias.name)]
        if parts and beside and module not in _GENERAL and model_name(f":{module}") != model_name(family):
            yield f"{module} ({', '.join(parts[:3])})"
