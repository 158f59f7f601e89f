"""Detectors that do on purpose what real ones must survive, each asked for by a word in the file."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from compliance.detectors.detector import ExaminedFile, FileDetector
from compliance.model.finding import Finding, ModelCardFinding
from compliance.model.skip import Skip


class Words:
    """Finds the file's words, and obeys some of them."""

    name = "words"
    version = "1"

    def __init__(self, log: Path | None = None) -> None:
        self.prepared = 0
        self._log = log

    def wants(self, path: str, size: int) -> bool:
        return not path.endswith(".unwanted")

    def name_key(self, path: str) -> str:
        return ""

    def prepare(self) -> None:
        self.prepared += 1

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        if self._log:
            with self._log.open("a") as log:
                log.write(f"{file.path}\n")
        for word in file.read().decode().split():
            self._obey(word)
            if word == "broken":
                yield Skip(reason="malformed", detail="line 1: broken")
            else:
                yield ModelCardFinding(field="word", value=word)

    def _obey(self, word: str) -> None:
        match word:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "exit":
                os._exit(7)
            case "sleep":
                time.sleep(600)
            case "pause":
                time.sleep(0.03)
            case "grow":
                bytearray(64 << 30)
            case "raise":
                raise ValueError("as asked")
            case "print":
                print("noise on standard output", flush=True)
            case _:
                pass


class Begins(Words):
    """Finds the first words of a file, which it reads where it lies."""

    name = "begins"
    reads_headers_only = True

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        if self._log:
            with self._log.open("a") as log:
                log.write(f"{file.path}\n")
        with file.open() as stream:
            yield ModelCardFinding(field="word", value=stream.read(5).decode())


class Streams(Begins):
    """The same of a detector that may read a byte a second."""

    name = "streams"
    slowest = 1


class Lengths:
    """Finds the file's length, whatever stands in it."""

    name = "lengths"
    version = "1"

    def wants(self, path: str, size: int) -> bool:
        return not path.endswith(".unwanted")

    def name_key(self, path: str) -> str:
        return ""

    def prepare(self) -> None:
        """Nothing to prepare."""

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        yield ModelCardFinding(field="length", value=str(file.size))


@dataclass(frozen=True, slots=True)
class Fakes:
    """Makes these detectors in any process, of the version that the process's environment names."""

    log: Path | None = None

    def detectors(self) -> tuple[FileDetector, ...]:
        """Words, lengths, and the first words of weights."""
        words = Words(self.log)
        words.version = os.environ.get("VERSION_OF_WORDS", "1")
        return words, Lengths(), Begins(self.log)
