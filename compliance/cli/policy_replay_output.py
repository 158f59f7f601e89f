"""What would change under another policy or on another day, for a terminal."""

from collections.abc import Sequence

from compliance.cli.laid_out_lines import Lines
from compliance.language import Language
from compliance.model.replay import Replay, VerdictChange
from compliance.reporters import replay_words
from compliance.reporters.terminal_text import padded, usual_cells
from compliance.reporters.verdict_words import question

_MARKS = {"graver": "▲", "milder": "▽", "other": " "}


def changes(replayed: Replay, language: Language, width: int) -> str:
    """The verdicts and violations that change, and the documents that could not be judged."""
    said = Lines(language, width)
    for label, line in zip(
        (replay_words.BEFORE, replay_words.AFTER), replay_words.policies(replayed), strict=True
    ):
        said.row(label, line, 8)
    said.line("")
    _verdicts(said, replayed)
    said.line("")
    _rules(said, replayed)
    if replayed.skipped:
        said.line("")
        said.flow(replay_words.SKIPPED_HEADING.in_language(language))
        for skip in replayed.skipped:
            said.marked("-", f"{skip.path}: {skip.detail}", 2)
    said.line("")
    said.flow(replay_words.summary(replayed).in_language(language))
    return said.text()


def _verdicts(said: Lines, replayed: Replay) -> None:
    if not replayed.changed:
        said.flow(replay_words.NO_CHANGE.in_language(said.language))
        return
    said.flow(replay_words.VERDICTS_HEADING.in_language(said.language))
    for document in replayed.changed:
        said.flow(f"{replay_words.subject(document)} ({document.file})")
        rows = [_row(change, said.language) for change in document.changes]
        _table(said, rows)


def _row(change: VerdictChange, language: Language) -> tuple[str, str, str]:
    before, after = (replay_words.verdict(one).in_language(language) for one in (change.before, change.after))
    asked = question(change.axis, [change.target], language)
    return f"{_MARKS[replay_words.direction(change)]} {asked}", f"{before} → {after}", ", ".join(change.rules)


def _rules(said: Lines, replayed: Replay) -> None:
    if not replayed.rules:
        said.flow(replay_words.NO_VIOLATION_CHANGES.in_language(said.language))
        return
    said.flow(replay_words.RULES_HEADING.in_language(said.language))
    heading = [
        replay_words.RULE.in_language(said.language),
        *(word.in_language(said.language) for _, word in replay_words.EFFECTS),
    ]
    rows = [[one.rule, *(f"{getattr(one, name):,}" for name, _ in replay_words.EFFECTS)] for one in replayed.rules]
    _table(said, [heading, *rows])


def _table(said: Lines, rows: Sequence[Sequence[str]]) -> None:
    widths = [max(usual_cells(row[column]) for row in rows) + 2 for column in range(len(rows[0]))]
    for row in rows:
        said.cut("  " + "".join(padded(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip())
