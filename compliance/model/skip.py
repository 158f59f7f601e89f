"""What could not be examined, as a value and never only a log line."""

import errno
from typing import Literal, Self

import msgspec

from compliance.model.text import Text

Reason = Literal[
    "unreadable",  # the operating system or git refused
    "malformed",  # the format is broken: the detail says where
    "truncated",  # only a part was examined
    "too-large",  # over a size cap
    "timeout",  # over the time cap for one file
    "out-of-memory",  # over the memory cap for one file
    "worker-died",  # the process that examined it ended unexpectedly
    "detector-failed",  # a detector raised an error
    "unsafe-path",  # an archive member or link that leads outside
    "symlink",  # a link that was not followed
    "special-file",  # a socket, pipe or device
    "lfs-pointer",  # the content lies in Git LFS
    "submodule",  # the content lies in another repository
    "archive-bomb",  # over an unpacking cap
    "unsupported",  # recognised, but this version can't read it
    "missing-object",  # git object absent
    "unsafe-pickle",  # loading it would run code, so what it would build isn't known
    "missing-file",  # a file that another one names isn't there
    "index-fault",  # an index of known code can't be used, so that nothing was compared with it
    "empty",  # a source without a single file
]


class Skip(msgspec.Struct, frozen=True, kw_only=True, tag="skip", tag_field="kind"):
    """Something that was not examined, or not wholly. Makes the verdict incomplete."""

    path: str = ""
    """Relative to the subject; empty while unplaced."""
    reason: Reason
    detail: str
    """What happened, with the place inside the file where known. In English."""
    detail_ko: str = ""
    """The same in Korean; empty in documents of versions that had none."""

    @classmethod
    def of(cls, reason: Reason, said: Text, path: str = "") -> Self:
        """The skip for `reason` that says what happened in both languages."""
        return cls(path=path, reason=reason, detail=said.en, detail_ko=said.ko)

    @property
    def said(self) -> Text:
        """What happened, in both languages as far as known."""
        return Text(en=self.detail, ko=self.detail_ko or self.detail)


class SkipError(Exception):
    """Something can't be examined, for a reason that is said in both languages."""

    def __init__(self, reason: Reason, said: Text) -> None:
        """Say what happened, with its place."""
        super().__init__(said.en)
        self.reason = reason
        self.said = said

    def skip(self, path: str = "") -> Skip:
        """The fault as it is reported."""
        return Skip.of(self.reason, self.said, path)


_LONGEST = 300
_REFUSALS = {
    errno.ENOENT: "파일이나 디렉터리 없음",
    errno.EACCES: "접근 권한 없음",
    errno.EPERM: "허용되지 않은 작업",
    errno.EIO: "입출력 오류",
    errno.ELOOP: "심볼릭 링크 순환",
    errno.ENAMETOOLONG: "너무 긴 이름",
    errno.ENOSPC: "디스크 공간 부족",
    errno.ESTALE: "오래된 파일 핸들",
}


def words_of(error: OSError) -> Text:
    """What the operating system, or whoever reads in its place, says of its refusal."""
    words = (error.strerror or str(error))[:_LONGEST]
    known = _REFUSALS.get(error.errno) if error.errno is not None else None
    return Text(en=words, ko=f"읽기 실패: {known or words}")


def refused(error: OSError, path: str = "") -> Skip:
    """The skip for what the operating system, or git, refused to read."""
    return Skip.of("unreadable", words_of(error), path)
