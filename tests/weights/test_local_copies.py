"""Which folder a base model's name points to."""

from compliance.weights.local_copies import LocalCopies, LocalCopy

COPIES = LocalCopies(
    ["", "chat", "hub/models--hanbit--garam/snapshots/1", "hub/models--hanbit--garam/snapshots/2", "x/hanbit/sol"]
)


def test_every_snapshot_of_a_cache_is_a_copy_and_the_asked_one_goes_before() -> None:
    assert [one.folder[-1] for one in COPIES.of("hanbit/garam", "chat")] == ["1", "2"]
    assert COPIES.of("hanbit/garam@2", "chat") == [LocalCopy("hub/models--hanbit--garam/snapshots/2", "cache")]
    assert {one.other_revision for one in COPIES.of("hanbit/garam", "chat", "9")} == {True}


def test_a_path_may_lead_to_the_root_and_never_outside() -> None:
    assert COPIES.of("..", "chat") == [LocalCopy("", "path")]
    assert COPIES.of("../..", "chat") == []
    assert COPIES.of("/", "chat") == []


def test_a_folder_is_no_copy_of_itself() -> None:
    assert COPIES.of("hanbit/sol", "x/hanbit/sol") == []
    assert COPIES.of(".", "chat") == []


def test_a_last_part_that_two_folders_have_leads_nowhere() -> None:
    assert LocalCopies(["a/garam", "b/garam"]).of("garam", "c") == []


def test_a_dataset_is_no_model() -> None:
    folders = ["datasets--hanbit--corpus/snapshots/1"]

    assert LocalCopies(folders).of("hanbit/corpus", "") == []
    assert len(LocalCopies(folders, "dataset").of("hanbit/corpus", "")) == 1
