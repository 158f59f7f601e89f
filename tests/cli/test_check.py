"""`compliance check` as a user runs it: a hostile repository, broken files, and what comes out."""

import os
import signal
import subprocess
import sys
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from compliance.licenses import term_files
from compliance.licenses.scancode import scancode_version
from compliance.weights import families
from tests.cli.command import Finished, compliance, known_code
from tests.samples.team_repository import commit_all, git

pytestmark = pytest.mark.slow

HYGIENE = ("--policy", "open-source-hygiene")
ESCAPE = "evil\x1b[31m\nname.py"
LICENSED = '"""Adds."""\n# SPDX-License-Identifier: MIT\n# Copyright (c) 2025 Team Hanbit\n\nprint(1 + 1)\n'


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@dataclass(frozen=True, slots=True)
class Checked:
    """A repository and what a check of it said."""

    folder: Path
    marker: Path
    finished: Finished

    @property
    def report(self) -> Any:
        return self.finished.json

    def skipped(self) -> dict[str, str]:
        return {one["path"]: one["reason"] for one in self.report["skipped"]}

    def findings(self, path: str, kind: str) -> list[Any]:
        return [one for one in self.report["findings"] if one["path"] == path and one["kind"] == kind]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    for name in ("a.py", "b.py"):
        (folder / name).write_text(LICENSED)
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Checked:
    """Everything that a hostile or broken repository may hold, examined once."""
    folder = tmp_path_factory.mktemp("hostile")
    marker = folder.parent / "executed"
    (folder / "good.py").write_text(LICENSED)
    (folder / ESCAPE).write_text(LICENSED)
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.py")).write_text(LICENSED)
    (folder / "latin1.py").write_bytes(b"# caf\xe9\n# SPDX-License-Identifier: ISC\n")
    (folder / "README.md").write_text("---\nlicense: mit\nlicense: other\n---\n")
    (folder / "config.json").write_text('{"model_type": "qwen2", ')
    (folder / "model.safetensors").write_bytes(b"\x10\0\0\0\0\0\0\0{}")
    (folder / "loop").symlink_to("loop")
    (folder / "outside").symlink_to("/etc/hostname")
    (folder / "pointer.bin").write_text(
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"
    )
    commit_all(folder, "Add everything")
    hook = folder.parent / "hook"
    hook.write_text(f"#!/bin/sh\ntouch {marker}\n")
    hook.chmod(0o755)
    for setting in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "diff.external", "core.pager"):
        git(folder, "config", setting, str(hook))
    git(folder, "config", "core.hooksPath", str(folder.parent))
    (folder / ".gitattributes").write_text("* filter=x diff=x\n")
    marker.unlink(missing_ok=True)
    return Checked(folder, marker, compliance("check", folder, *HYGIENE, "--format", "json", cache=cache))


def test_a_clean_folder_is_0(clean: Path, cache: Path) -> None:
    finished = compliance("check", clean, *HYGIENE, cache=cache)

    assert (finished.status, finished.stderr.count("Traceback")) == (0, 0), finished


def test_a_violation_is_1(clean: Path, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("# SPDX-License-" + "Identifier: SSPL-1.0\nprint()\n")

    assert compliance("check", tmp_path, *HYGIENE, cache=cache).status == 1


def test_something_unexamined_is_3(hostile: Checked) -> None:
    assert hostile.finished.status == 3, hostile.finished.stderr
    assert {one["verdict"] for one in hostile.report["verdicts"]} == {"incomplete"}


def test_an_empty_folder_is_3_since_nothing_was_seen(tmp_path: Path, cache: Path) -> None:
    finished = compliance("check", tmp_path, *HYGIENE, "--format", "json", cache=cache)

    assert finished.status == 3
    assert [one["reason"] for one in finished.json["skipped"]] == ["empty"]


def test_two_inventories_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "same.json" for folder in ("a", "b")]

    finished = compliance("assess", *paths, "--output", tmp_path / "out")

    assert finished.status == 2
    assert not (tmp_path / "out").exists()


