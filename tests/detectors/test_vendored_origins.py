"""Known projects inside a tree: folders of third-party code, copies of packages, submodules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.detectors.detector import Tree, TreeFile
from compliance.detectors.vendored_origins import CHARACTERISTIC, DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import CopyrightFinding, DependencyFinding, Finding, OriginFinding, place
from compliance.origins import known_projects

COMMIT = "0123456789abcdef0123456789abcdef01234567"
VLLM = ["model_executor/models", "engine", "worker"]


def tree(*paths: str, findings: tuple[Finding, ...] = ()) -> Tree:
    files = tuple(TreeFile(path=path, size=1) for path in sorted(paths))
    return Tree(files=files, findings=findings, revision="abc")


def found(*paths: str, findings: tuple[Finding, ...] = ()) -> list[OriginFinding]:
    """The origins that are seen in a tree with files at `paths`."""
    facts = DETECTOR.detect_tree(tree(*paths, findings=findings))
    return [one for one in facts if isinstance(one, OriginFinding)]


def copies(*paths: str) -> dict[str, str]:
    """Project of each folder that is a copy of one."""
    return {one.path: one.lineage[0].project for one in found(*paths)}


def submodule(url: str = "", purl: str = "pkg:generic/part", path: str = "parts/part") -> DependencyFinding:
    evidence = (Statement(path=".gitmodules", lines=(4, 6), field="url", says=url),) if url else ()
    finding = DependencyFinding(purl=f"{purl}@{COMMIT}", scope="submodule", lines=(4, 6), evidence=evidence)
    return place(finding, path, "abc")


def linked(*submodules: DependencyFinding) -> list[str]:
    """Projects of the submodules that are known."""
    return [one.lineage[0].project for one in found("a.py", findings=submodules)]


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("third_party/vllm/setup.py", "third_party/vllm"),
        ("ThirdParty/vLLM/setup.py", "ThirdParty/vLLM"),
        ("3rdparty/vllm/setup.py", "3rdparty/vllm"),
        ("hanbit/_vendor/vllm/a/b/c.py", "hanbit/_vendor/vllm"),
        ("external/garam/vllm/a.py", "external/garam/vllm"),
        ("vendor/github.com/vllm-project/vllm/a.py", "vendor/github.com/vllm-project/vllm"),
        ("external/a/b/c/third_party/vllm/a.py", "external/a/b/c/third_party/vllm"),
    ],
)
def test_a_folder_of_third_party_code_is_the_project_that_it_is_called_after(path: str, folder: str) -> None:
    assert copies(path) == {folder: "vllm"}


@pytest.mark.parametrize(
    ("name", "project"),
    [
        ("flash-attention", "flash-attn"),
        ("llama.cpp", "llama.cpp"),
        ("llamacpp", "llama.cpp"),
        ("Megatron-LM", "megatron-core"),
    ],
)
def test_a_project_is_known_by_any_of_its_names(name: str, project: str) -> None:
    assert copies(f"third_party/{name}/a.py") == {f"third_party/{name}": project}


def test_an_origin_has_the_projects_facts_and_the_first_file_as_its_place() -> None:
    (one,) = found("third_party/cutlass/include/a.h", "third_party/cutlass/include/b.h")
    (origin,) = one.lineage

    assert (origin.family, origin.project, origin.developer, origin.country) == (
        "cutlass",
        "cutlass",
        "NVIDIA",
        "US",
    )
    assert (origin.expression, origin.relation, origin.role) == ("BSD-3-Clause", "declared", "direct")
    assert one.evidence == (
        Statement(path="third_party/cutlass/include/a.h", field="vendored-folder", says="third_party/cutlass"),
    )
    assert one.declared is not None
    assert (one.declared.path, one.declared.says) == ("third_party/cutlass/include/a.h", "third_party/cutlass")
    assert (one.revision, bool(one.id)) == ("abc", True)


@pytest.mark.parametrize(
    "path",
    [
        "vllm/setup.py",
        "src/vllm/setup.py",
        "third_party/vllm",
        "third_party/vllm.py",
        "third_party/a/b/c/vllm/d.py",
        "third_party/my_vllm/a.py",
        "third_party/vllm_plugin/a.py",
        "third_partying/vllm/a.py",
        "third_party/models/a.py",
        "vllm/third_party/a.py",
    ],
)
def test_other_folders_are_left_alone(path: str) -> None:
    assert copies(path) == {}


@pytest.mark.parametrize(
    "path",
    [
        "third_party/swift/stdlib/a.swift",
        "vendor/mamba/cli/a.py",
        "external/nemo/views/a.c",
        "vendor/acme/billing/Transformers/Invoice.php",
        "third_party/accelerate/src/a.hs",
    ],
)
def test_a_folder_that_is_called_by_a_common_word_is_left_alone(path: str) -> None:
    assert copies(path) == {}


@pytest.mark.parametrize(
    ("path", "folder", "project"),
    [
        ("third_party/swift/swift/llm/model/a.py", "third_party/swift", "ms-swift"),
        ("third_party/transformers/src/transformers/generation/a.py", "third_party/transformers", "transformers"),
        ("third_party/transformers/modeling_utils.py", "third_party/transformers", "transformers"),
        ("vendor/NVIDIA/NeMo/a.py", "vendor/NVIDIA/NeMo", "nemo-toolkit"),
        ("third_party/mamba/mamba_ssm/ops/a.py", "third_party/mamba", "mamba-ssm"),
        ("vendor/huggingface/accelerate/a.py", "vendor/huggingface/accelerate", "accelerate"),
    ],
)
def test_a_common_word_counts_with_its_owner_or_its_files(path: str, folder: str, project: str) -> None:
    assert copies(path) == {folder: project}


def test_a_folder_with_characteristic_paths_of_a_package_is_a_copy_of_it() -> None:
    (one,) = found(*(f"lib/vllm/{sign}/a.py" for sign in VLLM))

    assert (one.path, one.lineage[0].project) == ("lib/vllm", "vllm")
    assert {(place.path, place.says) for place in one.evidence if isinstance(place, Statement)} == {
        (f"lib/vllm/{sign}/a.py", sign) for sign in VLLM
    }


def test_fewer_characteristic_paths_prove_nothing() -> None:
    assert len(VLLM) == CHARACTERISTIC
    assert copies(*(f"lib/vllm/{sign}/a.py" for sign in VLLM[1:])) == {}


def test_the_same_characteristic_path_counts_once() -> None:
    assert copies(*(f"lib/vllm/engine/{name}.py" for name in "abcdef")) == {}


def test_characteristic_paths_count_within_one_folder() -> None:
    assert copies(*(f"lib{at}/vllm/{sign}/a.py" for at, sign in enumerate(VLLM))) == {}


def test_characteristic_paths_below_another_name_prove_nothing() -> None:
    assert copies(*(f"lib/hanbit/{sign}/a.py" for sign in VLLM)) == {}


def test_a_project_that_is_no_package_is_known_by_its_files_too() -> None:
    files = ["src/llama.cpp", "src/llama-model.cpp", "ggml/src/a.c"]

    assert copies(*(f"llama.cpp/{file}" for file in files)) == {"llama.cpp": "llama.cpp"}


def test_a_copy_within_a_copy_of_the_same_project_counts_once() -> None:
    assert copies(*(f"third_party/vllm/vllm/{sign}/a.py" for sign in VLLM)) == {"third_party/vllm": "vllm"}


def test_another_project_within_a_copy_is_told_as_well() -> None:
    assert copies("third_party/vllm/a.py", "third_party/vllm/third_party/cutlass/a.h") == {
        "third_party/vllm": "vllm",
        "third_party/vllm/third_party/cutlass": "cutlass",
    }


def test_two_copies_beside_each_other_are_two() -> None:
    assert copies("a/third_party/vllm/a.py", "b/third_party/vllm/a.py", "third_party/vllm2/a.py") == {
        "a/third_party/vllm": "vllm",
        "b/third_party/vllm": "vllm",
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/NVIDIA/cutlass",
        "https://github.com/NVIDIA/cutlass.git",
        "git@github.com:NVIDIA/cutlass.git",
        "github.com:NVIDIA/cutlass.git",
        "ssh://git@github.com/NVIDIA/cutlass.git",
        "ssh://git@github.com:22/NVIDIA/cutlass.git",
        "ssh://github.com/NVIDIA/cutlass",
        "git+ssh://git@github.com/NVIDIA/cutlass",
        "git://github.com/NVIDIA/cutlass",
        "git@gitlab.com:NVIDIA/cutlass.git",
    ],
)
def test_a_submodule_is_of_who_has_the_repository_that_it_links_to(url: str) -> None:
    assert linked(submodule(url)) == ["cutlass"]


def test_a_submodule_without_an_address_is_known_by_its_package_url() -> None:
    assert linked(submodule(purl="pkg:github/nvidia/cutlass")) == ["cutlass"]


def test_a_repository_of_a_known_account_is_told_with_its_developer() -> None:
    (one,) = found("a.py", findings=(submodule("git@github.com:deepseek-ai/Hanbit.git"),))
    (origin,) = one.lineage

    assert (origin.project, origin.developer, origin.country) == ("deepseek-ai/Hanbit", "DeepSeek", "CN")


def test_a_submodule_stands_where_it_is_declared() -> None:
    (one,) = found("a.py", findings=(submodule("https://github.com/NVIDIA/cutlass"),))

    assert (one.path, one.lines, one.revision) == ("parts/part", (4, 6), "abc")
    assert [place.field for place in one.evidence if isinstance(place, Statement)] == ["submodule", "url"]
    assert one.declared is not None
    assert one.declared.says == f"pkg:generic/part@{COMMIT}"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/garam/hanbit",
        "git@github.com:garam/cutlass.git",
        "../cutlass",
        "../../garam/cutlass.git",
        "/srv/git/cutlass",
        "file:///srv/NVIDIA/cutlass",
        "C:\\git\\cutlass",
        "https://",
        "://",
        "@:",
        "",
    ],
)
def test_a_submodule_of_nobody_known_is_left_alone(url: str) -> None:
    assert linked(submodule(url)) == []


@pytest.mark.parametrize("scope", ["runtime", "vendored", "package"])
def test_a_dependency_that_is_no_submodule_is_left_alone(scope: str) -> None:
    dependency = place(DependencyFinding(purl="pkg:github/NVIDIA/cutlass", scope=scope), "a.txt", None)

    assert found("a.py", findings=(dependency,)) == []


def test_what_was_found_before_stays_as_it_was() -> None:
    before = (
        place(CopyrightFinding(statement="by Hanbit"), "a.py", None),
        submodule("https://github.com/NVIDIA/cutlass"),
    )

    assert tuple(DETECTOR.detect_tree(tree("third_party/vllm/a.py", findings=before))[:2]) == before


def test_an_empty_tree_has_no_origins() -> None:
    assert list(DETECTOR.detect_tree(tree())) == []


NAMES = [
    "third_party",
    "vendor",
    "vllm",
    "engine",
    "worker",
    "model_executor",
    "models",
    "swift",
    "llama.cpp",
    "a",
    "..",
]
paths = st.lists(st.sampled_from(NAMES), min_size=1, max_size=7).map("/".join)


@given(st.lists(paths, max_size=20, unique=True))
def test_any_tree_is_gone_through(listed: list[str]) -> None:
    folders = found(*listed)

    assert {one.lineage[0].project for one in folders} <= {one.id for one in known_projects.projects()}
    assert len({one.path for one in folders}) == len(folders)
    for one in folders:
        assert any(path.startswith(f"{one.path}/") for path in listed)
        above = [other for other in folders if one.path.startswith(f"{other.path}/")]
        assert one.lineage[0].project not in {other.lineage[0].project for other in above}


@given(st.text(max_size=30), st.text(max_size=20))
def test_any_address_is_read(url: str, purl: str) -> None:
    for name in linked(submodule(url, purl)):
        assert name


def test_many_copies_and_deep_folders_are_gone_through() -> None:
    many = [f"third_party/{number}/vllm/a.py" for number in range(20_000)]
    deep = "/".join(["third_party", "vllm"] * 500) + "/a.py"

    assert len(found(*many)) == len(many)
    assert copies(deep) == {"third_party/vllm": "vllm"}
