"""Lines of ancestors through folders of one tree, and licenses that an ancestor's doesn't allow."""

import pytest

from compliance.detectors.base_model_lineage import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import ContradictionFinding, Finding, LicenseFinding, ModelCardFinding, place
from tests.counted_calls import with_calls
from tests.detectors.card_findings import base, declared, text
from tests.detectors.license_findings import tree


def added(*findings: Finding) -> list[Finding]:
    after = list(DETECTOR.detect_tree(tree(*findings)))
    assert after[: len(findings)] == sorted(findings, key=lambda one: one.path)
    return after[len(findings) :]


def chains(*findings: Finding) -> list[str]:
    return [one.value for one in added(*findings) if isinstance(one, ModelCardFinding)]


def refused(*findings: Finding) -> list[tuple[str, str, str]]:
    return [
        (one.about, one.path, one.evidence[-1].says)
        for one in added(*findings)
        if isinstance(one, ContradictionFinding) and isinstance(one.evidence[-1], Statement)
    ]


def apache(path: str) -> LicenseFinding:
    return declared(path, "apache-2.0", "Apache-2.0")


def test_bases_are_followed_to_the_last_known_ancestor() -> None:
    assert chains(
        base("hanbit/garam-chat/README.md", "hanbit/garam", "finetune"),
        base("hanbit/garam/README.md", "meta-llama/Llama-3.1-8B", "finetune"),
        apache("hanbit/garam/README.md"),
    ) == [
        "hanbit/garam (finetune; Apache-2.0) \u2190 meta-llama/Llama-3.1-8B (finetune; llama-3.1 by default)",
    ]


def test_a_base_that_is_not_among_the_material_is_no_chain() -> None:
    assert chains(base("README.md", "hanbit/garam")) == []


@pytest.mark.parametrize(
    ("folder", "name", "join"),
    [
        ("hub/models--hanbit--garam/snapshots/0abc", "hanbit/garam", "cache"),
        ("hub/models--hanbit--garam/snapshots/0abc", "https://huggingface.co/hanbit/garam", "cache"),
        ("models/hanbit/garam", "Hanbit/Garam@v1", "folders"),
        ("models/garam", "../garam", "path"),
        ("models/garam", "garam", "folder-name"),
        ("models/garam", "/mnt/weights/garam", "folder-name"),
    ],
)
def test_a_name_leads_to_its_folder(folder: str, name: str, join: str) -> None:
    (chain,) = added(base("models/chat/README.md", name), declared(f"{folder}/README.md", "llama-3.1"))

    assert [one.says for one in chain.evidence if isinstance(one, Statement)] == [
        f"base_model: {name} = {folder} ({join})",
        "LicenseRef-llama-3.1",
    ]


def test_the_revision_that_is_asked_for_is_followed() -> None:
    asked = base("chat/README.md", "hanbit/garam", revision="2")
    first = declared("models--hanbit--garam/snapshots/1/README.md", "llama-3")
    second = declared("models--hanbit--garam/snapshots/2/README.md", "llama-3.1")

    assert chains(asked, first, second) == ["hanbit/garam (LicenseRef-llama-3.1)"]
    (chain,) = added(asked, first)
    assert "another revision" in str(chain.evidence)


def test_the_text_beside_an_ancestor_goes_before_what_its_card_says() -> None:
    found = chains(
        base("chat/README.md", "../garam"), apache("garam/README.md"), text("garam/LICENSE", "llama-3.1")
    )

    assert found == ["../garam (LicenseRef-llama-3.1)"]


def test_a_library_path_leads_to_an_ancestor_and_never_to_itself() -> None:
    written = ModelCardFinding(lines=(3, 3), field="_name_or_path", value="hanbit/garam")
    own = place(written, "hanbit/garam/config.json", None)
    chat = place(written, "hanbit/chat/config.json", None)

    assert chains(own, chat, apache("hanbit/garam/README.md")) == ["hanbit/garam (Apache-2.0)"]


