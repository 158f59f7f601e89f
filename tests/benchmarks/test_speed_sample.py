"""The choice of the sample that speed is measured on."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.speed import sample
from benchmarks.speed.distributions import pins
from benchmarks.speed.kinds import LARGEST_OTHER, QUOTAS, kind_of
from benchmarks.speed.sample import Candidate, by_kind, choose, digest_of


def file(path: str, kind: str = "Python", size: int = 10) -> Candidate:
    return Candidate(path, kind, size, Path(path))


files = st.lists(
    st.builds(file, st.text("abc/", min_size=1), st.sampled_from(("Python", "JSON", "other"))),
    unique_by=lambda one: one.path,
)


@pytest.mark.parametrize(
    ("path", "content", "kind"),
    [
        ("numpy-2/LICENSE.txt", b"text", "license text"),
        ("django-5/django/licenses.py", b"import re", "Python"),
        ("spdx-license-list-6/package/licenses/MIT.json", b"{}", "license text"),
        ("debian-inspector-31/tests/data/dropbear.copyright", b"Format:", "Debian copyright"),
        ("npm-11/package/node_modules/tar/package.json", b"{}", "package manifest"),
        ("bootstrap-5/dist/js/bootstrap.min.js", b"!function", "minified"),
        ("vllm-0/csrc/cache.cu", b"__global__", "CUDA"),
        ("numpy-2/core/data.dat", b"\x93NUMPY\0", "binary"),
        ("numpy-2/Dockerfile", b"FROM", "other"),
    ],
)
def test_a_file_is_of_the_kind_that_its_name_and_first_bytes_say(path: str, content: bytes, kind: str) -> None:
    assert kind_of(path, content) == kind


@given(files, st.integers(0, 5))
def test_no_kind_has_more_files_than_its_quota_says(offered: list[Candidate], quota: int) -> None:
    chosen = choose(offered, {"Python": quota, "JSON": 1})
    counted = Counter(one.kind for one in chosen)
    assert counted["Python"] == min(quota, sum(one.kind == "Python" for one in offered))
    assert counted["JSON"] <= 1
    assert counted["other"] == 0


@given(files)
def test_the_choice_does_not_depend_on_the_order_of_what_is_offered(offered: list[Candidate]) -> None:
    assert choose(offered) == choose(offered[::-1])


@given(files)
def test_a_smaller_quota_takes_some_of_the_same_files(offered: list[Candidate]) -> None:
    assert set(choose(offered, {"Python": 1})) <= set(choose(offered, {"Python": 3}))


def test_larger_files_are_left_to_the_curves() -> None:
    assert choose([file("a", size=LARGEST_OTHER + 1), file("b", size=LARGEST_OTHER)]) == (
        file("b", size=LARGEST_OTHER),
    )


def test_the_digest_tells_paths_and_contents_in_any_order() -> None:
    both = [("a", b"1"), ("b", b"2")]
    assert digest_of(both) == digest_of(both[::-1])
    assert digest_of(both) != digest_of([("a", b"2"), ("b", b"1")])


def test_files_and_bytes_are_counted_by_kind() -> None:
    counted = by_kind([file("a", size=3), file("b", size=4)])
    assert counted["Python"] == (2, 7)
    assert counted["JSON"] == (0, 0)
    assert list(counted) == list(QUOTAS)


def test_every_package_is_pinned_by_digest() -> None:
    assert len(pins()) > 10
    assert all(len(pin.sha256) == 64 and pin.index in ("pypi", "npm") for pin in pins())
    assert "numpy 2.3.4" in [pin.title for pin in pins()]


def test_a_sample_beside_which_something_was_written_is_laid_out_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "SAMPLES", tmp_path / "samples")
    (tmp_path / "a.py").write_text("x = 1\n")
    chosen = [Candidate("numpy-2/a.py", "Python", 6, tmp_path / "a.py")]
    folder = sample.laid_out(chosen).folder
    (folder / "numpy-2" / "b.py").write_text("y = 2\n")

    assert sample.laid_out(chosen).folder == folder
    assert [one.name for one in folder.rglob("*.py")] == ["a.py"]
