"""What is said when a subject can't be opened."""

from compliance.errors import SubjectError
from compliance.sources.messages import message


def not_there(path: str) -> SubjectError:
    """Nothing lies at `path`."""
    return SubjectError(
        message(
            en=f"{path}: no such file or folder; check the path",
            ko=f"{path}: 파일 또는 폴더 없음. 경로를 확인하세요",
        )
    )


def unreadable(path: str, why: str) -> SubjectError:
    """The system refuses to open `path`."""
    return SubjectError(
        message(
            en=f"{path}: can't be read ({why}); check its permissions",
            ko=f"{path}: 읽을 수 없음 ({why}). 권한을 확인하세요",
        )
    )


def not_an_archive(path: str) -> SubjectError:
    """A file that is no archive."""
    return SubjectError(
        message(
            en=f"{path}: not an archive that is known (zip, wheel, tar, tar.gz, tar.bz2, tar.xz); "
            "give a folder, an archive or a submission.yaml",
            ko=f"{path}: 알려진 압축 형식(zip, wheel, tar, tar.gz, tar.bz2, tar.xz) 아님. "
            "폴더, 압축 파일 또는 submission.yaml 파일을 지정하세요",
        )
    )


def not_git(path: str) -> SubjectError:
    """A place without a git repository where one was asked for."""
    return SubjectError(
        message(
            en=f"{path}: no git repository; check the path, or leave out kind: git",
            ko=f"{path}: git 저장소 없음. 경로를 확인하거나 kind: git 항목을 빼세요",
        )
    )


def not_a_folder(path: str, kind: str) -> SubjectError:
    """A file where the kind demands a folder."""
    return SubjectError(
        message(
            en=f"{path}: kind {kind} needs a folder, and this is a file; correct the kind or the path",
            ko=f"{path}: 종류 {kind} 대상은 폴더여야 하나 파일임. 종류 또는 경로를 고치세요",
        )
    )


def revision_without_git(path: str) -> SubjectError:
    """A revision of something that has none."""
    return SubjectError(
        message(
            en=f"{path}: a revision needs a git repository, and there is none here (or its .git leads outside and "
            "doesn't point back); leave out the revision or give the repository itself",
            ko=f"{path}: 리비전은 git 저장소에만 지정 가능하나 저장소 없음 "
            "(또는 .git 파일이 다른 곳의 저장소를 가리킴). 리비전을 빼거나 저장소 자체를 지정하세요",
        )
    )


def revision_of_submission(path: str) -> SubjectError:
    """A revision beside a submission file, which names one for each source."""
    return SubjectError(
        message(
            en=f"{path}: a submission file names the revision of each source; write revision there",
            ko=f"{path}: 제출물 파일에서는 검사 대상마다 revision 항목을 쓰세요",
        )
    )


def unknown_revision(path: str, revision: str, why: str) -> SubjectError:
    """The repository doesn't know the revision, or its commit is not there."""
    return SubjectError(
        message(
            en=f"{path}: revision {revision!r} can't be examined ({why}); "
            "name an existing branch, tag or full commit id, or fetch it first",
            ko=f"{path}: 리비전 {revision!r} 검사 불가 ({why}). "
            "있는 브랜치, 태그 또는 전체 커밋 ID를 쓰거나 먼저 git fetch 명령으로 받으세요",
        )
    )


def several_snapshots(path: str, names: str) -> SubjectError:
    """A folder of a Hugging Face cache with more than one snapshot, none of them `main`."""
    return SubjectError(
        message(
            en=f"{path}: several snapshots ({names}); give one of the folders in snapshots/",
            ko=f"{path}: 스냅샷이 여러 개임 ({names}). snapshots/ 안의 폴더 하나를 지정하세요",
        )
    )


def sources_not_opened(file: str, count: int) -> SubjectError:
    """Sources of a submission file that can't be opened."""
    return SubjectError(
        message(
            en=f"{file}: {count} source{'s' if count != 1 else ''} can't be opened; correct each place named",
            ko=f"{file}: 열 수 없는 검사 대상 {count}건. 표시된 위치를 고치세요",
        )
    )
