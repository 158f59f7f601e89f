"""What would change, as one HTML file that needs nothing else."""

from compliance.language import Language
from compliance.model.replay import Replay
from compliance.model.text import Text
from compliance.reporters import replay_words
from compliance.reporters.report.templates import page_of
from compliance.reporters.terminal_text import visible
from compliance.reporters.verdict_words import question


def replay_page(replayed: Replay, language: Language) -> str:
    """`replayed` as a page in `language`, which loads and runs nothing and shows what was scanned as text."""

    def said(text: Text) -> str:
        return visible(text.in_language(language))

    return page_of(
        "replay.html",
        {
            "language": language,
            "words": replay_words,
            "replay": replayed,
            "changed": replayed.changed,
            "unchanged": [one for one in replayed.documents if not one.changes],
            "said": said,
            "shown": visible,
            "asked": lambda change: question(change.axis, [change.target], language),
        },
    )
