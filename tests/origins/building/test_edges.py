"""Which class descends from which, by what files declare, and nothing that none of them declares."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.origins.building.edges import edges_of, model_of
from compliance.origins.catalog import CollectedFile, Edge
from tests.counted_calls import with_calls

MODELS = "northwind/models"
AURORA = f"{MODELS}/aurora/modeling_aurora.py"
AURORA_PACKAGE = f"{MODELS}/aurora/__init__.py"
AURORA_SOURCE = f"{MODELS}/aurora/modular_aurora.py"
BOREALIS = f"{MODELS}/borealis/modeling_borealis.py"
BOREALIS_SOURCE = f"{MODELS}/borealis/modular_borealis.py"
CIRRUS = f"{MODELS}/cirrus/modeling_cirrus.py"
FROM_AURORA = "from ..aurora.modeling_aurora import"


def file(path: str, text: str, project: str = "northwind", version: str = "1.0") -> CollectedFile:
    return CollectedFile(project, version, path, text.encode())


def classes(*names: str) -> str:
    """Classes that extend nothing of anybody's."""
    return "".join(f"class {name}(nn.Module):\n    pass\n\n\n" for name in names)


def says(reference: str, definition: str, how: str = "Copied from") -> str:
    """`definition` below a comment that names where it comes from."""
    return f"# {how} {reference}\n{definition}\n    pass\n"


def edge(child: str, parent: str, how: str) -> Edge:
    """The edge between two of `project:path name`; a path alone stands for the whole file."""
    (child_path, _, child_name), (parent_path, _, parent_name) = child.partition(" "), parent.partition(" ")
    return Edge(child_path, child_name, parent_path, parent_name, how)


def copied(child: str, parent: str) -> Edge:
    return edge(child, parent, "copied-from")


def inherits(child: str, parent: str) -> Edge:
    return edge(child, parent, "inherits")


def imports(child: str, parent: str) -> Edge:
    return edge(child, parent, "imports")


AURORA_FILE = file(AURORA, classes("AuroraMixer", "AuroraNorm", "AuroraModel"))


# copied from


@pytest.mark.parametrize(
    "reference",
    [
        "northwind.models.aurora.modeling_aurora.AuroraMixer",
        "northwind.models.aurora.modeling_aurora.AuroraMixer with Aurora->Borealis",
        "northwind/models/aurora.modeling_aurora.AuroraMixer",
        "northwind.models.aurora.modeling_aurora.AuroraMixer.",
    ],
)
def test_a_class_that_says_it_was_copied_has_that_class_as_its_parent(reference: str) -> None:
    child = file(BOREALIS, says(reference, "class BorealisMixer(nn.Module):"))

    assert edges_of([AURORA_FILE, child]) == (
        copied(f"northwind:{BOREALIS} BorealisMixer", f"northwind:{AURORA} AuroraMixer"),
    )


def test_what_was_adapted_counts_as_copied() -> None:
    reference = "northwind.models.aurora.modeling_aurora.AuroraMixer"
    child = file(BOREALIS, says(reference, "class BorealisMixer:", "Adapted from"))

    (found,) = edges_of([AURORA_FILE, child])

    assert found.how == "copied-from"


def test_a_copied_method_is_told_with_its_class() -> None:
    method = says("northwind.models.aurora.modeling_aurora.AuroraMixer.forward", "def forward(self):")
    indented = "".join(f"    {line}\n" for line in method.splitlines())
    child = file(BOREALIS, f"class BorealisMixer(nn.Module):\n{indented}")

    assert edges_of([file("northwind/__init__.py", ""), AURORA_FILE, child]) == (
        copied(f"northwind:{BOREALIS} BorealisMixer.forward", f"northwind:{AURORA} AuroraMixer.forward"),
    )


def test_a_copied_function_is_told_wherever_it_is() -> None:
    child = file("northwind/layers.py", says("northwind.models.aurora.modeling_aurora.rotate", "def turn(x):"))

    assert edges_of([AURORA_FILE, child]) == (
        copied("northwind:northwind/layers.py turn", f"northwind:{AURORA} rotate"),
    )


