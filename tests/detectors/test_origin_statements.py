"""What code and NOTICE files say of their origin: what counts, where it stands, and what is left alone."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.detectors import origin_statements
from compliance.detectors.detector import ExaminedFile
from compliance.detectors.origin_statements import DETECTOR
from compliance.model.evidence import Statement, told
from compliance.model.finding import Origin, OriginFinding
from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.origins import notice_lines, python_code, statements
from tests.detectors.examined import Facts, examine, line, of
from tests.origins.building.recipes import rights

QWEN = "vllm.model_executor.models.qwen2"
LINK = "https://github.com/vllm-project/vllm/blob/v0.6.1/vllm/model_executor/models/qwen2.py"
MODEL = f"""\
from torch import nn
from {QWEN} import Qwen2MLP

from .modeling_exaone4 import Exaone4Attention


class HanbitMLP(Qwen2MLP):
    pass


class HanbitAttention(Exaone4Attention):
    pass


# Adapted from {LINK}
def rotated(states):
    return -states
"""


def code(tmp_path: Path, content: str | bytes, path: str = "hanbit/model.py") -> Facts:
    return examine(DETECTOR, tmp_path, path, content)


def only(facts: Facts) -> OriginFinding:
    """The one finding of `facts`, which holds nothing else."""
    (found,) = facts
    assert isinstance(found, OriginFinding)
    return found


def origins(facts: Facts) -> list[tuple[str, str, str]]:
    """Relation, family and project of each finding."""
    lineages = [one.lineage for one in of(OriginFinding, facts)]
    return [(origin.relation, origin.family, origin.project) for (origin,) in lineages]


def places(finding: OriginFinding) -> list[Statement]:
    return [one for one in finding.evidence if isinstance(one, Statement)]


def test_each_origin_is_told_with_its_relation_at_its_lines(tmp_path: Path) -> None:
    facts = code(tmp_path, MODEL)

    assert origins(facts) == [
        ("inherited", "qwen2", "vllm"),
        ("inherited", "exaone4", ""),
        ("declared", "qwen2", "vllm"),
    ]
    assert [one.lines for one in of(OriginFinding, facts)] == [
        line(MODEL, "from vllm"),
        line(MODEL, "class HanbitAttention"),
        line(MODEL, "# Adapted"),
    ]


def test_an_origin_has_all_that_its_name_tells(tmp_path: Path) -> None:
    found = only(code(tmp_path, f"# Adapted from {LINK}\n"))

    assert found.lineage == (
        Origin(
            family="qwen2",
            project="vllm",
            version="0.6.1",
            path="vllm/model_executor/models/qwen2.py",
            developer="Alibaba Cloud (Qwen team)",
            country="CN",
            expression="Apache-2.0",
            relation="declared",
            role="direct",
        ),
    )


def test_an_import_of_what_is_extended_is_evidence_of_the_same_fact(tmp_path: Path) -> None:
    found = only(code(tmp_path, f"from {QWEN} import Qwen2MLP\n\n\nclass Hanbit(Qwen2MLP): ...\n"))

    assert found.lineage[0].relation == "inherited"
    assert [(one.field, one.lines) for one in places(found)] == [("imports", (1, 1)), ("inherits", (4, 4))]
    assert found.declared is None


@pytest.mark.parametrize(
    "content",
    [
        f"import {QWEN}\n",
        f"from {QWEN} import Qwen2MLP as Base\n",
        f"def load():\n    from {QWEN} import Qwen2MLP\n",
        f"r.register_model('HanbitForCausalLM', '{QWEN}:Qwen2ForCausalLM')\n",
        f"MODELS = {{\n    'HanbitForCausalLM': ('{QWEN}', 'Qwen2ForCausalLM'),\n}}\n",
    ],
)
def test_what_is_only_used_is_imported(tmp_path: Path, content: str) -> None:
    assert origins(code(tmp_path, content)) == [("imported", "qwen2", "vllm")]


@pytest.mark.parametrize(
    "module", [".modeling_qwen2", "..qwen2.modeling_qwen2", ".qwen2", "hanbit.modeling_qwen2"]
)
def test_a_model_module_beside_ones_own_is_extended(tmp_path: Path, module: str) -> None:
    ((relation, family, _),) = origins(
        code(tmp_path, f"from {module} import Qwen2Model\nclass A(Qwen2Model): ...\n")
    )

    assert (relation, family) == ("inherited", "qwen2")


@pytest.mark.parametrize(
    ("content", "relation"),
    [
        (
            "config.auto_map = {'AutoModel': 'modeling_deepseek.DeepseekV3Model'}\n",
            ("imported", "deepseek_v3", ""),
        ),
        (
            "AutoModel.from_pretrained('deepseek-ai/DeepSeek-V3', trust_remote_code=True)\n",
            ("imported", "deepseek", "deepseek-ai/DeepSeek-V3"),
        ),
    ],
)
def test_code_that_is_loaded_by_name_is_imported(
    tmp_path: Path, content: str, relation: tuple[str, str, str]
) -> None:
    assert origins(code(tmp_path, content)) == [relation]


@pytest.mark.parametrize(
    ("comment", "field"),
    [
        (f"Copied from {QWEN}.Qwen2MLP with Qwen2->Hanbit", "copied-from"),
        (f"Adapted from {LINK}", "adapted-from"),
        ("Taken from vllm/model_executor/models/qwen2.py", "copied-from"),
        (f"출처: {LINK}", "copied-from"),
        (f"{LINK} 를 수정하여 사용", "adapted-from"),
        (f"참고: {LINK}", "refers-to"),
        (f"来源：{LINK}", "copied-from"),
        (f"改编自 {QWEN}", "adapted-from"),
        (f"参考 {LINK}", "refers-to"),
        (LINK, "refers-to"),
    ],
)
@pytest.mark.parametrize(("path", "mark"), [("a.py", "# "), ("a.cu", "// "), ("a.sh", "# ")])
def test_a_comment_declares_an_origin_in_any_language(
    tmp_path: Path, comment: str, field: str, path: str, mark: str
) -> None:
    text = f"\n{mark}{comment}\n"
    found = only(code(tmp_path, text, path))

    assert origins([found]) == [("declared", "qwen2", "vllm")]
    assert places(found) == [Statement(lines=(2, 2), field=field, says=f"{mark}{comment}")]
    assert found.declared is not None
    assert (found.declared.lines, found.declared.says) == ((2, 2), f"{mark}{comment}")
    assert found.declared.agreement == "not-compared"


def test_a_docstring_declares_an_origin_on_its_own_line(tmp_path: Path) -> None:
    text = f'class A:\n    """Mixes.\n\n    Copied from {QWEN}.Qwen2MLP.\n    """\n'

    assert only(code(tmp_path, text)).lines == (4, 4)


def test_code_that_was_taken_from_nobody_known_is_declared_without_a_developer(tmp_path: Path) -> None:
    found = only(code(tmp_path, "# Copied from https://github.com/garam/hanbit/blob/main/a.py\n"))

    assert found.lineage[0].project == "garam/hanbit"
    assert (found.lineage[0].developer, found.lineage[0].country, found.lineage[0].expression) == (
        None,
        None,
        None,
    )


def test_the_same_origin_in_several_places_is_one_finding(tmp_path: Path) -> None:
    found = only(code(tmp_path, f"# Copied from {QWEN}.A\n\n# Adapted from {QWEN}.B\n# Copied from {QWEN}.A\n"))

    assert found.lines == (1, 1)
    assert [one.lines for one in places(found)] == [(1, 1), (3, 3), (4, 4)]


def test_what_is_declared_and_what_is_extended_are_two_facts(tmp_path: Path) -> None:
    text = f"from {QWEN} import Qwen2MLP\n# Copied from {QWEN}.Qwen2MLP\nclass Hanbit(Qwen2MLP): ...\n"

    assert [relation for relation, _, _ in origins(code(tmp_path, text))] == ["inherited", "declared"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "x = 1\n",
        "class DeepseekV3Attention: ...\n",
        "class IndexModel(nn.Module): ...\n",
        "from .index import IndexModel\nclass Own(IndexModel): ...\n",
        "from .step import StepConfig\nfrom .solar import SolarModel\n",
        "from .falcon import FalconConfig\nfrom .motif import MotifEncoder\n",
        "import transformers\nimport torch\nfrom transformers import AutoModel, PreTrainedModel\n",
        "MODELS = {'small': 'FalconModel'}\n",
        "AutoModel.from_pretrained('hanbit/model', trust_remote_code=True)\n",
        "AutoModel.from_pretrained('deepseek-ai/DeepSeek-V3')\nown(trust_remote_code=True)\n",
        f"says = 'Copied from {QWEN}'\n",
        f"prompt = '''\n# Copied from {QWEN}\n'''\n",
        "# Works with vLLM and SGLang; faster than Megatron-LM\n",
        "# We compare with DeepSeek-V3 and Qwen2\n",
        "# This is not copied from vLLM\n",
        "# The mask is copied from the input\n",
        "# The cache is copied from the caller, which vLLM forbids\n",
        "# Adapted from the DeepSeek paper\n",
        "# inspired by vLLM\n",
        f"# see {LINK} for the reason\n",
        "# https://github.com/vllm-project/vllm\n",
        "# https://github.com/vllm-project/vllm/issues/1\n",
        "# https://github.com/pytorch/pytorch/blob/main/torch/hanbit.py\n",
        "# 데이터 출처: 한빛\n",
        "# 참고하세요\n",
    ],
)
def test_what_proves_nothing_is_left_alone(tmp_path: Path, content: str) -> None:
    assert code(tmp_path, content) == []


def notice(tmp_path: Path, content: str | bytes) -> Facts:
    return code(tmp_path, content, "NOTICE")


def test_a_notice_names_projects_and_holders(tmp_path: Path) -> None:
    text = f"Hanbit\n\nThis product includes software of the vLLM project.\n{rights('DeepSeek')}\n"
    facts = notice(tmp_path, text)

    assert origins(facts) == [("declared", "vllm", "vllm"), ("declared", "deepseek", "")]
    assert [one.lines for one in of(OriginFinding, facts)] == [(3, 3), (4, 4)]
    assert {place.field for one in of(OriginFinding, facts) for place in places(one)} == {"notice"}


@pytest.mark.parametrize(
    "content", [rights("Hanbit Inc."), "See facebook.com/hanbit, licensed to us\n", "Thanks!\n"]
)
def test_a_notice_of_ones_own_names_nobody(tmp_path: Path, content: str) -> None:
    assert notice(tmp_path, content) == []


@pytest.mark.parametrize("path", ["a.py", "a/b.CU", "a.rs", "a.tsx", "run.sh", "NOTICE", "docs/notices.md"])
def test_code_and_notices_are_wanted(path: str) -> None:
    assert DETECTOR.wants(path, 1)


@pytest.mark.parametrize("path", ["README.md", "LICENSE", "config.json", "model.safetensors", "Makefile", "py"])
def test_other_files_are_not_wanted(path: str) -> None:
    assert not DETECTOR.wants(path, 1)


def test_an_empty_file_is_not_wanted() -> None:
    assert not DETECTOR.wants("a.py", 0)


def test_only_the_kind_of_file_matters_of_its_name() -> None:
    assert DETECTOR.name_key("a/b.py") == DETECTOR.name_key("c.pyi") != DETECTOR.name_key("c.cu")
    assert DETECTOR.name_key("NOTICE") == DETECTOR.name_key("legal/credits.txt") != DETECTOR.name_key("a.sh")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp949"])
def test_korean_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = f"# 한빛 모델\n\n# 출처: {LINK}\n"
    text = "\ufeff" + text if encoding == "utf-16-le" else text

    assert only(code(tmp_path, text.encode(encoding))).lines == (3, 3)


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_lines_are_counted_however_they_end(tmp_path: Path, ending: str) -> None:
    assert only(code(tmp_path, f"x = 1{ending}{ending}# 출처: {LINK}{ending}")).lines == (3, 3)


@pytest.mark.parametrize("cut", [1, 2, 3, 4, 5, 10])
def test_a_file_that_is_cut_off_is_read_up_to_there(tmp_path: Path, cut: int) -> None:
    content = f"# 출처: {LINK}\nclass A(\n# 한글 주석".encode()

    assert only(code(tmp_path, content[:-cut])).lines == (1, 1)


def test_one_broken_byte_hides_nothing(tmp_path: Path) -> None:
    content = "# 한글 주석\n".encode() * 5 + b"# \xff\n" + f"# 출처: {LINK}\n".encode()

    assert only(code(tmp_path, content)).lines == (7, 7)


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 100_000,
        bytes(range(256)) * 400,
        b"\xff\xfe" + b"\x00\xd8" * 1_000,
        b"x = 1 " * 200_000,
        b"#" * 1_000_000,
        b"(" * 100_000,
        b'"""' * 100_000,
        b"class A" + b" " * 500_000,
        b"MODEL" * 100_000,
        b"import (" + b" " * 500_000,
        b"# copied from " + b"a." * 250_000,
    ],
)
@pytest.mark.parametrize("path", ["a.py", "a.c", "a.sh", "NOTICE"])
def test_hostile_bytes_say_nothing(tmp_path: Path, content: bytes, path: str) -> None:
    assert of(OriginFinding, code(tmp_path, content, path)) == []