def test_a_reader_that_goes_away_does_not_hide_a_violation(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("# SPDX-License-" + "Identifier: SSPL-1.0\nprint()\n")
    compliance("check", tmp_path, *HYGIENE, cache=cache)
    command = [sys.executable, "-m", "compliance", "check", str(tmp_path), *HYGIENE, "--quiet"]
    environment = {**os.environ, "COMPLIANCE_CACHE_DIR": str(cache)}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    running.stdout.close()

    _, complaints = running.communicate()
    assert (running.returncode, complaints) == (1, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "/nonexistent/folder"),
        ("check", ".", "--no-such-option"),
        ("check", ".", "--format", "nonsense"),
        ("check", ".", "--date", "yesterday"),
        ("check", ".", "--policy", "no-such-policy"),
        ("check", ".", "--format", "json", "--format", "sarif"),
        ("check", "/etc", "--revision", "HEAD"),
        ("assess", "/nonexistent.json"),
        ("nonsense",),
        ("check", ""),
        ("check", ".", "--timeout", "inf"),
        ("scan", ".", "tests"),
        ("scan", ".", "../x/a", "x/a", "--output", "policies"),
        ("scan", ".", "--serial", "--jobs", "2"),
        ("check", ".", "--serial", "--cluster", "tcp://127.0.0.1:9"),
    ],
)
@pytest.mark.parametrize("language", ["en_US.UTF-8", "ko_KR.UTF-8"])
def test_a_wrong_call_is_2_and_says_what_to_do(arguments: tuple[str, ...], language: str) -> None:
    finished = compliance(*arguments, LC_ALL=language)

    assert finished.status == 2
    assert finished.stderr.strip()
    assert "Traceback" not in finished.stderr


def test_nothing_in_the_repositorys_configuration_is_executed(hostile: Checked) -> None:
    assert not hostile.marker.exists()


def test_strange_names_are_examined_like_any_other(hostile: Checked) -> None:
    for path in (ESCAPE, "caf\\xe9.py"):
        assert [one["expression"] for one in hostile.findings(path, "license")] == ["MIT"]


def test_text_that_is_not_utf_8_is_examined(hostile: Checked) -> None:
    assert [one["expression"] for one in hostile.findings("latin1.py", "license")] == ["ISC"]


def test_each_thing_that_could_not_be_examined_is_listed_with_its_reason(hostile: Checked) -> None:
    assert hostile.skipped() == {
        "README.md": "malformed",
        "config.json": "malformed",
        "loop": "symlink",
        "model.safetensors": "malformed",
        "outside": "symlink",
        "pointer.bin": "lfs-pointer",
    }


def test_a_broken_file_is_reported_with_the_place(hostile: Checked) -> None:
    details = {one["path"]: one["detail"] for one in hostile.report["skipped"]}

    assert "line 3" in details["README.md"]
    assert "line 1" in details["config.json"]
    assert "at byte 0" in details["model.safetensors"]


def test_evidence_names_lines_rule_and_score(hostile: Checked) -> None:
    (finding,) = hostile.findings("good.py", "license")

    assert finding["lines"] == [2, 2]
    assert finding["evidence"][0]["rule"]
    assert finding["evidence"][0]["score"] == 100.0


def test_the_data_behind_the_findings_are_named(hostile: Checked) -> None:
    data = hostile.report["tool"]["data"]

    assert data["licenses"] == f"terms sha256:{term_files.data_version()}, families sha256:{families.DATA_VERSION}"
    assert data["scancode"] == scancode_version()


def test_two_runs_give_the_same_bytes(hostile: Checked, cache: Path) -> None:
    again = compliance("check", hostile.folder, *HYGIENE, "--format", "json", cache=cache)

    assert again.stdout == hostile.finished.stdout


def test_the_terminal_is_shown_no_control_characters(hostile: Checked, cache: Path) -> None:
    shown = compliance("check", hostile.folder, "--language", "ko", cache=cache)

    assert "\x1b" not in shown.stdout
    assert max(len(line) for line in shown.stdout.splitlines()) <= 80


def test_an_archive_of_the_same_files_has_the_same_licenses(clean: Path, cache: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "clean.tar.gz", "w:gz") as archive:
        archive.add(clean, arcname="clean")

    report = compliance("check", tmp_path / "clean.tar.gz", *HYGIENE, "--format", "json", cache=cache).json

    licenses = {one["path"]: one["expression"] for one in report["findings"] if one["kind"] == "license"}
    assert licenses == {"clean/a.py": "MIT", "clean/b.py": "MIT"}


def test_a_revision_is_examined_and_named(clean: Path, cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "a.py").write_text(LICENSED)
    commit_all(folder, "First")
    (folder / "a.py").write_text("print()\n")
    commit_all(folder, "Second")

    report = compliance("check", folder, "--revision", "HEAD~1", *HYGIENE, "--format", "json", cache=cache).json

    commit = git(folder, "rev-parse", "HEAD~1").strip()
    assert report["subject"]["sources"][0]["revision"] == commit
    assert {one["revision"] for one in report["findings"]} == {commit}
    assert [one["expression"] for one in report["findings"] if one["kind"] == "license"] == ["MIT"]


