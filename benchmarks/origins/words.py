"""What the benchmark's sections say around their tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccuracyWords:
    """Paragraphs of docs/accuracy.md."""

    head: str
    mutants: str
    releases: str
    independent: str
    related: str
    lineage: str
    korean: str
    peers: str


ACCURACY = AccuracyWords(
    head="""\
# Accuracy of origins

Written by `make bench-origins`. Known code: {known:,} different Python files of the releases that the shipped
recipe names. Models are split into a tuning and a test half by a hash of their name, so that a model of two
projects is in one half; every figure is of the test half, every threshold of the tuning half. Mutants are made
at run time with seeds from their names: two runs measure the same files.""",
    mutants="""\
### Mutants

Each file's header, comments, docstrings and layout are gone in every kind. *renamed*: every identifier that the
file defines. *half-rewritten*: half of the statements of functions rewritten to the same meaning, or deleted.
*hard30*, *hard50*: both at 30 and 50 %, with strings, annotations, imports and the order of definitions
changed. *handlike*: loops written out, parts of long functions split out, calls of torch in the form of
methods, operators and einops, a configuration dataclass of its own, attributes merged, positional and keyword
arguments exchanged, early returns; then everything of the hard kinds but deletion. A twin can't be told from
the true file once names, strings, annotations and imports are gone, and counts as right unless said. Recall:
something of the file is reported, by the thresholds as they are shipped.""",
    releases="""\
### Releases

Mutants of a release, chosen by a hash, of model files with at least three different texts in the corpus; of those
whose family is named, how often the named release is right.""",
    independent="""\
### Independent projects

Files chosen by a hash of their path from projects outside the index that share no declared source with it: no
file of theirs names a repository of the index as its source, nor the other way round. Nothing was cleaned away
by a score: a line that was copied without a word counts as a false alarm here. Only files that name a source of
their own in so many words, with its address, are left out. Lines of code are those that
aren't blank, comment, docstring, or inside a table of literals.""",
    related="""\
### Related projects

Projects outside the index that name repositories in it as a source of theirs, or are named by files in it. What is
flagged here is often flagged rightly; it counts nowhere.""",
    lineage="""\
### Lineage

Generated model files of the newest transformers: truth is what their modular source imports and extends.
Blocks marked as copied: files written by hand in transformers 4.57.1 that say "Copied from". The file's own
model and every model that descends from it, in any project and release, is left out. Classes of at least
{shortest} lines of code. Right lineage: the parent or one of its ancestors is named nearest, or among the others
that a finding tells: eight at most of the whole, five of each class. A parent counts in whichever project: what
is compared is the name of the model. Statements of descent of what is left out are left out too. Many classes
override most of what they inherit: their text is another model's.""",
    korean="""\
### Model code of Korean teams in public packages

What files of the newest release of public packages declare of their parents, and what their code is nearest
to in the index with their own model and all that descend from it left out. These are facts about public
code, most of it written or merged by the packages' maintainers under open licenses; they say nothing of
where any weights come from.""",
    peers="""\
### Peers, on the same files in the same run

Origin named first / recall, by kind. Peers know only the mutants' own origins and a sample of other model
files in their newest release; methods that compare pairs of files got fewer still, and fewer questions.
Above each group our answers to the same questions, first from the whole index, then with everything left
out that the peers don't know. Peers' thresholds are chosen on the tuning half, so that no more independent lines
are flagged there than by us, or 0.1 %. We name an origin only where there is enough evidence to report it; peers
always name their nearest file, if any. MB/s leave out what a method needs to learn the known files; leaving
most of an index out costs us time that no user spends.""",
)

PERFORMANCE = """\
# Performance of origins

Written by `make bench-origins`. {machine}."""
