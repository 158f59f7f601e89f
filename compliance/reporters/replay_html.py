"""What would change, as one HTML file that needs nothing else. The one adapter of jinja2."""

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from compliance.language import Language
from compliance.model.replay import Replay
from compliance.model.text import Text
from compliance.reporters import replay_words
from compliance.reporters.terminal_text import visible
from compliance.reporters.wording import question

if TYPE_CHECKING:
    from jinja2 import Template


def replay_page(replayed: Replay, language: Language) -> str:
    """`replayed` as a page in `language`, which loads and runs nothing and shows what was scanned as text."""

    def said(text: Text) -> str:
        return visible(text.in_language(language))

    return _template().render(
        language=language,
        words=replay_words,
        replay=replayed,
        changed=replayed.changed,
        unchanged=[one for one in replayed.documents if not one.changes],
        said=said,
        shown=visible,
        asked=lambda change: question(change.axis, [change.target], language),
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined  # loaded by those alone who want a page

    source = resources.files("compliance.reporters").joinpath("templates/replay.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)