def test_a_submission_names_its_team_and_keeps_its_sources_apart(clean: Path, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "submission.yaml").write_text(
        f"team: Hanbit\nsources:\n  - {{name: code, path: {clean}}}\n  - {{name: more, path: {clean}}}\n"
    )

    report = compliance("check", tmp_path / "submission.yaml", *HYGIENE, "--format", "json", cache=cache).json

    assert report["subject"]["team"] == "Hanbit"
    assert {one["path"] for one in report["findings"]} == {"code/a.py", "code/b.py", "more/a.py", "more/b.py"}


def test_files_without_a_license_are_named_with_their_source(cache: Path, tmp_path: Path) -> None:
    code, docs = tmp_path / "code", tmp_path / "docs"
    for folder in (code, docs):
        folder.mkdir()
        (folder / "b.py").write_text("print(1)\n")
        (folder / "a.py").write_text("# SPDX-License-" + "Identifier: MIT\n")
    (tmp_path / "submission.yaml").write_text(
        f"team: Hanbit\nsources:\n- {{name: code, path: {code}}}\n- {{name: docs, path: {docs}}}\n"
    )

    counts = compliance("check", tmp_path / "submission.yaml", *HYGIENE, "--format", "json", cache=cache).json[
        "counts"
    ]

    assert counts["unlicensed"] == 2
    assert counts["unlicensed_paths"] == ["code/b.py", "docs/b.py"]


def test_scanning_and_then_assessing_says_the_same_as_checking(clean: Path, cache: Path, tmp_path: Path) -> None:
    stored = tmp_path / "inventory.json"
    scanned = compliance("scan", clean, "--output", stored, cache=cache)
    options = (*HYGIENE, "--format", "json", "--date", "2026-11-23")

    assessed = compliance("assess", stored, *options)

    assert scanned.status == 0
    assert assessed.stdout == compliance("check", clean, *options, cache=cache).stdout


def test_options_that_hold_everywhere_are_accepted_where_nothing_is_examined(
    clean: Path, cache: Path, tmp_path: Path
) -> None:
    stored = tmp_path / "inventory.json"
    compliance("scan", clean, "--output", stored, cache=cache)

    finished = compliance("assess", stored, *HYGIENE, "--jobs", "1", "--no-cache", "--quiet")

    assert finished.status == 0, finished.stderr


def test_several_formats_go_to_a_folder(clean: Path, cache: Path, tmp_path: Path) -> None:
    output = tmp_path / "reports"
    formats = ("--format", "json", "--format", "sarif", "--format", "console")

    finished = compliance("check", clean, *HYGIENE, *formats, "--output", output, cache=cache)

    assert finished.status == 0
    assert sorted(path.suffix for path in output.iterdir()) == [".json", ".sarif", ".txt"]


def test_an_unchanged_tree_loads_neither_scancode_nor_its_index(clean: Path, cache: Path) -> None:
    compliance("check", clean, *HYGIENE, cache=cache)
    script = (
        "import sys, runpy, atexit\n"
        "atexit.register(lambda: print(sorted(m for m in ('licensedcode', 'cluecode', 'packagedcode', 'numpy') "
        "if m in sys.modules), file=sys.stderr))\n"
        f"sys.argv = ['compliance', 'check', {str(clean)!r}, '--policy', 'open-source-hygiene', '--quiet', "
        f"'--no-shipped-origins', '--origins', {str(known_code())!r}]\n"
        "runpy.run_module('compliance', run_name='__main__')\n"
    )
    environment = {**os.environ, "COMPLIANCE_CACHE_DIR": str(cache)}
    finished = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False
    )

    assert finished.returncode == 0
    assert finished.stderr.strip().splitlines()[-1] == "[]"


def test_a_broken_cache_is_replaced_and_the_scan_is_right(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "findings-2.sqlite").write_bytes(b"broken" * 1000)

    finished = compliance("check", clean, *HYGIENE, "--format", "json", cache=tmp_path)

    assert finished.status == 0
    assert {one["expression"] for one in finished.json["findings"] if one["kind"] == "license"} == {"MIT"}


