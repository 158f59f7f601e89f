"""Code that is nearest to known code: which family, which lines on both sides, and when it counts as copied."""

import datetime
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.detectors.detector import ExaminedFile, FileDetector
from compliance.detectors.origin_code import LARGEST, OriginCode
from compliance.model import origin_notice
from compliance.model.evidence import Statement
from compliance.model.finding import Origin, OriginFinding
from compliance.model.skip import Skip
from compliance.origins.building.index_building import Building
from compliance.origins.building.recipe_loading import load_recipe
from compliance.origins.index.format import Mapped
from compliance.origins.opening import KnownCode
from compliance.origins.parameters import DIALECT
from tests.detectors.examined import Facts, examine, of
from tests.origins import invented as world
from tests.origins import variants
from tests.sources.repositories import write

PARTS = {"Router": 100, "Mixer": 110, "Norm": 120, "Gate": 130}
MODEL = "models/{0}/modeling_{0}.py"


def from_family(name: str) -> dict[str, str]:
    """What each class says that was copied from the family `name`, all in the project `aurora`."""
    module = f"aurora.models.{name}.modeling_{name}"
    return {part: f"Copied from {module}.{name.title()}{part}" for part in PARTS}


def indexed(folder: Path, families: dict[str, str], projects: dict[str, str] | None = None) -> OriginCode:
    """A detector with an index of `families` (code by name), each in the project `projects` says, else its own."""
    owners = {name: (projects or {}).get(name, name) for name in families}
    for name, code in families.items():
        write(folder, {f"{owners[name]}/{owners[name]}/{MODEL.format(name)}": code})
    listed = "".join(
        f"  - {{id: {owner}, developer: The {owner} team, country: NO, license: MIT,"
        f" releases: [{{version: '1.0', released: 2025-01-10, tree: {owner}}}]}}\n"
        for owner in dict.fromkeys(owners.values())
    )
    (folder / "recipe.yaml").write_text(f"id: trial\nversion: '1'\nprojects:\n{listed}")
    building = Building(load_recipe(folder / "recipe.yaml"), folder)
    building.write(folder / "trial.index", datetime.date(2026, 11, 1))
    return OriginCode(known(folder / "trial.index"))


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of Aurora, Borealis and Cirrus."""
    return world.small_index(tmp_path_factory.mktemp("invented"))


def known(*indexes: Path) -> KnownCode:
    return KnownCode([Mapped(one, DIALECT) for one in indexes])


@pytest.fixture(scope="module")
def detector(invented: Path) -> OriginCode:
    return OriginCode(known(invented))


def found(
    detector: OriginCode, folder: Path, code: str | bytes, path: str = "src/model.py"
) -> list[OriginFinding]:
    facts = examine(detector, folder, path, code)
    findings = [fact for fact in facts if isinstance(fact, OriginFinding)]
    assert len(findings) == len(facts)
    return findings


def nearest(detector: OriginCode, folder: Path, code: str | bytes) -> OriginFinding:
    (finding,) = found(detector, folder, code)
    return finding


def said(finding: OriginFinding, field: str) -> list[str]:
    return [one.says for one in finding.evidence if isinstance(one, Statement) and one.field == field]


def roles(finding: OriginFinding) -> list[tuple[str, str]]:
    return [(one.family, one.role) for one in finding.lineage]


# what is found


def test_an_exact_copy_is_found_with_everything_that_is_known_of_its_origin(
    detector: OriginCode, tmp_path: Path
) -> None:
    finding = nearest(detector, tmp_path, world.CIRRUS_CODE)

    assert finding.lineage == (
        Origin(
            family="cirrus",
            project="meridian",
            version="7.0",
            path=world.CIRRUS,
            developer="Meridian",
            country="CA",
            expression="Apache-2.0",
            relation="copied",
            role="direct",
            share=1.0,
            confidence=1.0,
            released="2025-09-01",
        ),
    )


def test_a_finding_has_no_place_yet(detector: OriginCode, tmp_path: Path) -> None:
    finding = nearest(detector, tmp_path, world.CIRRUS_CODE)

    assert (finding.path, finding.id, finding.revision) == ("", "", None)


def test_a_renamed_copy_is_found_like_an_exact_one(detector: OriginCode, tmp_path: Path) -> None:
    exact, renamed = (
        nearest(detector, tmp_path, code) for code in (world.CIRRUS_CODE, world.renamed(world.CIRRUS_CODE))
    )

    assert renamed.lineage == exact.lineage


@pytest.mark.parametrize("rewriting", [variants.commented, variants.spaced, variants.reindented])
def test_a_copy_that_only_looks_different_is_found(
    rewriting: Callable[[str, random.Random], str], detector: OriginCode, tmp_path: Path
) -> None:
    code = rewriting(world.renamed(world.CIRRUS_CODE), random.Random(1))  # noqa: S311

    assert nearest(detector, tmp_path, code).lineage[0].share == 1.0


@pytest.mark.parametrize("code", [world.UNRELATED, "x = 1\n", "# Words alone.\n", '"""Words alone."""\n'])
def test_a_file_of_ones_own_gives_nothing(code: str, detector: OriginCode, tmp_path: Path) -> None:
    assert found(detector, tmp_path, code) == []


def test_parts_of_two_families_are_two_findings_with_most_evidence_first(
    detector: OriginCode, tmp_path: Path
) -> None:
    aurora = world.model("Aurora", {"Router": 10, "Mixer": 20, "Norm": 30})
    one_class = world.CIRRUS_CODE.split("\n\n\n")[1]

    findings = found(detector, tmp_path, f"{aurora}\n\n\n{one_class}")

    assert [finding.lineage[0].family for finding in findings] == ["aurora", "cirrus"]


def test_the_release_is_the_first_that_holds_the_same_code(detector: OriginCode, tmp_path: Path) -> None:
    origin = nearest(detector, tmp_path, world.AURORA_2).lineage[0]

    assert (origin.version, origin.released) == ("2.0", "2025-01-10")


def test_code_that_stayed_the_same_names_its_first_and_last_release(tmp_path: Path) -> None:
    for version in ("1", "2", "3"):
        write(tmp_path, {f"v{version}/{world.CIRRUS}": world.CIRRUS_CODE})
    releases = "".join(f"      - {{version: '{one}', tree: v{one}}}\n" for one in ("1", "2", "3"))
    (tmp_path / "recipe.yaml").write_text(
        "id: trial\nversion: '1'\nprojects:\n  - id: meridian\n    developer: M\n    country: CA\n"
        f"    releases:\n{releases}"
    )
    Building(load_recipe(tmp_path / "recipe.yaml"), tmp_path).write(
        tmp_path / "a.index", datetime.date(2026, 11, 1)
    )

    finding = nearest(OriginCode(known(tmp_path / "a.index")), tmp_path, world.CIRRUS_CODE)

    assert finding.lineage[0].version == "1"
    assert finding.lineage[0].released is None
    assert said(finding, "origin-releases") == ["1 to 3: the same code"]


def test_releases_that_the_rewritten_code_does_not_tell_apart_are_named(tmp_path: Path) -> None:
    texts = [world.model("Nimbus", {"Router": 700, "Mixer": 710, "Norm": seed}) for seed in (720, 730)]
    for version, text in enumerate(texts, 1):
        write(tmp_path, {f"v{version}/{world.CIRRUS}": text})
    releases = "".join(f"      - {{version: '{one}', tree: v{one}}}\n" for one in ("1", "2"))
    (tmp_path / "recipe.yaml").write_text(
        "id: trial\nversion: '1'\nprojects:\n  - id: meridian\n    developer: M\n    country: CA\n"
        f"    releases:\n{releases}"
    )
    Building(load_recipe(tmp_path / "recipe.yaml"), tmp_path).write(
        tmp_path / "a.index", datetime.date(2026, 11, 1)
    )
    detector = OriginCode(known(tmp_path / "a.index"))

    both = nearest(detector, tmp_path, world.model("Own", {"Router": 700, "Mixer": 710}))
    second = nearest(detector, tmp_path, texts[1])

    assert {both.lineage[0].version, *said(both, "origin-releases-as-near")} == {"1", "2"}
    assert (second.lineage[0].version, said(second, "origin-releases-as-near")) == ("2", [])


# which lines


def test_every_function_stands_beside_its_counterpart_with_names_and_lines(
    detector: OriginCode, tmp_path: Path
) -> None:
    code = "import os\n\n\nTHREE = 3\n\n\n" + world.renamed(world.CIRRUS_CODE)
    ours, theirs = code.split("\n"), world.CIRRUS_CODE.split("\n")

    finding = nearest(detector, tmp_path, code)

    assert [one.name for one in finding.spans] == [
        f"Hanbit{part}.{method}" for part in ("Router", "Mixer") for method in ("__init__", "forward")
    ]
    for one in finding.spans:
        assert one.origin_path == world.CIRRUS
        assert one.origin_name == (one.name or "").replace("Hanbit", "Cirrus")
        for here, there in zip(one.lines, one.origin_lines, strict=True):
            assert ours[here - 1] == world.renamed(theirs[there - 1])
        assert one.lines[1] - one.lines[0] == one.origin_lines[1] - one.origin_lines[0] == 15


def test_a_finding_reaches_from_its_first_span_to_its_last(detector: OriginCode, tmp_path: Path) -> None:
    code = world.UNRELATED + "\n\n" + world.renamed(world.CIRRUS_CODE) + "\n\n" + world.UNRELATED

    finding = nearest(detector, tmp_path, code)

    assert finding.lines == (finding.spans[0].lines[0], finding.spans[-1].lines[1])
    assert finding.lines[0] > world.UNRELATED.count("\n")
    assert finding.lines[1] < (world.UNRELATED + world.CIRRUS_CODE).count("\n") + 3


def test_spans_come_by_their_lines_here_wherever_they_stand_there(detector: OriginCode, tmp_path: Path) -> None:
    top, *classes = world.CIRRUS_CODE.split("\n\n\n")

    finding = nearest(detector, tmp_path, "\n\n\n".join([top, *reversed(classes)]) + "\n")

    assert list(finding.spans) == sorted(finding.spans, key=lambda one: one.lines)
    assert [one.origin_lines for one in finding.spans] != sorted(one.origin_lines for one in finding.spans)


def test_lines_that_were_pasted_into_a_function_are_a_span_of_their_own(
    detector: OriginCode, tmp_path: Path
) -> None:
    own = [line for seed in range(200, 206) for line in world.function("step", seed).splitlines()[1:-1]]
    pasted = world.renamed(world.function("forward", 71)).splitlines()[1:-1]
    body = [*own[:40], *pasted, *own[40:]]
    code = "\n".join(["import torch", "", "", "class Own:", "    def step(self, first, second):", *body, ""])

    finding = nearest(detector, tmp_path, code)

    begin, end = 6 + 40, 6 + 40 + len(pasted) - 1
    assert finding.lineage[0].family == "cirrus"
    assert [one.name for one in finding.spans] == ["Own.step"]
    assert [one.origin_name for one in finding.spans] == ["CirrusMixer.forward"]
    (span,) = finding.spans
    assert begin - 1 <= span.lines[0] <= begin + 3
    assert end - 3 <= span.lines[1] <= end + 1


def test_a_function_of_which_most_statements_were_rewritten_is_one_span(tmp_path: Path) -> None:
    long = world.function("forward", 71, 60)
    detector = indexed(tmp_path, {"nimbus": f"import torch\n\n\nclass NimbusMixer(nn.Module):\n{long}"})
    lines = long.splitlines()
    kept = {*range(4, 8), *range(50, 54)}
    written = [line if at in kept else line.replace("=", "= 1 -", 1) for at, line in enumerate(lines)]

    finding = nearest(detector, tmp_path, "\n".join(["import torch", "", "", "class Own:", *written, ""]))

    (span,) = finding.spans
    assert (span.name, span.lines) == ("Own.forward", (5, 4 + len(lines)))


def test_at_most_two_hundred_spans_are_listed_and_the_lines_cover_them_all(tmp_path: Path) -> None:
    methods = "\n".join(world.function(f"step{number}", 3_000 + number, 6) for number in range(230))
    code = f"import torch\n\n\nclass AuroraModel(nn.Module):\n{methods}"

    finding = nearest(indexed(tmp_path, {"aurora": code}), tmp_path, code)

    assert len(finding.spans) == 200
    assert finding.lines == (5, code.count("\n"))


# whether it was copied


def test_text_of_one_family_alone_is_copied(tmp_path: Path) -> None:
    code = world.model("Aurora", PARTS)
    detector = indexed(tmp_path, {"aurora": code, "borealis": world.UNRELATED})

    origin = nearest(detector, tmp_path, world.renamed(code)).lineage[0]

    assert (origin.family, origin.relation) == ("aurora", "copied")


def test_text_of_two_unrelated_families_is_derived_and_both_are_told(tmp_path: Path) -> None:
    code = world.model("Aurora", PARTS)
    detector = indexed(tmp_path, {"aurora": code, "borealis": code.replace("Aurora", "Borealis")})

    finding = nearest(detector, tmp_path, world.renamed(code))

    assert [(one.relation, one.role) for one in finding.lineage] == [("derived", "direct"), ("derived", "shared")]
    assert {one.family for one in finding.lineage} == {"aurora", "borealis"}
    assert [one.share for one in finding.lineage] == [1.0, 1.0]
    assert finding.lineage[0].confidence == 0.5


def test_text_that_a_descendant_of_its_family_has_too_is_copied(tmp_path: Path) -> None:
    families = {
        "aurora": world.model("Aurora", PARTS),
        "borealis": world.model("Borealis", PARTS, said=from_family("aurora")),
    }
    detector = indexed(tmp_path, families, dict.fromkeys(families, "aurora"))

    finding = nearest(detector, tmp_path, world.model("Own", PARTS))

    assert [(one.family, one.relation, one.role) for one in finding.lineage] == [
        ("aurora", "copied", "direct"),
        ("borealis", "derived", "shared"),
    ]


def test_text_that_may_as_well_come_from_any_of_a_long_line_is_derived(tmp_path: Path) -> None:
    line = [f"m{number}" for number in range(9)]
    families = {"m0": world.model("M0", PARTS)}
    for parent, child in pairwise(line):
        families[child] = world.model(child.title(), PARTS, said=from_family(parent))
    detector = indexed(tmp_path, families, dict.fromkeys(families, "aurora"))

    origin = nearest(detector, tmp_path, world.model("Own", PARTS)).lineage[0]

    assert origin.relation == "derived"
    assert (origin.confidence or 1) < 0.5


def test_too_little_text_to_be_sure_is_derived(detector: OriginCode, tmp_path: Path) -> None:
    few = "\n".join(world.function("forward", 61).splitlines()[:8])
    code = f"{world.UNRELATED}\n\nclass Third(nn.Module):\n{few}\n"

    origin = nearest(detector, tmp_path, code).lineage[0]

    assert (origin.family, origin.relation) == ("cirrus", "derived")


def test_text_that_is_less_than_half_the_origins_is_derived(detector: OriginCode, tmp_path: Path) -> None:
    known = world.CIRRUS_CODE.splitlines()
    own = [line for line in world.UNRELATED.splitlines() if line.startswith("        ")]
    lines = []
    for number, line in enumerate(known):
        lines.append(line)
        if line.startswith("    def "):
            lines += own[number % 7 : number % 7 + 24]

    finding = nearest(detector, tmp_path, "\n".join(lines) + "\n")

    assert (finding.lineage[0].share or 1) < 0.5
    assert finding.lineage[0].relation == "derived"


def test_only_the_nearest_is_ever_copied(tmp_path: Path) -> None:
    family = {f"m{number}": world.model(f"M{number}", PARTS) for number in range(12)}
    detector = indexed(tmp_path, family)

    finding = nearest(detector, tmp_path, world.model("Own", PARTS))

    assert {one.relation for one in finding.lineage} == {"derived"}


# its lineage


def test_what_the_nearest_descends_from_is_an_ancestor(detector: OriginCode, tmp_path: Path) -> None:
    finding = nearest(detector, tmp_path, world.renamed(world.BOREALIS_CODE))

    assert roles(finding) == [("borealis", "direct"), ("aurora", "ancestor")]


def test_a_family_that_is_as_near_in_a_part_alone_is_not_as_near(tmp_path: Path) -> None:
    partly = {"Router": PARTS["Router"], "Mixer": 210, "Norm": 220, "Gate": 230}
    detector = indexed(
        tmp_path, {"aurora": world.model("Aurora", PARTS), "borealis": world.model("Borealis", partly)}
    )

    finding = nearest(detector, tmp_path, world.model("Own", PARTS))

    assert [(one.family, one.role, one.tied) for one in finding.lineage] == [
        ("aurora", "direct", False),
        ("borealis", "shared", False),
    ]
    assert "next borealis 0.2" in said(finding, "origin-margin")[0]


def test_an_ancestor_that_has_a_part_of_it_is_told_with_its_share(detector: OriginCode, tmp_path: Path) -> None:
    ancestor = nearest(detector, tmp_path, world.BOREALIS_CODE).lineage[1]

    assert (ancestor.family, ancestor.role) == ("aurora", "ancestor")
    assert ancestor.share == pytest.approx(1 / 3, abs=0.1)


def test_an_ancestor_that_was_not_compared_has_no_share(tmp_path: Path) -> None:
    said_so = {"Router": from_family("aurora")["Router"]}
    families = {"aurora": world.UNRELATED, "borealis": world.model("Borealis", PARTS, said=said_so)}
    detector = indexed(tmp_path, families, {"borealis": "aurora"})

    finding = nearest(detector, tmp_path, world.model("Own", PARTS))

    assert [(one.family, one.role, one.share) for one in finding.lineage] == [
        ("borealis", "direct", 1.0),
        ("aurora", "ancestor", None),
    ]


def test_at_most_eight_others_are_told_but_all_are_counted(tmp_path: Path) -> None:
    detector = indexed(tmp_path, {f"m{number}": world.model(f"M{number}", PARTS) for number in range(12)})

    finding = nearest(detector, tmp_path, world.model("Own", PARTS))

    assert [one.role for one in finding.lineage] == ["direct", *["shared"] * 8]
    assert said(finding, "origin-margin")[0].endswith("families that may be the nearest in some part: 11")


def test_without_a_rival_there_is_no_margin(detector: OriginCode, tmp_path: Path) -> None:
    assert said(nearest(detector, tmp_path, world.CIRRUS_CODE), "origin-margin") == []


# its notice


def test_an_origin_without_a_header_has_the_license_of_its_project(detector: OriginCode, tmp_path: Path) -> None:
    finding = nearest(detector, tmp_path, world.AURORA_1)

    assert finding.lineage[0].expression == "MIT"
    assert said(finding, origin_notice.NOTHING) == ["none"]


@pytest.mark.slow
def test_the_origins_header_is_evidence_and_its_license_counts(tmp_path: Path) -> None:
    recipe = world.trees(tmp_path, header=world.HEADER)
    Building(load_recipe(recipe), tmp_path).write(tmp_path / "a.index", datetime.date(2026, 11, 1))

    finding = nearest(OriginCode(known(tmp_path / "a.index")), tmp_path, world.BOREALIS_CODE)

    assert finding.lineage[0].expression == "Apache-2.0"
    assert said(finding, origin_notice.HOLDER) == ["2025 The Northwind Authors"]
    assert said(finding, origin_notice.LICENSE) == ["Apache-2.0"]


def test_whether_the_file_itself_states_changes_is_evidence_with_its_line(
    detector: OriginCode, tmp_path: Path
) -> None:
    stated = nearest(detector, tmp_path, f"# Words.\n# This file was modified by Hanbit.\n{world.CIRRUS_CODE}")
    silent = nearest(detector, tmp_path, world.CIRRUS_CODE)

    assert origin_notice.states_changes(stated.evidence) is True
    assert [one.lines for one in stated.evidence if one.field == origin_notice.CHANGES_HERE] == [(2, 2)]  # type: ignore[union-attr]
    assert origin_notice.states_changes(silent.evidence) is False


# which files, and the cache


@pytest.mark.parametrize("path", ["a.py", "b/c.cu", "x.hpp", "y.TS", "a.b.go", "run.sh", ".py"])
def test_source_in_a_language_that_can_be_compared_is_wanted(path: str, detector: OriginCode) -> None:
    assert detector.wants(path, 1)


@pytest.mark.parametrize(
    ("path", "size"), [("a.txt", 9), ("py", 9), ("a", 9), ("a.py/b", 9), ("a.safetensors", 9), ("a.py", 0)]
)
def test_other_files_and_empty_ones_are_not_wanted(path: str, size: int, detector: OriginCode) -> None:
    assert not detector.wants(path, size)


def test_findings_depend_on_the_language_alone(detector: OriginCode, tmp_path: Path) -> None:
    assert {detector.name_key(path) for path in ("a.py", "b/c.PY", "d.pyw")} == {"python"}
    assert detector.name_key("a.cu") == detector.name_key("a.h") != detector.name_key("a.py")
    assert found(detector, tmp_path, world.CIRRUS_CODE, "a/b.pyw") == found(
        detector, tmp_path, world.CIRRUS_CODE, "c.py"
    )


def test_another_index_is_another_version(invented: Path, tmp_path: Path) -> None:
    indexed(tmp_path, {"aurora": world.model("Aurora", PARTS)})
    one, two = invented, tmp_path / "trial.index"

    versions = [OriginCode(known(*paths)).version for paths in ([one], [two], [one, two], [])]

    assert len(set(versions)) == 4
    assert OriginCode(known(invented)).version == versions[0]


def test_it_is_a_detector_of_files(detector: OriginCode) -> None:
    assert isinstance(detector, FileDetector)


def test_preparing_changes_no_finding(invented: Path, detector: OriginCode, tmp_path: Path) -> None:
    prepared = OriginCode(known(invented))
    prepared.prepare()

    assert found(prepared, tmp_path, world.BOREALIS_CODE) == found(detector, tmp_path, world.BOREALIS_CODE)


def test_the_same_file_gives_the_same_findings_in_every_run(invented: Path, tmp_path: Path) -> None:
    code = world.AURORA_1 + world.BOREALIS_CODE + world.CIRRUS_CODE

    first, second = (found(OriginCode(known(invented)), tmp_path, code) for _ in range(2))

    assert first == second
    assert len(first) > 1


def test_without_an_index_nothing_is_near(tmp_path: Path) -> None:
    assert found(OriginCode(known()), tmp_path, world.CIRRUS_CODE) == []


# broken and hostile input


def of_size(detector: OriginCode, folder: Path, size: int) -> Facts:
    location = folder / "large.py"
    with location.open("wb") as stream:
        stream.write(b"x = 1\n")
        stream.truncate(size)
    return list(detector.detect(ExaminedFile(path="large.py", size=size, location=location)))


def test_a_file_that_is_too_large_is_skipped_with_its_size(detector: OriginCode, tmp_path: Path) -> None:
    (skip,) = of(Skip, of_size(detector, tmp_path, LARGEST + 1))

    assert skip.reason == "too-large"
    assert "8,388,609 bytes" in skip.detail
    assert skip.path == ""


def test_a_file_of_just_the_largest_size_is_compared(detector: OriginCode, tmp_path: Path) -> None:
    code = world.CIRRUS_CODE + "# "

    assert nearest(detector, tmp_path, code.ljust(LARGEST, "-")).lineage[0].family == "cirrus"


@pytest.mark.parametrize(
    "encoded",
    [
        lambda code: b"\xef\xbb\xbf" + code.encode(),
        lambda code: code.replace("\n", "\r\n").encode(),
        lambda code: code.replace("\n", "\r").encode(),
        lambda code: code.encode("utf-16"),
        lambda code: b"\xfe\xff" + code.encode("utf-16-be"),
        lambda code: b"# \0\0\n" + code.encode(),
        lambda code: code.replace("first", "첫째").encode("cp949"),
        lambda code: b"# \xff\xfe \xb0\n" + code.encode(),
    ],
    ids=["mark", "CRLF", "CR", "UTF-16", "UTF-16-BE", "NUL", "CP949", "no text"],
)
def test_a_copy_in_another_encoding_or_with_odd_bytes_is_found(
    encoded: Callable[[str], bytes], detector: OriginCode, tmp_path: Path
) -> None:
    finding = nearest(detector, tmp_path, encoded(world.CIRRUS_CODE))

    assert (finding.lineage[0].family, finding.lineage[0].share) == ("cirrus", 1.0)
    assert len(finding.spans) == 4


def test_old_line_ends_are_counted_as_lines(detector: OriginCode, tmp_path: Path) -> None:
    usual = nearest(detector, tmp_path, world.CIRRUS_CODE)

    assert nearest(detector, tmp_path, world.CIRRUS_CODE.replace("\n", "\r")) == usual


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"\0" * 10_000,
        b"\xff" * 10_000,
        b"\xff\xfe\x00",
        b"\xff\xfe\x00\xd8" * 100,
        b"(" * 100_000,
        b"def " * 50_000,
        b"class " * 50_000,
        b"    " * 50_000,
        b"'" * 100_001,
        b'"""',
        b"x = " + b"y + " * 100_000,
        b"\r" * 10_000,
        b"@\n" * 10_000,
        b"\\\n" * 10_000,
    ],
)
def test_hostile_content_gives_nothing(content: bytes, detector: OriginCode, tmp_path: Path) -> None:
    assert found(detector, tmp_path, content) == []


