"""Notices of origins, written as evidence and read back."""

from hypothesis import given
from hypothesis import strategies as st

from compliance.model import origin_notice
from compliance.model.evidence import Statement
from compliance.model.finding import Origin
from compliance.model.origin_notice import OriginNotice

HOLDERS = st.lists(st.text(min_size=1, max_size=50), max_size=5, unique=True)


@given(HOLDERS, st.none() | st.just("Apache-2.0"), st.booleans())
def test_what_is_written_is_read_back(holders: list[str], expression: str | None, changes: bool) -> None:
    evidence = origin_notice.statements(holders=holders, expression=expression, changes_stated=changes)

    assert origin_notice.read(evidence) == OriginNotice(
        holders=tuple(holders), expression=expression, changes_stated=changes
    )


def test_a_file_without_notices_differs_from_one_that_nobody_looked_at() -> None:
    assert origin_notice.read(origin_notice.statements()) == OriginNotice()
    assert origin_notice.read((Statement(field="license", says="MIT"),)) is None


def test_whether_the_examined_file_states_changes_is_known_only_if_somebody_looked() -> None:
    assert origin_notice.states_changes([origin_notice.changes_here("adapted from x", (3, 3))]) is True
    assert origin_notice.states_changes([origin_notice.changes_here(None)]) is False
    assert origin_notice.states_changes([]) is None


def test_an_origin_is_called_by_project_release_and_file() -> None:
    member = Origin(family="f", project="p", version="1.0", path="a/b.py", relation="derived", role="direct")

    assert origin_notice.name_of(member) == "p 1.0 a/b.py"
    assert origin_notice.name_of(Origin(family="f", project="p", relation="derived", role="direct")) == "p"