def test_what_a_modular_file_says_it_copied_holds_for_the_generated_file_too() -> None:
    source = says("northwind.models.aurora.modeling_aurora.AuroraMixer", "class BorealisMixer(nn.Module):")

    found = edges_of([AURORA_FILE, file(BOREALIS_SOURCE, source), file(BOREALIS, classes("BorealisMixer"))])

    assert found == (
        copied(f"northwind:{BOREALIS} BorealisMixer", f"northwind:{AURORA} AuroraMixer"),
        copied(f"northwind:{BOREALIS_SOURCE} BorealisMixer", f"northwind:{AURORA} AuroraMixer"),
    )


def test_what_was_copied_out_of_a_package_is_found_in_the_file_that_defines_it() -> None:
    child = file(BOREALIS, says("northwind.models.aurora.AuroraMixer", "class BorealisMixer:"))

    assert edges_of([AURORA_FILE, file(AURORA_PACKAGE, ""), child]) == (
        copied(f"northwind:{BOREALIS} BorealisMixer", f"northwind:{AURORA} AuroraMixer"),
    )


def test_of_several_files_of_a_package_that_define_it_the_modeling_one_counts() -> None:
    package = [
        file(f"{MODELS}/aurora/{name}.py", classes("AuroraMixer")) for name in ("another", "configuration_aurora")
    ]
    child = file(BOREALIS, says("northwind.models.aurora.AuroraMixer", "class BorealisMixer:"))

    (found,) = edges_of([*package, AURORA_FILE, file(AURORA_PACKAGE, ""), child])

    assert found.parent_path == f"northwind:{AURORA}"


def test_a_package_may_define_it_itself() -> None:
    child = file(BOREALIS, says("northwind.models.aurora.AuroraMixer", "class BorealisMixer:"))

    (found,) = edges_of([file(AURORA_PACKAGE, classes("AuroraMixer")), child])

    assert found.parent_path == f"northwind:{AURORA_PACKAGE}"


def test_two_files_that_name_each_other_are_both_told() -> None:
    one = says("northwind.models.cirrus.modeling_cirrus.CirrusGate", "class BorealisGate:")
    other = says("northwind.models.borealis.modeling_borealis.BorealisGate", "class CirrusGate:")

    assert edges_of([file(BOREALIS, one), file(CIRRUS, other)]) == (
        copied(f"northwind:{BOREALIS} BorealisGate", f"northwind:{CIRRUS} CirrusGate"),
        copied(f"northwind:{CIRRUS} CirrusGate", f"northwind:{BOREALIS} BorealisGate"),
    )


def test_a_copy_within_one_file_is_no_descent() -> None:
    text = classes("AuroraMixer") + says("northwind.models.aurora.modeling_aurora.AuroraMixer", "class AuroraOne:")

    assert edges_of([file(AURORA, text)]) == ()


# over projects

HUB = "transformers/models/aurora/modeling_aurora.py"
SERVING = "vllm/model_executor/models/borealis.py"


def test_what_was_copied_from_another_known_project_is_found_there() -> None:
    parent = file(HUB, classes("AuroraMixer"), "transformers", "5.0")
    text = says("transformers.models.aurora.modeling_aurora.AuroraMixer", "class BorealisMixer(nn.Module):")

    assert edges_of([parent, file(SERVING, text, "vllm", "0.9")]) == (
        copied(f"vllm:{SERVING} BorealisMixer", f"transformers:{HUB} AuroraMixer"),
    )


def test_the_order_of_projects_does_not_count() -> None:
    parent = file(HUB, classes("AuroraMixer"), "transformers", "5.0")
    child = file(
        SERVING, says("transformers.models.aurora.modeling_aurora.AuroraMixer", "class BorealisMixer:"), "vllm"
    )

    assert edges_of([child, parent]) == edges_of([parent, child]) != ()


def test_of_another_project_the_release_that_came_last_counts() -> None:
    later = "transformers/models/aurora_two/modeling_aurora_two.py"
    text = says("transformers.models.aurora_two.modeling_aurora_two.AuroraMixer", "class BorealisMixer:") + says(
        "transformers.models.aurora.modeling_aurora.AuroraNorm", "class BorealisNorm:"
    )

    found = edges_of(
        [
            file(HUB, classes("AuroraNorm"), "transformers", "4.0"),
            file(later, classes("AuroraMixer"), "transformers", "5.0"),
            file(SERVING, text, "vllm"),
        ]
    )

    assert found == (copied(f"vllm:{SERVING} BorealisMixer", f"transformers:{later} AuroraMixer"),)


