"""Python lock files and manifests that ScanCode doesn't read: uv, PEP 751, PDM, Pixi, dependency groups, Conda."""

import re
from collections.abc import Callable, Iterator

from compliance.detectors.detector import ExaminedFile
from compliance.licenses import declared
from compliance.model.finding import Finding
from compliance.model.skip import Skip
from compliance.model.skip_words import first_findings, not_utf_8, over_bytes
from compliance.model.text import Text

MAX_BYTES = 16 * 1024 * 1024
MAX_FINDINGS = 50_000

_READERS = {
    "pdm.lock": "pdm",
    "pixi.lock": "pixi_lock",
    "pixi.toml": "pixi",
    "pyproject.toml": "pyproject",
    "pylock.toml": "pylock",
    "uv.lock": "uv",
}
_PYLOCK = re.compile(r"pylock\.[^.]+\.toml")
_CONDA = re.compile(
    r"(?!.*conda-lock\.)(?:.*environment.*|(?:.*[-_.])?env(?:[-_.].*)?|.*conda.*)\.ya?ml", re.IGNORECASE
)
"""Not conda-lock's own file, which lists no environment and takes half a minute to be parsed."""

Reader = Callable[[str], Iterator[Finding | Skip]]


class PythonLocks:
    """Reads with the standard library's TOML, packaging's pylock and our own YAML reader."""

    name = "python-locks"
    version = f"2+declared-{declared.VERSION}"

    def wants(self, path: str, size: int) -> bool:
        """Files with the names that the tools give them; Conda environments by the usual patterns."""
        return size > 0 and bool(_format(path))

    def name_key(self, path: str) -> str:
        """The format that the name stands for."""
        return _format(path)

    def prepare(self) -> None:
        """Import the readers."""
        from compliance import yaml_documents  # noqa: F401  # loaded here so that forked workers share it
        from compliance.detectors.python_locks import conda, lock_files, pixi, pyproject  # noqa: F401

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """Dependencies with their scopes; the license of a locked package where the lock file has it."""
        from compliance.detectors.python_locks.toml_files import UnreadableFileError

        if file.size > MAX_BYTES:
            yield Skip.of("too-large", over_bytes(file.size, MAX_BYTES))
            return
        content = file.read(MAX_BYTES)
        seen: set[Finding | Skip] = set()
        # ValueError: names and addresses that no purl can hold.
        try:
            text = content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
            for found in _reader(_format(file.path))(text):
                if len(seen) == MAX_FINDINGS:
                    yield Skip.of("truncated", first_findings(MAX_FINDINGS))
                    return
                if found not in seen:
                    seen.add(found)
                    yield found
        except UnreadableFileError as error:
            yield error.skip()
        except UnicodeDecodeError as error:
            yield Skip.of("malformed", not_utf_8(error))
        except ValueError as error:
            said = str(error)[:200]
            yield Skip.of(
                "malformed",
                Text(en=f"a name that no package can have: {said}", ko=f"패키지 이름이 될 수 없는 이름: {said}"),
            )


def _format(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    if reader := _READERS.get(name):
        return reader
    if _PYLOCK.fullmatch(name):
        return "pylock"
    return "conda" if _CONDA.fullmatch(name) else ""


def _reader(format_name: str) -> Reader:
    from compliance.detectors.python_locks import conda, lock_files, pixi, pyproject

    readers: dict[str, Reader] = {
        "conda": conda.read,
        "pdm": lock_files.pdm,
        "pixi": pixi.manifest,
        "pixi_lock": pixi.lock,
        "pylock": lock_files.pylock,
        "pyproject": pyproject.read,
        "uv": lock_files.uv,
    }
    return readers[format_name]


DETECTOR = PythonLocks()
