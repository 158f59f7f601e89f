"""Packages: manifests, lock files and package databases in the formats that ScanCode reads, one file at a time."""

from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from xml.parsers import expat  # checks well-formedness, see _xml_fault

from compliance.detectors.detector import ExaminedFile
from compliance.detectors.package_manifests import patterns
from compliance.licenses import declared
from compliance.model.finding import Finding
from compliance.model.skip import Skip
from compliance.model.skip_words import at_line, at_place, first_findings, over_bytes
from compliance.model.text import Text

MAX_BYTES = 16 * 1024 * 1024
"""Of a manifest or lock file; the largest lock files of real projects have a few megabytes."""
MAX_FINDINGS = 50_000

_XML = frozenset({"maven_pom", "nuget_nupsec"})

_ARCHIVE = Text(
    en="package archive: unpack it and examine its files", ko="패키지 압축 파일: 풀어서 안의 파일을 검사하세요"
)


class PackageManifests:
    """Runs ScanCode's package readers without its license index and without executing anything.

    Licenses are taken from declarations that name one for certain; the text detector reads license texts.
    """

    name = "package-manifests"
    version = f"3+scancode-{version('scancode-toolkit')}+declared-{declared.VERSION}"

    def wants(self, path: str, size: int) -> bool:
        """Files named as package data, and package archives, which are reported as not examined."""
        return size > 0 and (patterns.is_archive(path) or bool(patterns.datasources(path)))

    def name_key(self, path: str) -> str:
        """What the patterns see of the path, and whether it lies among vendored packages."""
        return f"{'vendored' if patterns.is_vendored(path) else 'own'}:{patterns.tail(path)}"

    def prepare(self) -> None:
        """Import ScanCode's readers."""
        from compliance.detectors.package_manifests import scancode_packages

        scancode_packages.load()

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """The package itself with its declared license, and its dependencies."""
        found: Iterator[Finding | Skip]
        if patterns.is_archive(file.path):
            # the source unpacks what it can: an archive that arrives here could not be
            found = iter([Skip.of("unsupported", _ARCHIVE)])
        elif file.size > MAX_BYTES:
            found = iter([Skip.of("too-large", over_bytes(file.size, MAX_BYTES))])
        else:
            content = file.read(MAX_BYTES)
            found = _manifest(file.location, file.path, content, content.decode("utf-8", "replace"))
        different = iter(dict.fromkeys(islice(found, MAX_FINDINGS + 1)))
        yield from islice(different, MAX_FINDINGS)
        if next(different, None) is not None:
            yield Skip.of("truncated", first_findings(MAX_FINDINGS))


def _manifest(location: Path, path: str, content: bytes, text: str) -> Iterator[Finding | Skip]:
    """Findings in the bytes `content` at `location` of a file known as `path`; lines are looked up in `text`."""
    from compliance.detectors.package_manifests import findings, scancode_packages
    from compliance.detectors.package_manifests.places import Lines

    lines = Lines(text)
    for datasource in patterns.datasources(path):
        try:
            packages = scancode_packages.packages(location, patterns.tail(path), datasource)
        except scancode_packages.UnreadableManifestError as error:
            yield error.skip()
            continue
        yield from findings.of_packages(packages, path=path, content=content, lines=lines)
        if datasource in _XML and (fault := _xml_fault(content)):
            yield Skip.of("malformed", fault)
        # Only setuptools' own list has section headers between the requirements.
        if datasource == "pip_requirements" and not path.endswith(".egg-info/requires.txt"):
            yield from _dropped_lines(scancode_packages.invalid_requirement_lines(location))


def _xml_fault(content: bytes) -> Text | None:
    """Where `content` stops being well-formed XML; None if it doesn't. ScanCode's reader drops the rest silently.

    No entity from outside is read, and expat ends inflated ones.
    """
    parser = expat.ParserCreate()
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        said = str(error)[:200]
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        return at_place(*place, Text(en=said, ko=f"올바른 XML 아님: {said}"))
    return None


def _dropped_lines(invalid: tuple[tuple[int, str], ...]) -> Iterator[Skip]:
    if invalid:
        number, words = invalid[0]
        said = " ".join(words.split())[:200]
        more = Text(en=f"{said}; {len(invalid)} such lines", ko=f"읽을 수 없는 줄: {said}; 모두 {len(invalid)}줄")
        yield Skip.of("malformed", at_line(number, more))


DETECTOR = PackageManifests()