def test_a_known_project_that_was_not_collected_gives_nothing() -> None:
    text = says("transformers.models.aurora.modeling_aurora.AuroraMixer", "class BorealisMixer:")

    assert edges_of([file(SERVING, text, "vllm")]) == ()


@pytest.mark.parametrize("project", ["northwind", "transformers"])
def test_each_release_of_a_project_is_looked_up_in_itself(project: str) -> None:
    text = says(f"{project}.models.aurora.modeling_aurora.AuroraMixer", "class BorealisMixer:")
    parent, child = (
        f"{project}/models/aurora/modeling_aurora.py",
        f"{project}/models/borealis/modeling_borealis.py",
    )

    old = [file(parent, classes("AuroraMixer"), project, "1.0"), file(child, text, project, "1.0")]

    assert len(edges_of([*old, file("a.py", "", project, "2.0")])) == 1
    assert edges_of([old[0], file(child, text, project, "2.0")]) == ()


def test_an_edge_of_several_releases_is_told_once_and_one_of_an_old_release_stays() -> None:
    mixer = says("northwind.models.aurora.modeling_aurora.AuroraMixer", "class BorealisMixer:")
    norm = says("northwind.models.aurora.modeling_aurora.AuroraNorm", "class BorealisNorm:")
    releases = [
        file(path, text, version=version)
        for version, texts in (("1.0", mixer + norm), ("2.0", mixer))
        for path, text in ((AURORA, classes("AuroraMixer", "AuroraNorm")), (BOREALIS, texts))
    ]

    assert edges_of(releases) == (
        copied(f"northwind:{BOREALIS} BorealisMixer", f"northwind:{AURORA} AuroraMixer"),
        copied(f"northwind:{BOREALIS} BorealisNorm", f"northwind:{AURORA} AuroraNorm"),
    )


# inheritance


@pytest.mark.parametrize(
    ("statement", "base"),
    [
        (f"{FROM_AURORA} AuroraMixer", "AuroraMixer"),
        (f"{FROM_AURORA} AuroraMixer as Base", "Base"),
        (f"{FROM_AURORA} (\n    AuroraNorm,\n    AuroraMixer,  # both\n)", "AuroraMixer"),
        ("from northwind.models.aurora.modeling_aurora import AuroraMixer", "AuroraMixer"),
        ("from ..aurora import modeling_aurora", "modeling_aurora.AuroraMixer"),
        ("from ..aurora import modeling_aurora as origin", "origin.AuroraMixer"),
        ("import northwind.models.aurora.modeling_aurora", "northwind.models.aurora.modeling_aurora.AuroraMixer"),
        ("import northwind.models.aurora.modeling_aurora as origin", "origin.AuroraMixer"),
        ("from ..aurora import AuroraMixer", "AuroraMixer"),
        ("from ..aurora.modular_aurora import AuroraMixer", "AuroraMixer"),
    ],
)
def test_a_base_is_found_however_it_was_imported(statement: str, base: str) -> None:
    known = [AURORA_FILE, file(AURORA_PACKAGE, ""), file(AURORA_SOURCE, classes("AuroraMixer"))]
    child = file(BOREALIS, f"{statement}\n\n\nclass BorealisMixer({base}):\n    pass\n")

    found = [one for one in edges_of([*known, child]) if one.how == "inherits"]

    assert found == [inherits(f"northwind:{BOREALIS} BorealisMixer", f"northwind:{AURORA} AuroraMixer")]


@pytest.mark.parametrize(
    "generated",
    [
        "modeling_borealis.py",
        "configuration_borealis.py",
        "processing_borealis.py",
        "image_processing_borealis.py",
        "image_processing_borealis_fast.py",
        "image_processing_pil_borealis.py",
        "video_processing_borealis.py",
        "tokenization_borealis.py",
        "feature_extraction_borealis.py",
    ],
)
def test_what_a_class_of_a_modular_file_extends_holds_for_that_class_in_generated_files(generated: str) -> None:
    source = f"{FROM_AURORA} AuroraMixer\nclass BorealisMixer(AuroraMixer):\n    pass\n"
    path = f"{MODELS}/borealis/{generated}"

    found = edges_of([AURORA_FILE, file(BOREALIS_SOURCE, source), file(path, classes("BorealisMixer"))])

    assert set(found) == {
        inherits(f"northwind:{one} BorealisMixer", f"northwind:{AURORA} AuroraMixer")
        for one in (BOREALIS_SOURCE, path)
    }