def test_a_copy_on_one_huge_line_gives_what_it_can_on_that_line(detector: OriginCode, tmp_path: Path) -> None:
    code = "; ".join(line.strip() for line in world.CIRRUS_CODE.splitlines() if line.startswith("        "))

    findings = found(detector, tmp_path, code)

    assert [one.lineage[0].family for one in findings] == ["cirrus"]
    assert findings[0].lines == (1, 1)


@given(content=st.binary(max_size=600), path=st.sampled_from(["a.py", "a.cu", "a.js", "a.rs", "a.go", "a.sh"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_any_bytes_are_read(content: bytes, path: str, detector: OriginCode, tmp_path: Path) -> None:
    examine(detector, tmp_path, path, content)


@given(cut=st.integers(0, len(world.CIRRUS_CODE)), junk=st.binary(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_every_span_lies_in_the_file_and_in_its_finding(
    cut: int, junk: bytes, detector: OriginCode, tmp_path: Path
) -> None:
    content = world.CIRRUS_CODE[:cut].encode() + junk + world.CIRRUS_CODE[cut:].encode()
    last = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1

    for finding in found(detector, tmp_path, content):
        assert finding.lines is not None
        for span in finding.spans:
            assert finding.lines[0] <= span.lines[0] <= span.lines[1] <= finding.lines[1] <= last
            assert 1 <= span.origin_lines[0] <= span.origin_lines[1] <= world.CIRRUS_CODE.count("\n")


def test_ancestors_stand_nearest_first_and_founders_are_named(tmp_path: Path) -> None:
    families = {
        "aurora": world.model("Aurora", {"Router": 300, "Mixer": 310, "Norm": 320, "Gate": 330}),
        "borealis": world.model(
            "Borealis", {"Router": 400, "Mixer": 410, "Norm": 420, "Gate": 430}, said=from_family("aurora")
        ),
        "cirrus": world.model("Cirrus", PARTS, said=from_family("borealis")),
    }
    detector = indexed(tmp_path, families, dict.fromkeys(families, "aurora"))

    finding = nearest(detector, tmp_path, world.model("Own", PARTS))

    above = [one.family for one in finding.lineage if one.role == "ancestor"]
    assert (finding.lineage[0].family, above) == ("cirrus", ["borealis", "aurora"])
    assert said(finding, "origin-founders") == ["aurora"]


def test_a_family_that_has_the_whole_file_is_nearer_than_a_famous_one_that_has_most_of_it(tmp_path: Path) -> None:
    most = {**PARTS, "Gate": 900}
    descending = {
        f"heir{number}": world.model(
            f"Heir{number}",
            {name: 1_000 + 10 * number + at for at, name in enumerate(PARTS)},
            said=from_family("aurora"),
        )
        for number in range(6)
    }
    families = {"aurora": world.model("Aurora", most), "borealis": world.model("Borealis", PARTS), **descending}
    detector = indexed(tmp_path, families, dict.fromkeys(families, "aurora"))

    finding = nearest(detector, tmp_path, world.model("Own", PARTS))

    assert (finding.lineage[0].family, finding.lineage[0].share) == ("borealis", 1.0)
