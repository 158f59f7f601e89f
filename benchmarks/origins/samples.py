"""Mutants of model files whose origin is known, made from the corpus."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.origins.code_lines import code_lines
from benchmarks.origins.corpus import Corpus, Half, half_of, model_name, rank
from benchmarks.origins.independent import IndependentFile
from benchmarks.origins.method import KnownFile
from benchmarks.origins.mutation.kinds import mutate
from benchmarks.origins.mutation.pasting import paste

FEWEST_LINES = 120
"""Of code of a file that mutants are made from."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A file that comes from `origin`, as far as its true lines go."""

    kind: str
    half: Half
    origin: KnownFile
    path: str
    """How the file is called; nothing of the origin shows in it."""
    content: bytes
    code: frozenset[int]
    """Numbers of its lines of code."""
    true_lines: frozenset[int]
    """Those of them that come from the origin."""


def model_files(corpus: Corpus, half: Half, count: int, fewest_texts: int = 1) -> list[KnownFile]:
    """Model code of `half`, the projects in turn, each model once, chosen by a hash of its path.

    Args:
        corpus: to choose from.
        half: of the models.
        count: how many at most.
        fewest_texts: how many different contents a file has in the corpus, at least.
    """
    by_project: defaultdict[str, list[str]] = defaultdict(list)
    for family in sorted(corpus.versions, key=rank):
        texts = {one.digest for one in corpus.versions[family]}
        if is_model_code(family) and half_of(model_name(family)) == half and len(texts) >= fewest_texts:
            by_project[family.partition(":")[0]].append(family)
    chosen: list[KnownFile] = []
    models: set[str] = set()
    queues = [iter(by_project[project]) for project in sorted(by_project, key=rank)]
    while queues and len(chosen) < count:
        for queue in list(queues):
            file = _next_of(queue, corpus, models)
            if file is None:
                queues.remove(queue)
            elif len(chosen) < count:
                chosen.append(file)
                models.add(model_name(file.family))
    return chosen


def mutants(corpus: Corpus, files: Iterable[KnownFile], kinds: Sequence[str], half: Half) -> Iterator[Sample]:
    """One mutant of each of `files` in each of `kinds`."""
    for file in files:
        content = corpus.content(file)
        for kind in kinds:
            text = mutate(content, kind, file.family)
            if text is not None:
                written = text.encode("utf-8", "surrogatepass")
                code = code_lines(written)
                yield Sample(kind, half, file, _neutral_path(file, kind), written, code, code)


def pasted(
    corpus: Corpus, files: Sequence[KnownFile], hosts: Sequence[IndependentFile], kind: str, half: Half
) -> Iterator[Sample]:
    """A block of each of `files` in a file of an independent project of the same half."""
    own = [host for host in hosts if host.half == half and len(host.code) >= 80]
    for number, file in enumerate(files):
        made = paste(corpus.content(file), own[number % len(own)].content, kind, file.family) if own else None
        if made is None:
            continue
        written = made.text.encode("utf-8", "surrogatepass")
        code = code_lines(written)
        true = frozenset(line for line in code if made.first_line <= line <= made.last_line)
        yield Sample(f"pasted {kind}", half, file, _neutral_path(file, kind), written, code, true)


def any_version(corpus: Corpus, file: KnownFile) -> KnownFile:
    """A release of `file`, chosen by a hash among those with different contents."""
    different = {one.digest: one for one in corpus.versions[file.family]}
    return min(different.values(), key=lambda one: rank("version", one.family, one.digest))


def _next_of(queue: Iterator[str], corpus: Corpus, models: set[str]) -> KnownFile | None:
    for family in queue:
        file = corpus.versions[family][-1]
        if model_name(family) not in models and len(code_lines(corpus.content(file))) >= FEWEST_LINES:
            return file
    return None


def is_model_code(family: str) -> bool:
    """Whether the family is most likely the code of a model, not its configuration or tokenizer."""
    path = family.partition(":")[2]
    name = path.rpartition("/")[2]
    if name.startswith(
        ("configuration", "tokenization", "processing", "image_processing", "modular", "convert", "test")
    ):
        return False
    return "/models/" in path or "modeling" in name or name in ("model.py", "models.py")


def _neutral_path(file: KnownFile, kind: str) -> str:
    return f"team/modeling_{rank(file.family, file.version, kind)[:8]}.py"
