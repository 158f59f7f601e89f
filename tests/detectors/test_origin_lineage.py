"""Declared origins beside measured ones."""

from compliance.detectors.detector import Tree
from compliance.detectors.origin_lineage import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import (
    CopyrightFinding,
    Declaration,
    Finding,
    Origin,
    OriginFinding,
    Relation,
    Role,
    place,
)

FILE = "model/modeling_hanbit.py"


def measured(*families: tuple[str, Role]) -> OriginFinding:
    lineage = tuple(
        Origin(family=family, project="transformers", relation="derived", role=role, tied=role == "shared")
        for family, role in families
    )
    return place(OriginFinding(lines=(10, 90), lineage=lineage), FILE, None)


def said(family: str, project: str = "transformers", relation: Relation = "declared") -> OriginFinding:
    declared = (
        Declaration(path=FILE, lines=(3, 3), says=f"Adapted from {family}") if relation == "declared" else None
    )
    origin = Origin(family=family, project=project, relation=relation, role="direct")
    places = (Statement(lines=(3, 3), field="adapted-from", says=f"Adapted from {family}"),)
    return place(OriginFinding(lines=(3, 3), lineage=(origin,), declared=declared, evidence=places), FILE, None)


def joined(*findings: Finding) -> list[OriginFinding]:
    found = DETECTOR.detect_tree(Tree(files=(), findings=findings))
    return [finding for finding in found if isinstance(finding, OriginFinding)]


def agreement(finding: OriginFinding) -> str | None:
    return finding.declared.agreement if finding.declared else None


def test_a_declared_origin_that_the_text_is_nearest_to_agrees() -> None:
    text, declaration = joined(measured(("glm4_moe", "direct")), said("glm4_moe"))

    assert (agreement(text), agreement(declaration)) == ("agrees", "agrees")


def test_names_that_differ_in_case_and_separators_are_the_same() -> None:
    text, _ = joined(measured(("glm4_moe", "direct")), said("GLM4-MoE"))

    assert agreement(text) == "agrees"


def test_a_module_is_the_same_with_and_without_the_name_of_its_project() -> None:
    text, _ = joined(measured(("hanbit_lm", "direct")), said("transformers/hanbit_lm"))

    assert agreement(text) == "agrees"


def test_modules_of_two_projects_that_are_called_alike_differ() -> None:
    text, _ = joined(measured(("transformers/utils", "direct")), said("vllm/utils", "vllm"))

    assert agreement(text) == "another-is-nearer"


def test_a_declared_origin_that_is_as_near_agrees() -> None:
    text, _ = joined(measured(("deepseek_v3", "direct"), ("glm4_moe", "shared")), said("glm4_moe"))

    assert agreement(text) == "agrees"


def test_a_declared_ancestor_is_told_that_another_is_nearer() -> None:
    text, declaration = joined(measured(("deepseek_v2", "direct"), ("llama", "ancestor")), said("llama"))

    assert (agreement(text), agreement(declaration)) == ("another-is-nearer", "another-is-nearer")


def test_an_undeclared_origin_has_no_declaration() -> None:
    (text,) = joined(measured(("glm4_moe", "direct")))

    assert text.declared is None


def test_the_declaration_that_agrees_is_preferred_to_an_earlier_one() -> None:
    text, _, _ = joined(measured(("deepseek_v2", "direct")), said("llama"), said("deepseek_v2"))

    assert text.declared is not None
    assert text.declared.says == "Adapted from deepseek_v2"


def test_inheritance_says_where_code_comes_from() -> None:
    text, _ = joined(measured(("deepseek_v3", "direct")), said("deepseek_v3", relation="inherited"))

    assert agreement(text) == "agrees"


def test_an_import_alone_declares_nothing() -> None:
    text, _ = joined(measured(("deepseek_v3", "direct")), said("deepseek_v3", relation="imported"))

    assert text.declared is None


def test_naming_only_the_project_agrees_with_any_of_its_files() -> None:
    text, _ = joined(measured(("glm4_moe", "direct")), said("transformers", "transformers"))

    assert agreement(text) == "agrees"


def test_a_declaration_without_measured_text_stays_uncompared() -> None:
    (declaration,) = joined(said("glm4_moe"))

    assert agreement(declaration) == "not-compared"


def test_a_declaration_in_another_file_counts_for_nothing() -> None:
    elsewhere = place(said("glm4_moe"), "other.py", None)

    text, _ = joined(measured(("glm4_moe", "direct")), elsewhere)

    assert text.declared is None


def test_other_findings_pass_unchanged() -> None:
    other = place(CopyrightFinding(statement="whatever it says"), FILE, None)

    assert list(DETECTOR.detect_tree(Tree(files=(), findings=(other,)))) == [other]
