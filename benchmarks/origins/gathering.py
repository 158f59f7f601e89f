"""Puts together the samples of a plan."""

from benchmarks.origins import samples
from benchmarks.origins.corpus import Corpus, Half, rank
from benchmarks.origins.detection import Samples
from benchmarks.origins.independent import RELATED, independent_files, own_decoder
from benchmarks.origins.method import KnownFile
from benchmarks.origins.plan import FEWEST_TEXTS, KINDS, PASTED_KINDS, VERSION_KINDS, Plan
from benchmarks.origins.samples import Sample

_HALVES: tuple[Half, ...] = ("tuning", "test")


def gather(corpus: Corpus, plan: Plan) -> Samples:
    """Every sample of `plan`, made from `corpus`."""
    hosts = independent_files(plan.independent)
    mutants: list[Sample] = []
    pasted: list[Sample] = []
    releases: list[Sample] = []
    for half in _HALVES:
        files = samples.model_files(corpus, half, plan.sources)
        mutants += samples.mutants(corpus, files, KINDS, half)
        for kind in PASTED_KINDS:
            pasted += samples.pasted(corpus, files, hosts, kind, half)
        if half == "test":
            several = samples.model_files(corpus, half, plan.releases, fewest_texts=FEWEST_TEXTS)
            earlier = [samples.any_version(corpus, file) for file in several]
            releases += samples.mutants(corpus, earlier, VERSION_KINDS, half)
    related = tuple(independent_files(plan.independent, RELATED))
    return Samples(tuple(mutants), tuple(pasted), tuple(releases), tuple(hosts), own_decoder(), related)


def fewer(given: Samples, sources: int, independent: int) -> Samples:
    """The samples for a slow method: of the first `sources` origins of the test half, and fewer independent files.

    Every file that is left is one of `given`.
    """
    order = list(dict.fromkeys(one.origin.family for one in given.mutants if one.half == "test"))
    kept = set(order[:sources])
    taken: dict[str, int] = {}
    files = []
    for file in given.independent:
        taken[file.project] = taken.get(file.project, 0) + 1
        if taken[file.project] <= independent:
            files.append(file)
    return Samples(
        mutants=tuple(one for one in given.mutants if one.origin.family in kept),
        pasted=tuple(one for one in given.pasted if one.origin.family in kept),
        releases=(),
        independent=tuple(files),
        own_decoder=given.own_decoder,
    )


def known_to_peers(corpus: Corpus, given: Samples, others: int) -> list[KnownFile]:
    """What peers get to know: the origins of the mutants, and `others` further model files, newest releases."""
    origins = {one.origin.family: one.origin for one in (*given.mutants, *given.pasted)}
    families = [family for family in corpus.versions if samples.is_model_code(family) and family not in origins]
    families.sort(key=lambda family: rank("peer", family))
    return [*origins.values(), *(corpus.versions[family][-1] for family in families[:others])]