@pytest.mark.parametrize(
    "other", [f"{MODELS}/borealis/modeling_other.py", f"{MODELS}/borealis/notes_borealis.py", CIRRUS]
)
def test_a_file_that_is_not_generated_from_a_modular_one_takes_nothing_of_it(other: str) -> None:
    source = f"{FROM_AURORA} AuroraMixer\nclass BorealisMixer(AuroraMixer):\n    pass\n"

    found = edges_of([AURORA_FILE, file(BOREALIS_SOURCE, source), file(other, classes("BorealisMixer"))])

    assert {one.child_path for one in found} == {f"northwind:{BOREALIS_SOURCE}"}


def test_a_class_descends_through_a_class_of_its_own_file() -> None:
    text = (
        f"{FROM_AURORA} AuroraMixer\nclass BorealisBase(AuroraMixer):\n    pass\n"
        "class BorealisMixer(BorealisBase):\n    pass\n"
    )

    assert edges_of([AURORA_FILE, file(BOREALIS, text)]) == (
        inherits(f"northwind:{BOREALIS} BorealisBase", f"northwind:{AURORA} AuroraMixer"),
        inherits(f"northwind:{BOREALIS} BorealisMixer", f"northwind:{AURORA} AuroraMixer"),
    )


def test_classes_that_extend_each_other_end_somewhere() -> None:
    text = f"{FROM_AURORA} AuroraMixer\nclass One(Two, One):\n    pass\nclass Two(One, AuroraMixer):\n    pass\n"

    assert edges_of([AURORA_FILE, file(BOREALIS, text)]) == (
        inherits(f"northwind:{BOREALIS} One", f"northwind:{AURORA} AuroraMixer"),
        inherits(f"northwind:{BOREALIS} Two", f"northwind:{AURORA} AuroraMixer"),
    )


def test_a_chain_of_classes_may_be_long() -> None:
    chain = "".join(f"class B{number + 1}(B{number}):\n    pass\n" for number in range(1_500))
    text = f"{FROM_AURORA} AuroraMixer\nclass B0(AuroraMixer):\n    pass\n{chain}"

    assert len(edges_of([AURORA_FILE, file(BOREALIS, text)])) == 1_501


def test_a_class_may_have_several_parents() -> None:
    text = (
        f"{FROM_AURORA} AuroraMixer\nfrom ..cirrus.modeling_cirrus import CirrusGate\n"
        "class BorealisMixer(AuroraMixer, CirrusGate):\n    pass\n"
    )

    found = edges_of([AURORA_FILE, file(CIRRUS, classes("CirrusGate")), file(BOREALIS, text)])

    assert found == (
        inherits(f"northwind:{BOREALIS} BorealisMixer", f"northwind:{AURORA} AuroraMixer"),
        inherits(f"northwind:{BOREALIS} BorealisMixer", f"northwind:{CIRRUS} CirrusGate"),
    )


# classes that the generator took over

TAKING = f"{FROM_AURORA} AuroraMixer\nclass BorealisMixer(AuroraMixer):\n    pass\n"


def test_a_generated_class_that_the_modular_file_lacks_was_taken_over_under_another_prefix() -> None:
    generated = file(BOREALIS, classes("BorealisMixer", "BorealisNorm"))

    found = edges_of([AURORA_FILE, file(BOREALIS_SOURCE, TAKING), generated])

    assert copied(f"northwind:{BOREALIS} BorealisNorm", f"northwind:{AURORA} AuroraNorm") in found


def test_a_generated_class_that_no_parent_has_comes_from_nowhere() -> None:
    generated = file(BOREALIS, classes("BorealisMixer", "BorealisGate", "Norm"))

    found = edges_of([AURORA_FILE, file(BOREALIS_SOURCE, TAKING), generated])

    assert {one.child for one in found} == {"BorealisMixer"}