def test_a_sentence_in_an_endless_line_is_found(tmp_path: Path) -> None:
    found = only(code(tmp_path, "x = '" + "한" * 100_000 + f"'  # Copied from {QWEN}.Qwen2MLP " + "y" * 100_000))

    assert found.lines == (1, 1)
    assert places(found)[0].says.startswith(f"# Copied from {QWEN}")


@pytest.mark.parametrize(
    "content",
    [
        "import a\n" * (python_code.MOST + 1),
        "# Copied from hanbit.a.b\n" * (statements.MOST + 1),
        "EntryClass = Hanbit\n" * 2_000,
    ],
)
def test_more_than_is_read_is_told(tmp_path: Path, content: str) -> None:
    (skip,) = of(Skip, code(tmp_path, content))

    assert skip.reason == "truncated"


def test_more_lines_of_a_notice_than_are_read_are_told(tmp_path: Path) -> None:
    facts = notice(tmp_path, "vLLM\n" + "x\n" * notice_lines.MOST_LINES)

    assert origins(facts) == [("declared", "vllm", "vllm")]
    assert [one.reason for one in of(Skip, facts)] == ["truncated"]


def test_more_bytes_than_are_read_are_told(tmp_path: Path) -> None:
    location = tmp_path / "copy.sh"
    with location.open("wb") as stream:
        stream.write(f"# Copied from {QWEN}.Qwen2MLP\n".encode())
        stream.truncate(origin_statements.MAX_BYTES + 1)
    facts = list(
        DETECTOR.detect(ExaminedFile(path="a.sh", size=origin_statements.MAX_BYTES + 1, location=location))
    )

    assert origins(facts) == [("declared", "qwen2", "vllm")]
    assert [one.reason for one in of(Skip, facts)] == ["truncated"]


