"""What a subject may be, and what is said where it is none of that."""

import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from compliance.errors import ComplianceError, ConfigurationError, SubjectError
from compliance.sources.opening import Submission, open_submission
from compliance.sources.source import Members
from tests.sources.repositories import git, repository, walked, write


def _submission(folder: Path, text: str) -> Path:
    file = folder / "submission.yaml"
    file.write_text(text)
    return file


def _paths(submission: Submission) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in submission.sources:
        with one.open() as source:
            found[one.name] = [file.path for file in source.files(Members(skipped=[], findings=[]))]
    return found


def test_a_subject_that_is_not_there_is_an_error_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(SubjectError) as caught:
        open_submission(tmp_path / "missing")
    assert "no such file" in caught.value.message.en
    assert "없음" in caught.value.message.ko


def test_a_revision_of_anything_but_git_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "a"})
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.py", "a")
    for subject in (tmp_path, tmp_path / "a.zip"):
        with pytest.raises(SubjectError, match="revision needs a git repository"):
            open_submission(subject, revision="main")


def test_a_file_that_is_no_archive_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "text"})
    with pytest.raises(SubjectError, match="not an archive"):
        open_submission(tmp_path / "a.txt")


def test_a_single_source_has_no_name_and_the_submission_has_the_folders(tmp_path: Path) -> None:
    folder = tmp_path / "team-a"
    folder.mkdir()
    submission = open_submission(folder)
    assert (submission.team, submission.name, [one.name for one in submission.sources]) == (None, "team-a", [""])


def test_the_current_folder_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_submission(Path()).name == tmp_path.name
    assert open_submission(Path()).sources[0].reference.path == "."


def test_a_submission_file_names_sources_of_every_kind(tmp_path: Path) -> None:
    repository(tmp_path / "repo", {"code.py": "c"})
    write(tmp_path, {"model/model.safetensors": "w", "papers/p.md": "p", "plain/a.py": "a"})
    with tarfile.open(tmp_path / "old.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "plain" / "a.py", "a.py")
    file = _submission(
        tmp_path,
        """\
team: Hanbit
name: Hanbit 32B
sources:
  - {name: code, path: repo, revision: main}
  - {name: model, kind: model-snapshot, path: model}
  - {name: papers, path: papers}
  - {name: old, path: ./old.tar.gz}
""",
    )
    submission = open_submission(file)
    assert (submission.team, submission.name) == ("Hanbit", "Hanbit 32B")
    assert _paths(submission) == {
        "code": ["code.py"],
        "model": ["model.safetensors"],
        "papers": ["p.md"],
        "old": ["a.py"],
    }
    assert [(one.reference.kind, one.reference.path, one.reference.revision) for one in submission.sources] == [
        ("git", "repo", git(tmp_path / "repo", "rev-parse", "HEAD")),
        ("model-snapshot", "model", None),
        ("directory", "papers", None),
        ("archive", "./old.tar.gz", None),
    ]


def test_the_team_stands_in_for_a_missing_name(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    assert open_submission(_submission(tmp_path, "team: T\nsources: [{name: a, path: x}]\n")).name == "T"


def test_the_kind_directory_makes_a_repository_a_plain_folder(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {".gitignore": "*.log\n"})
    write(repo, {"a.log": "a"})
    file = _submission(tmp_path, "team: T\nsources: [{name: a, kind: directory, path: repo}]\n")
    assert _paths(open_submission(file)) == {"a": [".gitignore", "a.log"]}


def test_every_mistake_is_named_with_its_place(tmp_path: Path) -> None:
    file = _submission(
        tmp_path,
        """\
team: ""
nmae: x
sources:
  - name: a/b
    kind: zip
    path: x
  - path: 7
  - name: twice
    path: x
  - name: twice
    path: x
    branch: main
  - text
""",
    )
    with pytest.raises(ConfigurationError) as caught:
        open_submission(file)
    places = [(fault.line, fault.message.en.split(";")[0]) for fault in caught.value.faults]
    assert [line for line, _ in places] == [1, 2, 4, 5, 7, 7, 11, 12, 13]
    assert "nmae" in dict(places)[2]
    assert caught.value.lines("ko")[0].startswith(f"{file}:1:")
    assert all("고치세요" in fault.message.ko or "쓰세요" in fault.message.ko or "항목" in fault.message.ko
               for fault in caught.value.faults)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "team: x\n",
        "team: x\nsources: []\n",
        "team: x\nsources: a\n",
        "a: [",
        "a: 1\na: 2\n",
        "!!python/x a\n",
    ],
)
def test_a_file_that_is_no_submission_is_a_wrong_configuration(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_submission(_submission(tmp_path, text))
    assert caught.value.faults


def test_a_submission_file_that_is_not_utf8_is_a_wrong_configuration(tmp_path: Path) -> None:
    (tmp_path / "submission.yaml").write_bytes("team: 한빛".encode("cp949"))
    with pytest.raises(ConfigurationError):
        open_submission(tmp_path / "submission.yaml")


def test_all_sources_that_can_not_be_opened_are_named_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"plain/a.py": "a", "file.txt": "f"})
    file = _submission(
        tmp_path,
        """\
team: T
sources:
  - {name: a, path: missing}
  - {name: b, path: plain, revision: main}
  - {name: c, path: file.txt}
  - {name: d, kind: git, path: plain}
  - {name: e, kind: archive, path: plain}
  - {name: f, kind: directory, path: file.txt}
""",
    )
    with pytest.raises(SubjectError) as caught:
        open_submission(file)
    assert [fault.line for fault in caught.value.faults] == [3, 4, 5, 6, 7, 8]