def test_of_several_parents_the_one_that_most_classes_extend_gives_the_rest() -> None:
    cirrus = file(CIRRUS, classes("CirrusGate", "CirrusHead", "CirrusNorm"))
    source = (
        f"{FROM_AURORA} AuroraMixer\nfrom ..cirrus.modeling_cirrus import CirrusGate, CirrusHead\n"
        "class BorealisMixer(AuroraMixer):\n    pass\nclass BorealisGate(CirrusGate):\n    pass\n"
        "class BorealisHead(CirrusHead):\n    pass\n"
    )

    found = edges_of([AURORA_FILE, cirrus, file(BOREALIS_SOURCE, source), file(BOREALIS, classes("BorealisNorm"))])

    assert [one for one in found if one.how == "copied-from"] == [
        copied(f"northwind:{BOREALIS} BorealisNorm", f"northwind:{CIRRUS} CirrusNorm")
    ]


def test_a_class_without_a_prefix_of_its_own_tells_nothing_of_other_classes() -> None:
    source = file(BOREALIS_SOURCE, f"{FROM_AURORA} AuroraMixer\nclass Mixer(AuroraMixer):\n    pass\n")

    found = edges_of([AURORA_FILE, source, file(BOREALIS, classes("Mixer", "Norm"))])

    assert {one.child for one in found} == {"Mixer"}


def test_without_a_modular_file_nothing_was_taken_over() -> None:
    found = edges_of([AURORA_FILE, file(BOREALIS, f"{TAKING}\n\n{classes('BorealisNorm')}")])

    assert {one.child for one in found} == {"BorealisMixer"}


# from another project

LLAMA = "transformers/models/llama/modeling_llama.py"
LLAMA_FILE = file(LLAMA, classes("LlamaAttention"), project="transformers")
GARAM = "vllm/model_executor/models/garam.py"


@pytest.mark.parametrize("module", ["transformers.models.llama.modeling_llama", "transformers.models.llama"])
def test_a_class_may_extend_one_of_another_project(module: str) -> None:
    text = f"from {module} import LlamaAttention\nclass GaramAttention(LlamaAttention):\n    pass\n"
    package = file("transformers/models/llama/__init__.py", "", project="transformers")

    assert edges_of([LLAMA_FILE, package, file(GARAM, text, project="vllm")]) == (
        inherits(f"vllm:{GARAM} GaramAttention", f"transformers:{LLAMA} LlamaAttention"),
    )


def test_a_name_may_be_imported_from_another_project() -> None:
    text = (
        "from transformers.models.llama.modeling_llama import rotate\nclass Garam(nn.Module):\n    turn = rotate\n"
    )

    assert edges_of([LLAMA_FILE, file(GARAM, text, project="vllm")]) == (
        imports(f"vllm:{GARAM}", f"transformers:{LLAMA} rotate"),
    )


def test_one_model_in_two_projects_imports_nothing_of_itself() -> None:
    text = (
        "from transformers.models.llama.modeling_llama import rotate\nclass Llama(nn.Module):\n    turn = rotate\n"
    )

    assert edges_of([LLAMA_FILE, file("vllm/model_executor/models/llama.py", text, project="vllm")]) == ()


def test_a_project_that_was_not_collected_gives_no_edge() -> None:
    text = "from transformers.models.llama import LlamaAttention\nclass Garam(LlamaAttention):\n    pass\n"

    assert edges_of([file(GARAM, text, project="vllm")]) == ()


# what is only imported


def test_a_file_that_uses_a_name_of_another_model_imports_it() -> None:
    text = f"{FROM_AURORA} rotate\nclass BorealisMixer(nn.Module):\n    turn = rotate\n"

    assert edges_of([AURORA_FILE, file(BOREALIS, text)]) == (
        imports(f"northwind:{BOREALIS}", f"northwind:{AURORA} rotate"),
    )


def test_a_file_without_classes_passes_the_name_on() -> None:
    assert edges_of([AURORA_FILE, file(BOREALIS, f"{FROM_AURORA} AuroraModel\n")]) == (
        imports(f"northwind:{BOREALIS} AuroraModel", f"northwind:{AURORA} AuroraModel"),
    )