def test_more_origins_than_are_kept_are_told(tmp_path: Path) -> None:
    most = origin_statements.MAX_FINDINGS
    lines = [f"# Copied from https://github.com/garam/hanbit{number}\n" for number in range(most + 1)]

    enough, many = code(tmp_path, "".join(lines[:-1])), code(tmp_path, "".join(lines))

    assert (len(of(OriginFinding, enough)), of(Skip, enough)) == (most, [])
    assert len(of(OriginFinding, many)) == most
    assert [one.reason for one in of(Skip, many)] == ["truncated"]


def test_more_places_than_are_kept_are_counted(tmp_path: Path) -> None:
    most = origin_statements.MAX_PLACES
    found = only(code(tmp_path, f"# Copied from {QWEN}.A\n" * (most + 7)))

    assert [one.field for one in places(found)] == ["copied-from"] * most + ["more"]
    assert told(places(found)[-1]) == Text(en="7 more places in this file", ko="이 파일에 7곳 더 있음")


LINES = [
    f"# Copied from {QWEN}.A\n",
    "# 출처 ",
    f"{LINK}\n",
    "class A(",
    "Qwen2MLP):\n",
    f"from {QWEN} import ",
    "(",
    '"""',
    "\n",
    "vLLM ",
    "\udcff",
]
contents = st.binary(max_size=120) | st.lists(st.sampled_from(LINES), max_size=25).map(
    lambda parts: "".join(parts).encode("utf-8", "surrogateescape")
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(content=contents, path=st.sampled_from(["a.py", "a.c", "a.sh", "NOTICE"]))
def test_any_bytes_give_findings_within_the_file(tmp_path: Path, content: bytes, path: str) -> None:
    last = content.count(b"\n") + content.count(b"\r") + 1

    for found in of(OriginFinding, code(tmp_path, content, path) if content else []):
        assert found.lines is not None
        assert 1 <= found.lines[0] <= found.lines[1]
        assert content[:2] in {b"\xff\xfe", b"\xfe\xff"} or found.lines[1] <= last
        assert (found.path, found.id, found.revision) == ("", "", None)
        assert all(len(place.says) <= 200 for place in places(found))
