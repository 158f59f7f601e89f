"""The lines of the examined files that a report quotes beside known code, read from the source once more.

A source is read as a scan reads it: a commit without checking it out, and nothing in it is executed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from compliance.errors import ConfigurationError
from compliance.licenses.words import decoded
from compliance.model.evidence import Lines
from compliance.model.finding import OriginFinding, Span
from compliance.model.placement import joined
from compliance.model.quotation import Quotation, Quotations
from compliance.model.text import Text
from compliance.model.verdict import Assessment
from compliance.sources.opening import OpenableSource
from compliance.sources.reopening import other_commit, path_within, reopened
from compliance.sources.source import Members, SourceFile

MOST_LINES = 6
"""Lines of a place that are quoted: enough to recognise it by, and no copy of the file."""
LONGEST_LINE = 120
"""Characters."""
MOST_QUOTED = 10_000
"""Lines of a report."""
_LARGEST_FILE = 16 << 20
_CUT = "…"
_MASK = "••••••"
_KEY = re.compile(
    r"(?<!\w)(?:hf_|sk-|gh[oprsu]_|github_pat_|glpat-|xox[a-z]-|AIza)[\w-]{12,}"  # of well-known services
    r"|(?<![\w+/=-])(?=(?:[\w+/=-]*\d){4})(?=[\w+/=-]*[a-z])(?=[\w+/=-]*[A-Z])[\w+/=-]{24,}"  # no name in code
    r"|(?<!\w)(?=\w*\d)(?=\w*[a-fA-F])[0-9a-fA-F]{32,}"
    r"|(?<!\w)(?:AKIA|ASIA)[0-9A-Z]{12,}"
    r"|(?<=://)[^\s/:@]+:[^\s/@]+(?=@)"
)
_ASSIGNED = re.compile(
    r"""((?:passw(?:or)?d|passphrase|secret|token|api_?key|credential)\w*["']?\s*[:=]\s*)(["'])[^"']{4,}\2""",
    re.IGNORECASE,
)

_Wanted = Mapping[str, Mapping[Lines, Span]]
"""Places to be quoted, by path."""


def quotations_at(assessment: Assessment, source: Path) -> Quotations:
    """What is quoted of `source`, which `assessment` is about.

    Raises:
        ConfigurationError: `source` is another submission, or stands at another commit.
        SubjectError: it can't be opened, or doesn't have the commit that was examined.
    """
    opened = reopened(assessment.subject, source)
    for one, reference in opened:
        if (why := other_commit(one, reference)) is not None:
            raise ConfigurationError(_at_other_commit(source, why))
    return quotations_in(assessment, [one for one, _reference in opened])


def quotations_in(assessment: Assessment, sources: Sequence[OpenableSource]) -> Quotations:
    """What is quoted of `sources`; places that aren't there, or aren't what they were, are left out."""
    quoter = Quoter(assessment)
    for source in sources:
        if any(path_within(path, source) is not None for path in quoter.paths):
            with source.open() as opened:
                for file in opened.files(Members(skipped=[], findings=[])):
                    path = joined(source.name, file.path)
                    if path in quoter.paths:
                        _read(path, file, quoter)
    return quoter.quotations()


def _read(path: str, file: SourceFile, quoter: "Quoter") -> None:
    try:
        with file.open() as stream:
            quoter.meet(path, stream.read(_LARGEST_FILE + 1))
    except OSError:
        return  # the examination or verification tells of it


class Quoter:
    """Quotes the places of an assessment while its files are met, in whatever order."""

    def __init__(self, assessment: Assessment) -> None:
        """Nothing is met yet."""
        self._places = _wanted(assessment)
        self._met: set[str] = set()
        self._found: list[Quotation] = []

    @property
    def paths(self) -> Set[str]:
        """Of the files to be met."""
        return self._places.keys()

    @property
    def met(self) -> Set[str]:
        """Paths of the files whose content was seen."""
        return self._met

    def meet(self, path: str, content: bytes) -> None:
        """Quote the places of the file at `path`, if any; `content` is all of it, or too much to quote."""
        self._met.add(path)
        if path in self._places and len(content) <= _LARGEST_FILE:
            self._found += _quoted(path, content, self._places[path])

    def quotations(self) -> Quotations:
        """Of all files that were met, by path and lines."""
        return Quotations(
            quotations=tuple(_few_enough(sorted(self._found, key=lambda one: (one.path, one.lines))))
        )


def _wanted(assessment: Assessment) -> _Wanted:
    wanted: defaultdict[str, dict[Lines, Span]] = defaultdict(dict)
    for finding in assessment.findings:
        if isinstance(finding, OriginFinding):
            for span in finding.spans:
                wanted[finding.path].setdefault(span.lines, span)
    return dict(wanted)


def _quoted(path: str, content: bytes, places: Mapping[Lines, Span]) -> Iterator[Quotation]:
    lines = decoded(content).split("\n")
    for (first, last), span in places.items():
        stretch = lines[first - 1 : last]
        if len(stretch) == last - first + 1 and _is_still(span, lines[:last]):
            yield Quotation(path=path, lines=(first, last), text=tuple(map(_shown, stretch[:MOST_LINES])))


def _is_still(span: Span, lines: Iterable[str]) -> bool:
    """Whether `lines`, up to the end of the place, name its class or function, of which it may be a later part."""
    return any(span.own_name in line for line in lines)


def _shown(line: str) -> str:
    masked = _ASSIGNED.sub(rf"\1\2{_MASK}\2", _KEY.sub(_MASK, line.removesuffix("\r").rstrip()))
    return masked if len(masked) <= LONGEST_LINE else masked[: LONGEST_LINE - 1] + _CUT


def _few_enough(quotations: Iterable[Quotation]) -> Iterator[Quotation]:
    lines = 0
    for one in quotations:
        lines += len(one.text)
        if lines > MOST_QUOTED:
            return
        yield one


def _at_other_commit(source: Path, why: Text) -> Text:
    return Text(en=f"{source}: {why.en}", ko=f"{source}: {why.ko}")
