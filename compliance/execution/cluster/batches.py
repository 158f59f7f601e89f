"""Batches of small files as they are sent to a worker: by content, as MessagePack, with nothing to unpickle."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from compliance.detectors.detector import ExaminedFile
from compliance.execution.work import Job, Outcome, failed
from compliance.model.skip import refused

LARGEST_SENT = 8 << 20
"""Bytes of a file; a larger one is examined where it is. dask warns of messages over 10 MB."""


class Parcel(msgspec.Struct, frozen=True, array_like=True):
    """A job with its file's content."""

    number: int
    path: str
    name: str
    """Of the file to make, with the original's suffixes."""
    content: bytes
    detectors: tuple[str, ...]


_parcels = msgspec.msgpack.Decoder(list[Parcel])
_outcomes = msgspec.msgpack.Decoder(list[Outcome])
_encoder = msgspec.msgpack.Encoder()


def is_sent(job: Job) -> bool:
    """Whether the job's file goes to a worker: a copy, and not a file that is read where it lies."""
    return job.file.source is None and job.file.size <= LARGEST_SENT


def packed(jobs: Iterable[Job]) -> bytes:
    """`jobs` with the content of their files. Raises OSError where one can't be read."""
    return _encoder.encode(
        [Parcel(job.number, job.file.path, job.file.location.name, job.file.read(), job.detectors) for job in jobs]
    )


def unpacked(batch: bytes, folder: Path) -> tuple[list[Job], list[Outcome]]:
    """The jobs of `batch` with their files in `folder`; outcomes of those whose file can't be written there."""
    jobs: list[Job] = []
    lost: list[Outcome] = []
    for parcel in _parcels.decode(batch):
        location = folder / str(parcel.number) / parcel.name
        file = ExaminedFile(path=parcel.path, size=len(parcel.content), location=location)
        job = Job(number=parcel.number, file=file, detectors=parcel.detectors)
        try:
            location.parent.mkdir()
            location.write_bytes(parcel.content)
        except OSError as error:
            skip = refused(error)
            lost.append(failed(job, skip.reason, skip.said))
        else:
            jobs.append(job)
    return jobs, lost


def packed_outcomes(outcomes: Sequence[Outcome]) -> bytes:
    """`outcomes` on their way back."""
    return _encoder.encode(outcomes)


def unpacked_outcomes(answer: bytes) -> list[Outcome]:
    """What `packed_outcomes` packed. Raises msgspec.DecodeError for anything else."""
    return _outcomes.decode(answer)
