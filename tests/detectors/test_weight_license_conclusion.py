"""Of two answers for one license file, the one that holds is left."""

import msgspec

from compliance.detectors.weight_license_conclusion import DETECTOR
from compliance.model.evidence import LicenseMatch, Statement
from compliance.model.finding import Finding, LicenseFinding, place
from tests.detectors.license_findings import tree


def by_scancode(key: str, score: float = 100.0, *, full_text: bool = False) -> LicenseFinding:
    match = LicenseMatch(
        lines=(1, 9),
        expression=f"LicenseRef-scancode-{key}",
        key_expression=key,
        rule=f"{key}.LICENSE",
        matcher="3-seq",
        score=score,
        coverage=score,
        full_text=full_text,
    )
    finding = LicenseFinding(
        lines=(1, 9),
        expression=match.expression,
        key_expression=key,
        basis="detected",
        score=score,
        evidence=(match,),
    )
    return place(finding, "LICENSE", None)


def own(license_id: str | None, *, altered: bool = False, code: bool = False) -> LicenseFinding:
    finding = LicenseFinding(
        lines=(1, 9),
        expression=None if altered or license_id is None else f"LicenseRef-{license_id}",
        basis="detected",
        license_ids=(license_id,) if license_id else (),
        subject="code" if code else "weights",
        altered=altered,
        evidence=(Statement(field="term:military_use", says="prohibited"),),
    )
    return place(finding, "LICENSE", None)


def left(*findings: Finding) -> list[Finding]:
    return list(DETECTOR.detect_tree(tree(*findings)))


def test_a_near_copy_that_scancode_named_gives_way() -> None:
    ours = own("llama-3")

    assert left(by_scancode("llama-3.1-license-2024", 96), ours) == [ours]


def test_the_original_gives_way_to_its_altered_text() -> None:
    ours = own("llama-3.1", altered=True)

    assert left(by_scancode("llama-3.1-license-2024", 96), ours) == [ours]


def test_a_word_for_any_unknown_license_gives_way() -> None:
    ours = own("kimi-k3")

    assert left(by_scancode("proprietary-license"), by_scancode("unknown-license-reference"), ours) == [ours]


def test_another_license_in_the_same_file_stays() -> None:
    other, ours = by_scancode("apache-2.0"), own("llama-3.1")

    assert left(other, ours) == [other, ours]


def test_terms_that_were_read_give_way_to_a_license_that_scancode_is_sure_of() -> None:
    sure, unsure, ours = by_scancode("qpl-1.0", 99), by_scancode("qpl-1.0", 40), own(None)

    assert left(sure, ours) == [sure]
    assert left(unsure, ours) == [unsure, ours]


def test_a_restriction_below_a_license_that_scancode_knows_stays() -> None:
    sure = by_scancode("isc", full_text=True)
    below = place(
        LicenseFinding(
            lines=(1, 20),
            expression=None,
            basis="detected",
            subject="weights",
            evidence=(Statement(lines=(12, 12), field="term:military_use", says="prohibited"),),
        ),
        "LICENSE",
        None,
    )

    assert left(sure, below) == [sure, below]


def test_two_whole_texts_in_one_file_both_stay() -> None:
    whole, ours = by_scancode("llama-2-license-2023", full_text=True), own("llama-3.1", altered=True)

    assert left(whole, ours) == [whole, ours]


def test_an_altered_license_of_software_gives_way_to_another_that_has_those_very_words() -> None:
    whole, partial, ours = (
        by_scancode("json", full_text=True),
        by_scancode("mit"),
        own("mit", altered=True, code=True),
    )

    assert left(whole, ours) == [whole]
    assert left(partial, ours) == [partial, ours]


def test_other_files_and_other_findings_are_left_alone() -> None:
    elsewhere = place(by_scancode("llama-3.1-license-2024"), "OTHER", None)
    ours = own("llama-3")

    assert left(elsewhere, ours) == [ours, elsewhere]


def test_the_same_license_read_twice_is_told_once() -> None:
    ours = own("llama-3.1")

    assert left(by_scancode("llama-3.1-license-2024", full_text=True), ours) == [ours]


def test_the_whole_text_of_a_license_stays_beside_an_altered_one() -> None:
    ours = own("llama-3.1", altered=True)

    assert len(left(by_scancode("llama-3.1-license-2024", full_text=True), ours)) == 2


def test_a_file_that_is_the_models_by_name_is_of_weights_whatever_it_holds() -> None:
    (found,) = left(msgspec.structs.replace(by_scancode("mit"), path="LICENSE-MODEL"))

    assert isinstance(found, LicenseFinding)
    assert (found.subject, found.path) == ("weights", "LICENSE-MODEL")
    assert found.id != by_scancode("mit").id


def test_the_tag_of_a_card_is_told_once_and_of_weights() -> None:
    tag = place(
        LicenseFinding(
            lines=(2, 2),
            expression="MIT",
            basis="declared",
            subject="weights",
            evidence=(Statement(lines=(2, 2), field="license", says="mit"),),
        ),
        "README.md",
        None,
    )
    in_tag = place(msgspec.structs.replace(by_scancode("mit"), lines=(2, 2), expression="MIT"), "README.md", None)
    below = place(msgspec.structs.replace(in_tag, lines=(8, 9)), "README.md", None)
    another = place(msgspec.structs.replace(in_tag, expression="Zlib"), "README.md", None)

    assert left(tag, in_tag, below, another) == [tag, below, another]
