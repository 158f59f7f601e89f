"""Sentences that look as if they had not been translated."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from compliance import yaml_documents
from compliance.errors import Fault
from compliance.model.text import Text

_HANGUL = re.compile("[가-힣ㄱ-ㆎ]")
_SENTENCES = ("message", "remedy", "why")


def warnings(root: Any) -> Iterator[Fault]:
    """Sentences of the policy file whose nodes are `root` that are in the other language, or the same in both."""
    yield from _of(root, "description")
    for rule in root.get("rules", []):
        for field in _SENTENCES:
            yield from _of(rule, field)


def _of(node: Any, field: str) -> Iterator[Fault]:
    sentence = node.get(field)
    if not isinstance(sentence, Mapping):
        return
    english, korean = str(sentence.get("en", "")), str(sentence.get("ko", ""))
    if english.strip() == korean.strip():
        yield Fault(*yaml_documents.position(sentence, "ko"), _SAME)
        return
    if not _HANGUL.search(korean):
        yield Fault(*yaml_documents.position(sentence, "ko"), _NOT_KOREAN)
    if _HANGUL.search(english):
        yield Fault(*yaml_documents.position(sentence, "en"), _NOT_ENGLISH)


_SAME = Text(
    en="the Korean text is the same as the English one; translate it",
    ko="한국어 문장이 영어 문장과 같음: 번역하세요",
)
_NOT_KOREAN = Text(en="the Korean text has no Hangul; translate it", ko="한국어 문장에 한글이 없음: 번역하세요")
_NOT_ENGLISH = Text(en="the English text has Hangul in it; translate it", ko="영어 문장에 한글이 있음: 번역하세요")