def test_the_revision_of_a_submission_file_is_an_error(tmp_path: Path) -> None:
    file = _submission(tmp_path, "team: T\nsources: [{name: a, path: .}]\n")
    with pytest.raises(SubjectError, match="submission file"):
        open_submission(file, revision="main")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SubjectError):
        open_submission(tmp_path / "pipe")


def test_a_link_to_a_folder_is_that_folder(tmp_path: Path) -> None:
    write(tmp_path, {"real/a.py": "a"})
    (tmp_path / "link").symlink_to("real")
    assert walked(tmp_path / "link").paths == ["a.py"]
    assert open_submission(tmp_path / "link").name == "link"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (
            "team: T\nsources:\n  - {name: a, kind: environment, path: x}\n",
            (3, 21),
            "one of directory, git, archive",
        ),
        ("team: T\nsources:\n  - {name: environment, path: x}\n", (3, 12), "installed environment"),
        ("team: T\nsources: [{name: a, path: x}]\n#" + "x" * 4_000_000, (1, 1), "more than 4,000,000 bytes"),
    ],
)
def test_what_a_submission_file_can_not_say_is_a_fault_at_its_place(
    tmp_path: Path, text: str, place: tuple[int, int], words: str
) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(ConfigurationError) as caught:
        open_submission(_submission(tmp_path, text))
    (fault,) = caught.value.faults
    assert ((fault.line, fault.column), words in fault.message.en) == (place, True)


@pytest.mark.parametrize(
    "text",
    [
        'team: T\nsources: [{name: a, path: "miss\\e[2Jing"}]\n',
        'team: T\nsources: [{name: a, path: ".", revision: "\\e[2J"}]\n',
        'team: T\n"\\e[2J": x\nsources: [{name: a, path: "."}]\n',
        '"\\e[2J": x\n"\\e[2J": y\n',
    ],
)
def test_control_characters_of_a_submission_file_reach_no_message(tmp_path: Path, text: str) -> None:
    with pytest.raises(ComplianceError) as caught:
        open_submission(_submission(tmp_path, text))
    said = [caught.value.message, *(fault.message for fault in caught.value.faults)]
    assert all(one.en.isprintable() and one.ko.isprintable() for one in said)


def test_control_characters_of_names_on_disk_reach_no_message(tmp_path: Path) -> None:
    model = tmp_path / "models--t--m"
    for name in ("\x1b[2J", "b\n"):
        (model / "snapshots" / name).mkdir(parents=True)
    for subject in (model, tmp_path / "missing\x1b"):
        with pytest.raises(SubjectError) as caught:
            open_submission(subject)
        assert caught.value.message.en.isprintable()
        assert caught.value.message.ko.isprintable()
