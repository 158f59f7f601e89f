"""Lines of NOTICE files that name whose work is included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins import notice_lines
from compliance.origins.naming import Named
from tests.origins.building.recipes import rights


def named(text: str | bytes) -> list[tuple[Named, int, str]]:
    return notice_lines.named_in(text.encode() if isinstance(text, str) else text)[0]


def names(text: str) -> list[str]:
    """Project, or else family, of each line that names somebody."""
    return [one.project or one.family for one, _, _ in named(text)]


@pytest.mark.parametrize(
    "path",
    [
        "NOTICE",
        "notice.txt",
        "NOTICES.md",
        "legal/Third-Party-Notices.rst",
        "THIRD_PARTY_LICENSES",
        "third party notices",
        "ThirdPartyNotices.txt",
        "Acknowledgements.md",
        "CREDITS",
    ],
)
def test_a_collection_of_notices_is_known_by_its_name(path: str) -> None:
    assert notice_lines.is_notice(path)


@pytest.mark.parametrize(
    "path",
    [
        "LICENSE",
        "notice.py",
        "NOTICE/README",
        "noticed.txt",
        "my-notice.txt",
        "third_party/README.md",
        "third_party.c",
        "credits.json",
        "",
    ],
)
def test_other_files_are_none(path: str) -> None:
    assert not notice_lines.is_notice(path)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("This product includes software developed by the vLLM project.", "vllm"),
        ("Includes code of SGLang (https://github.com/sgl-project/sglang).", "sglang"),
        ("* Megatron-LM, by its authors", "megatron-core"),
        ("https://github.com/deepseek-ai/DeepSeek-V3", "deepseek-ai/DeepSeek-V3"),
        ("<https://github.com/vllm-project/vllm/blob/main/LICENSE>", "vllm"),
        (rights("DeepSeek"), "deepseek"),
        (rights("Alibaba Cloud", mark="(c)"), "alibaba"),
        (rights("Hugging Face", mark="\N{COPYRIGHT SIGN}"), "hugging face"),
        ("Portions of it are by Tencent", "tencent"),
        ("DeepSeek의 코드를 포함합니다", "deepseek"),
        ("vLLM을 수정했습니다", "vllm"),
        ("包含智谱的代码", "智谱"),
        ("timm", "timm"),
    ],
)
def test_a_line_names_a_project_or_else_a_holder(line: str, name: str) -> None:
    assert names(f"{line}\n") == [name]


@pytest.mark.parametrize(
    "line",
    [
        rights("Hanbit Inc."),
        rights("Timm Garam"),
        "We thank DeepSeek for their advice",
        "Licensed to us; write to facebook.com/hanbit",
        "Licensed by support@openai.com",
        "Contains deepseekers",
        "https://github.com/pytorch/pytorch",
        "https://github.com/google/hanbit",
        "https://www.apache.org/licenses/LICENSE-2.0",
        "https://github.com/garam/hanbit",
        "https://github.com/vllm-project/vllm/issues/1",
        "Transformers of the power grid",
        "",
    ],
)
def test_a_line_that_only_mentions_somebody_is_left_alone(line: str) -> None:
    assert names(f"{line}\n") == []


def test_a_project_has_its_license_and_a_holder_its_country() -> None:
    (project, _, _), (holder, _, _) = named(f"vLLM\n{rights('Baidu')}\n")

    assert (project.developer, project.expression) == ("vLLM project", "Apache-2.0")
    assert (holder.developer, holder.country, holder.project) == ("Baidu", "CN", "")


def test_each_line_is_told_with_its_number_and_words() -> None:
    found = named("Notices\r\n\r\n   Includes   vLLM  \r\nnothing\r\nand SGLang")

    assert [(number, says) for _, number, says in found] == [(3, "Includes vLLM"), (5, "and SGLang")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949"])
def test_the_encoding_does_not_matter(encoding: str) -> None:
    assert [one[1:] for one in named("고지\nvLLM 포함\n".encode(encoding))] == [(2, "vLLM 포함")]


def test_a_long_line_is_shown_in_part() -> None:
    ((_, _, says),) = named("includes " + "more " * 200 + "vLLM")

    assert len(says) == 200


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("x\n" * notice_lines.MOST_LINES, False),
        ("x\n" * notice_lines.MOST_LINES + "vLLM", True),
        ("x" * notice_lines.LONGEST_LINE, False),
        ("x" * notice_lines.LONGEST_LINE + " vLLM", True),
    ],
)
def test_what_is_left_unread_is_told(text: str, is_cut: bool) -> None:
    assert notice_lines.named_in(text.encode()) == ([], is_cut)


WORDS = [
    "includes",
    "vLLM",
    "https://",
    "github.com/",
    "sgl-project",
    "/",
    "sglang",
    "deepseek",
    "©",
    "\n",
    " ",
    "ı",
    "K",
]


@given(st.binary(max_size=150) | st.lists(st.sampled_from(WORDS), max_size=30).map("".join).map(str.encode))
def test_any_bytes_are_read(content: bytes) -> None:
    for one, number, says in named(content):
        assert one.known
        assert number >= 1
        assert 1 <= len(says) <= 200


@pytest.mark.parametrize(
    "unit", ["includes ", "https://a.b/c/d ", "a/", "t", "가", "https://", "vLLM ", "\n", "\0"]
)
def test_half_a_megabyte_of_anything_is_read(unit: str) -> None:
    assert len(named(unit * (500_000 // len(unit.encode())))) <= 1
