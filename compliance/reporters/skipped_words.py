"""Why something was not examined, and what to do about it."""

from collections.abc import Mapping

import msgspec

from compliance.model.skip import Reason
from compliance.model.text import Text


class SkipWords(msgspec.Struct, frozen=True):
    """Why something was not examined, and what to do about it."""

    reason: Text
    advice: Text


_DEFECT = Text(
    en="examine the file by hand and report the fault to the maintainers of this program",
    ko="파일을 직접 검토하고 이 프로그램의 관리자에게 결함을 알리세요",
)

SKIPS: Mapping[Reason, SkipWords] = {
    "unreadable": SkipWords(
        Text(en="unreadable", ko="읽기 실패"),
        Text(en="give this user the right to read it", ko="현재 사용자에게 읽기 권한을 주세요"),
    ),
    "malformed": SkipWords(
        Text(en="malformed", ko="형식 오류"),
        Text(en="repair the file at the place named", ko="표시된 위치에서 파일을 고치세요"),
    ),
    "truncated": SkipWords(
        Text(en="only a part examined", ko="일부만 검사"),
        Text(en="examine the rest by hand, or split the file", ko="나머지를 직접 검토하거나 파일을 나누세요"),
    ),
    "too-large": SkipWords(
        Text(en="too large", ko="크기 초과"),
        Text(
            en="raise --max-file-size, or examine it by hand",
            ko="--max-file-size 값을 늘리거나 직접 검토하세요",
        ),
    ),
    "timeout": SkipWords(
        Text(en="out of time", ko="시간 초과"),
        Text(en="raise --timeout, or examine it by hand", ko="--timeout 값을 늘리거나 직접 검토하세요"),
    ),
    "out-of-memory": SkipWords(
        Text(en="out of memory", ko="메모리 초과"),
        Text(en="raise --max-memory, or examine it by hand", ko="--max-memory 값을 늘리거나 직접 검토하세요"),
    ),
    "worker-died": SkipWords(Text(en="its process died", ko="검사 프로세스 중단"), _DEFECT),
    "detector-failed": SkipWords(Text(en="its detector failed", ko="탐지기 오류"), _DEFECT),
    "unsafe-path": SkipWords(
        Text(en="path leads outside", ko="검사 대상 밖 경로"),
        Text(en="remove the entry from the source", ko="검사 대상에서 이 항목을 없애세요"),
    ),
    "symlink": SkipWords(
        Text(en="symbolic link", ko="심볼릭 링크"),
        Text(
            en="put the content itself in its place, or hand in what it points to",
            ko="내용을 그 자리에 직접 넣거나 링크 대상도 함께 제출하세요",
        ),
    ),
    "special-file": SkipWords(
        Text(en="not a regular file", ko="일반 파일 아님"),
        Text(en="remove it from the submission", ko="제출물에서 없애세요"),
    ),
    "lfs-pointer": SkipWords(
        Text(en="content in Git LFS", ko="내용이 Git LFS 저장소에 있음"),
        Text(
            en="fetch it with `git lfs pull` and examine again",
            ko="`git lfs pull` 실행으로 내용을 받은 뒤 다시 검사하세요",
        ),
    ),
    "submodule": SkipWords(
        Text(en="git submodule", ko="git 서브모듈"),
        Text(
            en="hand in the submodule's repository as a source of its own",
            ko="서브모듈 저장소를 별도의 검사 대상으로 제출하세요",
        ),
    ),
    "archive-bomb": SkipWords(
        Text(en="unpacks to too much", ko="압축 해제 한도 초과"),
        Text(en="unpack it and hand in the folder", ko="압축을 풀어 그 폴더를 제출하세요"),
    ),
    "unsupported": SkipWords(
        Text(en="unsupported format", ko="지원하지 않는 형식"),
        Text(
            en="convert it to a supported format, or examine it by hand",
            ko="지원하는 형식으로 바꾸거나 직접 검토하세요",
        ),
    ),
    "unsafe-pickle": SkipWords(
        Text(en="would run code when loaded", ko="불러오면 코드가 실행되는 피클"),
        Text(
            en="save the weights as safetensors, and don't load this file",
            ko="이 파일을 불러오지 말고, 가중치를 safetensors 형식으로 제출하세요",
        ),
    ),
    "missing-file": SkipWords(
        Text(en="a file it needs is missing", ko="필요한 파일 없음"),
        Text(en="hand in that file as well", ko="해당 파일도 함께 제출하세요"),
    ),
    "empty": SkipWords(
        Text(en="nothing to examine", ko="검사할 파일 없음"),
        Text(
            en="check the path, and whether everything in it is ignored (--include-ignored)",
            ko="경로를 확인하고, 모두 제외 대상이면 --include-ignored 옵션을 쓰세요",
        ),
    ),
    "index-fault": SkipWords(
        Text(en="index of known code can't be used", ko="알려진 코드 색인을 쓸 수 없음"),
        Text(
            en="build it anew with `compliance origins build`, or install the package again",
            ko="`compliance origins build` 명령으로 다시 만들거나 패키지를 다시 설치하세요",
        ),
    ),
    "missing-object": SkipWords(
        Text(en="git object missing", ko="git 객체 없음"),
        Text(
            en="fetch the repository in full (`git fetch --unshallow`)",
            ko="저장소 전체를 받으세요(`git fetch --unshallow`)",
        ),
    ),
}

NOT_EXAMINED_FILE = Text(en="Not examined", ko="검사하지 못함")


def words_of(reason: str) -> SkipWords:
    """The words for `reason`; its own name where a newer version has added it."""
    otherwise = SkipWords(Text(en=reason, ko=reason), Text(en="examine it by hand", ko="직접 검토하세요"))
    return next((words for known, words in SKIPS.items() if known == reason), otherwise)


def skipped_heading(count: int) -> Text:
    """That something was not examined, and what follows from it."""
    return Text(
        en=f"Not examined: {count:,}. What wasn't seen can't pass; see to each of these, then examine again.",
        ko=f"검사하지 못한 항목: {count:,}건. 보지 못한 것은 적합 판정 불가: 아래를 처리한 뒤 다시 검사하세요.",
    )
