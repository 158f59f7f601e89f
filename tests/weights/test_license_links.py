"""Where a card's link to its license leads."""

import pytest

from compliance.weights.license_links import LinkTarget, target
from compliance.weights.local_copies import LocalCopies

FILES = frozenset({"garam/LICENSE", "garam/docs/LICENSE.md", "sol/LICENSE", "LICENSE"})
COPIES = LocalCopies(["garam", "hanbit/garam", "models--hanbit--sol/snapshots/1"])


def led(link: str, card: str = "garam/README.md", files: frozenset[str] = FILES) -> LinkTarget:
    return target(link, card, files, COPIES)


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("LICENSE", "garam/LICENSE"),
        ("./LICENSE", "garam/LICENSE"),
        ("docs/LICENSE.md#use", "garam/docs/LICENSE.md"),
        ("../LICENSE", "LICENSE"),
        ("https://huggingface.co/hanbit/garam/blob/main/LICENSE", "garam/LICENSE"),
        ("https://huggingface.co/other/garam/resolve/main/docs/LICENSE.md", "garam/docs/LICENSE.md"),
    ],
)
def test_a_link_to_a_file_at_hand_leads_there(link: str, path: str) -> None:
    assert (led(link).kind, led(link).path) == ("file", path)


def test_a_link_to_another_copy_at_hand_leads_there() -> None:
    path = "models--hanbit--sol/snapshots/1/LICENSE"
    link = "https://huggingface.co/hanbit/sol/blob/main/LICENSE"

    assert led(link, files=frozenset({path})) == LinkTarget("file", path, "address of another repository at hand")
    assert led(link).kind == "missing"


def test_a_link_to_a_file_that_should_be_here_is_missing() -> None:
    assert led("LICENSE.txt") == LinkTarget("missing", "garam/LICENSE.txt", "relative link")
    assert led("https://huggingface.co/hanbit/garam/blob/main/TERMS.md").kind == "missing"


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/LICENSE",
        "https://huggingface.co/meta-llama/Llama-3.1-8B/blob/main/LICENSE",
        "https://huggingface.co/hanbit/garam",
        "https://huggingface.co/datasets/hanbit/garam/blob/main/LICENSE",
        "../../outside",
        "mailto:team@hanbit.invalid",
        "",
    ],
)
def test_everything_else_is_elsewhere(link: str) -> None:
    assert led(link).kind == "elsewhere"


def test_at_the_root_nothing_says_whose_copy_it_is_so_a_file_that_is_there_counts() -> None:
    link = "https://huggingface.co/hanbit/other/blob/main/LICENSE"

    assert led(link, "README.md").path == "LICENSE"
    assert led(link, "README.md", frozenset()).kind == "elsewhere"
