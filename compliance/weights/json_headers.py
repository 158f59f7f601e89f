"""JSON in the headers and indexes of weights: as quick as the standard library's, without duplicate keys or NaN.

Headers have a hundred thousand keys and no lines, so faults are placed by byte or by name.
"""

import json
from collections import Counter
from typing import Any

from compliance.weights.faults import malformed


def decoded(content: bytes, before: int = 0) -> dict[str, Any]:
    """The JSON object in `content`, each key once.

    Args:
        content: UTF-8.
        before: bytes of the file before it, for the places of faults.

    Raises:
        WeightFileError: it isn't an acceptable JSON object.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise malformed("it isn't UTF-8", "UTF-8이 아님", offset=before + error.start) from error
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = before + len(text[: error.pos].encode("utf-8", "replace"))
        raise malformed(f"it isn't JSON: {error.msg}", "JSON 형식이 아님", offset=place) from error
    except (RecursionError, ValueError) as error:
        said = "JSON nested too deep, or a number that is none", "JSON의 중첩이나 숫자가 한도를 넘음"
        raise malformed(*said, offset=before) from error
    if not isinstance(found, dict):
        raise malformed("it isn't a JSON object", "JSON 객체가 아님", offset=before)
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise malformed("the name occurs twice", "이름이 두 번 나옴", entry=twice)
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)