def test_a_broken_policy_lists_every_fault_with_its_place(tmp_path: Path) -> None:
    broken = Path(__file__).parents[1] / "policy" / "broken.yaml"

    finished = compliance("policy", "lint", broken)

    assert finished.status == 2
    assert len([line for line in finished.stderr.splitlines() if "broken.yaml:" in line]) >= 8


def test_a_cache_that_cannot_be_written_costs_only_time(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    finished = compliance("check", clean, *HYGIENE, cache=tmp_path / "file" / "cache")

    assert finished.status == 0
    assert "COMPLIANCE_CACHE_DIR" in finished.stderr


HEEDING = (
    sys.executable,
    "-c",
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])",
)
"""Runs what follows with interruptions heeded: jobs in a shell's background inherit that they are ignored."""


def signalled_check(clean: Path, tmp_path: Path, sent: signal.Signals) -> tuple[int, Path]:
    """The exit status of a check that gets a signal in the midst of its work, and its working folder."""
    for number in range(2_000):  # far more than can be done before the signal arrives
        (clean / f"part_{number}.py").write_text(f"{LICENSED}\n# part {number}\n")
    working_folder = tmp_path / "tmp"
    working_folder.mkdir()
    environment = {**os.environ, "COMPLIANCE_CACHE_DIR": str(tmp_path / "cache"), "TMPDIR": str(working_folder)}
    command = [*HEEDING, sys.executable, "-m", "compliance", "check", str(clean), *HYGIENE]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not any(working_folder.iterdir()):
        assert running.poll() is None, "the check ended before it began to work"
        time.sleep(0.01)
    running.send_signal(sent)
    running.communicate()
    return running.returncode, working_folder


def test_an_interrupted_check_is_neither_clean_nor_violated(clean: Path, tmp_path: Path) -> None:
    status, _ = signalled_check(clean, tmp_path, signal.SIGINT)

    assert status == 130


def test_a_home_that_cannot_be_written_stops_nothing(clean: Path) -> None:
    finished = compliance("check", clean, *HYGIENE, "--no-cache", HOME="/proc")

    assert finished.status == 0, finished.stderr


@pytest.mark.parametrize(("redirection", "status"), [("2>/dev/full", 2), ("2>&-", 2)])
def test_an_error_that_cannot_be_said_keeps_its_status(redirection: str, status: int) -> None:
    script = f"exec {sys.executable} -m compliance check /nonexistent {redirection}"

    assert subprocess.run(["sh", "-c", script], check=False, stdin=subprocess.DEVNULL).returncode == status


@pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
def test_a_report_that_cannot_be_written_is_never_0(redirection: str, clean: Path, cache: Path) -> None:
    environment = {**os.environ, "COMPLIANCE_CACHE_DIR": str(cache)}
    script = (
        f"exec {sys.executable} -m compliance check {clean} --policy open-source-hygiene --quiet {redirection}"
    )
    finished = subprocess.run(["sh", "-c", script], check=False, env=environment, capture_output=True, text=True)

    assert finished.returncode == 2
    assert "Traceback" not in finished.stderr


def test_a_device_named_as_output_is_written_and_not_replaced(clean: Path, cache: Path, tmp_path: Path) -> None:
    target = tmp_path / "real.json"
    target.write_text("old")
    (tmp_path / "link.json").symlink_to(target)

    compliance("scan", clean, "--output", tmp_path / "link.json", cache=cache)

    assert (tmp_path / "link.json").is_symlink()
    assert target.read_text().startswith("{")


def test_an_interruption_that_a_library_swallows_is_no_finished_run() -> None:
    script = (
        "import os, signal, sys\n"
        "from compliance.cli import application as module\n"
        "@module.application.command('swallow')\n"
        "def swallow():\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    except BaseException:\n"
        "        pass\n"
        "sys.argv = ['compliance', 'swallow']\n"
        "module.main()\n"
    )

    finished = subprocess.run([*HEEDING, sys.executable, "-c", script], check=False)

    assert finished.returncode == 130


def test_a_terminated_check_leaves_nothing_behind(clean: Path, tmp_path: Path) -> None:
    status, working_folder = signalled_check(clean, tmp_path, signal.SIGTERM)

    assert status == 128 + signal.SIGTERM
    assert list(working_folder.iterdir()) == []


def test_a_file_called_locale_in_a_folder_called_locale_is_examined(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "locale").write_text(LICENSED)

    report = compliance("check", tmp_path, *HYGIENE, "--format", "json", cache=cache).json

    assert report["skipped"] == []
    assert [one["expression"] for one in report["findings"] if one["kind"] == "license"] == ["MIT"]
