"""Large files of several kinds, for the curve of sizes, made at run time from real files."""

import itertools
import json
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.speed.distributions import pins, unpacked


def write(folder: Path, kind: str, size: int) -> Path:
    """A file of `kind` in `folder`, of `size` bytes or a line less."""
    name, make = _MADE[kind]
    path = folder / name
    path.write_bytes(make(size))
    return path


def joined(parts: Iterator[bytes], size: int) -> bytes:
    """Parts one after another until there are `size` bytes; the rest of the last one is left out."""
    content = bytearray()
    for part in parts:
        content += part
        if len(content) >= size:
            break
    return bytes(content[:size])


def one_line(documents: Iterator[object], size: int) -> bytes:
    """A JSON list in one line, of as many documents as `size` bytes hold."""
    texts: list[str] = []
    length = 2
    for document in documents:
        text = json.dumps(document)
        length += len(text) + 1
        if length > size and texts:
            break
        texts.append(text)
    return f"[{','.join(texts)}]".encode()


def _python(size: int) -> bytes:
    return joined(_contents("transformers", "*.py"), size)


def _markdown(size: int) -> bytes:
    return joined(_contents("npm", "*.md"), size)


def _minified(size: int) -> bytes:
    return joined(_contents("jupyterlab", "static/*.js"), size)


def _json(size: int) -> bytes:
    return one_line((json.loads(one) for one in _contents("npm", "package.json")), size)


def _license(size: int) -> bytes:
    return joined(itertools.cycle([next(_contents("npm", "LICENSE"))]), size)


def _random(size: int) -> bytes:
    return random.Random(size).randbytes(size)  # noqa: S311 - for bytes that say nothing, not for secrets


def _contents(package: str, pattern: str) -> Iterator[bytes]:
    """Of all files of the package that match, in the order of their paths, again and again."""
    pin = next(one for one in pins() if one.title.startswith(f"{package} "))
    paths = sorted(path for path in unpacked(pin).rglob(pattern) if path.is_file())
    return (path.read_bytes() for path in itertools.cycle(paths))


_MADE: Mapping[str, tuple[str, Callable[[int], bytes]]] = {
    "Python": ("large.py", _python),
    "JSON, one line": ("large.json", _json),
    "minified JavaScript": ("large.js", _minified),
    "Markdown": ("large.md", _markdown),
    "license text": ("large.txt", _license),
    "random bytes": ("large.bin", _random),
}
KINDS = tuple(_MADE)