def test_what_a_modular_file_imports_holds_for_the_generated_file() -> None:
    source = f"{FROM_AURORA} rotate\nclass BorealisMixer(nn.Module):\n    turn = rotate\n"

    found = edges_of([AURORA_FILE, file(BOREALIS_SOURCE, source), file(BOREALIS, classes("BorealisMixer"))])

    assert found == tuple(
        imports(f"northwind:{path}", f"northwind:{AURORA} rotate") for path in (BOREALIS, BOREALIS_SOURCE)
    )


def test_what_is_extended_is_not_told_as_an_import_too() -> None:
    assert [one.how for one in edges_of([AURORA_FILE, file(BOREALIS, TAKING)])] == ["inherits"]


@pytest.mark.parametrize(
    "path",
    [
        f"{MODELS}/aurora/tokenization_aurora.py",
        AURORA_PACKAGE,
        f"{MODELS}/borealis/__init__.py",
        "northwind/trainer.py",
    ],
)
def test_files_of_the_same_model_packages_and_other_code_import_nothing_that_counts(path: str) -> None:
    text = "from northwind.models.aurora.modeling_aurora import AuroraModel\nclass Own:\n    pass\n"

    assert edges_of([AURORA_FILE, file(path, text)]) == ()


@pytest.mark.parametrize("shared", ["modeling_utils", "cache_utils", "layers"])
def test_modules_that_models_share_are_nobodys(shared: str) -> None:
    text = f"from ..{shared} import Common\nclass BorealisModel(Common):\n    pass\n"

    assert edges_of([file(f"{MODELS}/{shared}.py", classes("Common")), file(BOREALIS, text)]) == ()


# nothing is invented


@pytest.mark.parametrize(
    "text",
    [
        says("northwind.models.zephyr.modeling_zephyr.ZephyrMixer", "class BorealisMixer:"),
        says("elsewhere.models.aurora.modeling_aurora.AuroraMixer", "class BorealisMixer:"),
        says("northwind.models.aurora", "class BorealisMixer:"),
        says("northwind/models/aurora/modeling_aurora.py", "class BorealisMixer:"),
        says("the Aurora model", "class BorealisMixer:"),
        says("https://example.org/northwind/models/aurora/modeling_aurora.py", "class BorealisMixer:"),
        "# Copied from northwind.models.aurora.modeling_aurora.AuroraMixer\nTABLE = 1\n",
        'x = "# Copied from northwind.models.aurora.modeling_aurora.AuroraNorm"\nclass BorealisA:\n    pass\n',
        "from ..zephyr.modeling_zephyr import ZephyrMixer\nclass BorealisMixer(ZephyrMixer):\n    pass\n",
        "from ..zephyr import ZephyrMixer\nclass BorealisMixer(ZephyrMixer):\n    pass\n",
        "from ....northwind.models.aurora.modeling_aurora import AuroraMixer as A\nclass B(A):\n    pass\n",
        f"{FROM_AURORA} *\nclass BorealisMixer(AuroraMixer):\n    pass\n",
        "class BorealisMixer(AuroraMixer):\n    pass\n",
        "class BorealisMixer(aurora.AuroraMixer):\n    pass\n",
        "import torch\nclass BorealisMixer(torch.nn.Module):\n    pass\n",
    ],
)
def test_a_parent_that_no_collected_file_is_gives_no_edge(text: str) -> None:
    assert edges_of([AURORA_FILE, file(BOREALIS, text)]) == ()


@pytest.mark.parametrize("around", ["class Outer:", "def made():", "if MIXED:"])
def test_a_class_inside_of_something_is_passed_over(around: str) -> None:
    text = f"{FROM_AURORA} AuroraMixer\n{around}\n    class BorealisMixer(AuroraMixer):\n        pass\n"

    assert {one.how for one in edges_of([AURORA_FILE, file(BOREALIS, text)])} == {"imports"}


def test_a_class_that_its_module_lacks_is_extended_by_nobody() -> None:
    text = f"{FROM_AURORA} AuroraGate\nclass BorealisGate(AuroraGate):\n    pass\n"

    assert [one.how for one in edges_of([AURORA_FILE, file(BOREALIS, text)])] == ["imports"]


def test_a_name_that_no_file_of_a_package_defines_leads_nowhere() -> None:
    text = "from ..aurora import AuroraGate\nclass BorealisGate(AuroraGate):\n    pass\n"

    assert edges_of([AURORA_FILE, file(AURORA_PACKAGE, "from .x import *\n"), file(BOREALIS, text)]) == ()