def test_an_inferred_relation_has_a_question_mark() -> None:
    inferred = Statement(field="inferred-relation", says="adapter: beside")
    card = ModelCardFinding(lines=(5, 5), field="base_model", value="../garam", evidence=(inferred,))

    assert chains(place(card, "chat/README.md", None), apache("garam/README.md")) == [
        "../garam (adapter?; Apache-2.0)"
    ]


def test_a_circle_ends() -> None:
    assert chains(base("a/README.md", "../b"), base("b/README.md", "../a")) == [
        "../b (?) \u2190 ../a (?; cycle)",
        "../a (?) \u2190 ../b (?; cycle)",
    ]


def test_a_merge_has_a_chain_for_each_base() -> None:
    found = chains(
        base("chat/README.md", "../a", "merge"),
        base("chat/README.md", "../b", "merge"),
        apache("a/README.md"),
        apache("b/README.md"),
    )

    assert found == ["../a (merge; Apache-2.0)", "../b (merge; Apache-2.0)"]


def test_a_free_license_on_top_of_a_restricting_one_contradicts_the_bases() -> None:
    card = apache("model/README.md")

    assert refused(card, base("model/README.md", "meta-llama/Llama-3.1-8B")) == [
        (
            "weights-license-declared-and-base",
            "model/README.md",
            "llama-3.1, the default license of Llama 3.1 (known from the developer's repository)",
        )
    ]
    assert refused(declared("m/README.md", "llama-3.1"), base("m/README.md", "meta-llama/Llama-3.1-8B")) == []


def test_an_ancestors_license_flows_down_the_chain() -> None:
    found = refused(
        apache("c/README.md"),
        base("c/README.md", "../b"),
        apache("b/README.md"),
        base("b/README.md", "../a"),
        text("a/LICENSE", "llama-3.1"),
    )

    assert found == [
        ("weights-license-declared-and-base", "b/README.md", "LicenseRef-llama-3.1"),
        ("weights-license-declared-and-ancestor", "c/README.md", "LicenseRef-llama-3.1"),
    ]


def test_one_license_is_held_against_a_card_once_by_the_nearest_who_has_it() -> None:
    found = refused(
        apache("b/README.md"),
        base("b/README.md", "../a"),
        declared("a/README.md", "llama-3.1"),
        base("a/README.md", "meta-llama/Llama-3.1-8B"),
    )

    assert found == [("weights-license-declared-and-base", "b/README.md", "LicenseRef-llama-3.1")]


def test_commercial_use_on_top_of_none_contradicts_it() -> None:
    found = refused(
        declared("b/README.md", "creativeml-openrail-m"),
        base("b/README.md", "../a"),
        declared("a/README.md", "cc-by-nc-4.0", "CC-BY-NC-4.0"),
    )

    assert [about for about, *_ in found] == ["weights-license-declared-and-base"]


@pytest.mark.parametrize("name", ["mistralai/Mistral-7B-v0.1", "hanbit/garam"])
def test_a_base_under_a_free_license_or_one_that_nobody_knows_allows_it(name: str) -> None:
    assert refused(apache("README.md"), base("README.md", name)) == []


def test_a_folder_with_the_same_last_name_alone_is_held_against_nobody() -> None:
    findings = (apache("b/README.md"), base("b/README.md", "/mnt/garam"), text("x/garam/LICENSE", "llama-3.1"))

    assert refused(*findings) == []
    assert chains(*findings) == ["/mnt/garam (LicenseRef-llama-3.1)"]


def test_general_knowledge_of_a_familys_license_is_held_against_nobody() -> None:
    findings = (
        apache("b/README.md"),
        base("b/README.md", "../a"),
        base("a/README.md", "Qwen/Qwen2.5-VL-72B-Instruct"),
    )

    assert refused(*findings) == []
    assert chains(*findings)[0].endswith("?)")


def test_the_work_for_many_merges_of_merges_is_bounded() -> None:
    findings = [
        base(f"l{level}n{number}/README.md", f"../l{level + 1}n{other}")
        for level in range(30)
        for number in range(4)
        for other in range(4)
    ]

    found, calls = with_calls(lambda: chains(*findings))

    assert len(found) <= 50 * 31 * 4
    assert calls < 50 * 31 * 4 * 1_300
