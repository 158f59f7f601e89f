"""What one job does: every wanted detector over one file, each fault held to its own detector."""

import hashlib
from collections.abc import Callable, Mapping

import msgspec

from compliance.detectors.detector import ExaminedFile, FileDetector
from compliance.model.finding import Finding
from compliance.model.skip import Reason, Skip, refused
from compliance.model.text import Text

_LONGEST = 500
COLLECTED_AFTER = (100_000, 20, 20)
"""New objects after which Python looks for circles of them where files are examined: ScanCode's queries are some,
and hold a file's words and all its matches."""

Row = list[Finding | Skip]
"""What one detector says of one content."""

encode_row: Callable[[Row], bytes] = msgspec.msgpack.Encoder().encode
"""A row as it is sent between processes and cached."""
decode_row = msgspec.msgpack.Decoder(Row).decode
ROW_FORMAT = hashlib.sha256(msgspec.json.encode(msgspec.json.schema(Row), order="deterministic")).hexdigest()[:12]
"""Changes with the shape of findings, so that rows of another shape count as absent."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One file and the detectors that must look at it."""

    number: int
    file: ExaminedFile
    detectors: tuple[str, ...]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job."""

    number: int
    rows: dict[str, bytes] = {}
    """Encoded rows by detector; a detector that failed has none."""
    failures: dict[str, Skip] = {}
    """Unplaced skips by detector, for what went wrong on this machine and so must not be cached."""


def perform(job: Job, detectors: Mapping[str, FileDetector]) -> Outcome:
    """Run the job's detectors over its file. Never raises for what the file holds."""
    rows: dict[str, bytes] = {}
    failures: dict[str, Skip] = {}
    for name in job.detectors:
        try:
            rows[name] = encode_row(list(detectors[name].detect(job.file)))
        except MemoryError:
            failures[name] = Skip.of(
                "out-of-memory", Text(en=f"{name}: over the memory cap", ko=f"{name}: 메모리 한도 초과")
            )
        except OSError as error:
            failures[name] = refused(error)
        except Exception as error:  # a detector's fault must not cost the others' findings
            fault = f"{name}: {type(error).__name__}: {error}"
            failures[name] = Skip.of(
                "detector-failed",
                Text(en=fault[:_LONGEST], ko=f"탐지기 오류: {fault}"[:_LONGEST]),
            )
    return Outcome(number=job.number, rows=rows, failures=failures)


def failed(job: Job, reason: Reason, said: Text) -> Outcome:
    """The outcome of a job that didn't come back."""
    return Outcome(number=job.number, failures={name: Skip.of(reason, said) for name in job.detectors[:1]})