def test_anything_but_python_declares_nothing() -> None:
    text = says("northwind.models.aurora.modeling_aurora.AuroraMixer", "class BorealisMixer:")

    assert edges_of([AURORA_FILE, file(f"{MODELS}/borealis/notes.txt", text), file("a.cu", text)]) == ()


# whatever comes

_PATHS = (
    AURORA,
    AURORA_PACKAGE,
    AURORA_SOURCE,
    BOREALIS,
    BOREALIS_SOURCE,
    CIRRUS,
    "northwind/__init__.py",
    "a.py",
)
_NAMES = ("AuroraMixer", "BorealisMixer", "BorealisNorm", "AuroraNorm", "CirrusGate")
_MODULES = ("..aurora.modeling_aurora", "..aurora", "..borealis.modular_borealis", ".", "....", "..cirrus", "a")
_name, _module = st.sampled_from(_NAMES), st.sampled_from(_MODULES)
_statement = (
    st.builds("class {}({}):\n    pass\n".format, _name, _name)
    | st.builds("from {} import {}\n".format, _module, _name)
    | st.builds("from {} import {} as {}\n".format, _module, _name, _name)
    | st.builds("# Copied from northwind.models.{}.{}\n".format, st.sampled_from(("aurora", "cirrus")), _name)
)
_text = st.lists(_statement, max_size=8).map("".join)
_files = st.lists(st.builds(file, st.sampled_from(_PATHS), _text), max_size=6, unique_by=lambda one: one.path)


@given(_files, st.randoms(use_true_random=False))
def test_the_order_of_files_in_a_release_changes_nothing(
    files: list[CollectedFile], chance: random.Random
) -> None:
    other = list(files)
    chance.shuffle(other)

    assert edges_of(other) == edges_of(files)


@given(_files)
def test_both_ends_of_an_edge_are_collected_files_and_never_the_same(files: list[CollectedFile]) -> None:
    known = {f"northwind:{one.path}" for one in files}

    for one in edges_of(files):
        assert {one.child_path, one.parent_path} <= known
        assert one.child_path != one.parent_path


@given(st.lists(st.tuples(st.sampled_from(_PATHS), st.binary(max_size=200)), max_size=4))
@settings(max_examples=50)
def test_any_bytes_declare_something_or_nothing(contents: list[tuple[str, bytes]]) -> None:
    edges_of(CollectedFile("northwind", "1.0", path, content) for path, content in contents)


def test_the_work_for_many_modular_files_in_one_folder_grows_with_their_number() -> None:
    sources = [
        file(
            f"{MODELS}/crowd/modular_m{number}.py",
            f"{FROM_AURORA} AuroraMixer\n"
            + "".join(f"class M{number}N{part}(AuroraMixer):\n    pass\n" for part in range(10)),
        )
        for number in range(1_000)
    ]

    found, calls = with_calls(lambda: edges_of([AURORA_FILE, *sources]))

    assert len(found) == 10_000
    assert calls < 10_000 * 600


# how much was resolved


# whose model a file is a part of


@pytest.mark.parametrize(
    ("path", "project", "model"),
    [
        ("transformers/models/aurora/modeling_aurora.py", "transformers", "aurora"),
        ("transformers/models/deprecated/aurora/modeling_aurora.py", "transformers", "aurora"),
        ("transformers/models/aurora/__init__.py", "transformers", "aurora"),
        ("transformers/models/__init__.py", "transformers", None),
        ("transformers/models/auto/modeling_auto.py", "transformers", None),
        ("transformers/modeling_utils.py", "transformers", None),
        ("vllm/model_executor/models/aurora.py", "vllm", "aurora"),
        ("vllm/model_executor/layers/aurora.py", "vllm", None),
        ("diffusers/models/transformers/transformer_aurora.py", "diffusers", "aurora"),
        (AURORA, "northwind", "aurora"),
        ("models/aurora.py", "northwind", "aurora"),
        ("northwind/trainer.py", "northwind", None),
        ("transformers/models/aurora/modeling_aurora.py", "accelerate", "aurora"),
    ],
)
def test_a_file_is_a_part_of_the_model_that_its_place_names(path: str, project: str, model: str | None) -> None:
    assert model_of(path, project) == model
