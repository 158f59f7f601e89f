"""License texts that a card points to and that aren't here."""

from compliance.detectors.card_license_links import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import LicenseFinding, place
from tests.detectors.license_findings import tree


def missing(link: str, expression: str | None = None, files: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    card = LicenseFinding(
        expression=expression,
        basis="declared",
        subject="weights",
        evidence=(Statement(lines=(4, 4), field="license_link", says=link),),
    )
    skips = DETECTOR.check_tree(tree(place(card, "model/README.md", None), files=files))
    assert {one.path for one in skips} <= {"model/README.md"}
    return [(one.reason, one.detail) for one in skips]


def test_a_linked_file_that_is_not_here_is_said_with_its_line() -> None:
    ((reason, detail),) = missing("LICENSE", "MIT")

    assert reason == "missing-file"
    assert detail.startswith("line 4: license_link LICENSE, but model/LICENSE isn't here")


def test_a_linked_file_that_is_here_is_not_missed() -> None:
    assert missing("LICENSE", files=("model/LICENSE",)) == []


def test_a_text_elsewhere_is_missed_only_where_the_license_rests_on_it() -> None:
    link = "https://huggingface.co/meta-llama/Llama-3.1-8B/blob/main/LICENSE"

    assert len(missing(link)) == 1
    assert missing(link, "LicenseRef-llama-3.1") == []
