"""What an examination could not have seen, said in reports, and what it had to go without."""

from typing import TYPE_CHECKING

from compliance.model.text import Text

if TYPE_CHECKING:
    from compliance.releases.comparison import ReleaseChanges

ALWAYS = (
    Text(
        en="Origins of code are the nearest ones in the index: an origin that isn't in the index can't be named. "
        "See what it covers with compliance origins info, and add what you know of to it.",
        ko="코드 출처는 색인 안에서 가장 가까운 것: 색인에 없는 출처는 식별할 수 없음. "
        "compliance origins info 명령으로 색인 범위를 확인하고, 아는 출처가 빠져 있으면 색인에 추가하세요.",
    ),
    Text(
        en="Only the named revision or folder was examined. In the git history before it, nothing was looked up "
        "but when code with a known origin came in, and what license files, notices and cards said at earlier "
        "tags. Scan earlier revisions with --revision.",
        ko="지정한 리비전 또는 폴더만 검사했고, 이전 git 이력에서는 출처가 확인된 코드의 도입 시점과 "
        "이전 태그의 라이선스 파일·고지·모델 카드 내용만 조회함. 이전 리비전은 --revision 옵션으로 검사하세요.",
    ),
)

HEADERS_ONLY = Text(
    en="Of weights only headers were read: names, types and shapes of tensors, and metadata, all of which "
    "their author writes and can change. No value was compared with anybody's: name references with --weights.",
    ko="가중치는 헤더(텐서 이름·자료형·형상, 메타데이터)만 읽음. 모두 작성자가 바꿀 수 있는 내용이며, "
    "텐서 값은 다른 모델과 비교하지 않음. 값을 비교하려면 --weights 옵션으로 참조 파일을 지정하세요.",
)
"""Without references of weights."""

COMPARED = Text(
    en="Values of weights were compared with the named references alone. Tensors whose rows or columns were "
    "reordered or rotated, those packed by a quantisation that the reference doesn't have, and those trained on "
    "until little of the start is left aren't recognised: examine those apart.",
    ko="가중치 값은 지정한 참조 파일과만 비교함. 행이나 열의 순서를 바꾸거나 회전한 텐서, 참조 파일에 없는 "
    "양자화로 압축한 텐서, 처음 값이 거의 남지 않을 만큼 더 학습한 가중치는 식별하지 못함. 그런 경우는 따로 "
    "확인하세요.",
)
"""With references of weights."""

NO_ENVIRONMENT = Text(
    en="Licenses of dependencies that are only declared are unknown without the packages themselves. "
    "Name the installed environment with --environment.",
    ko="선언만 된 의존성의 라이선스는 패키지 없이 알 수 없음. 설치된 환경을 --environment 옵션으로 지정하세요.",
)


def ignored(files: int) -> Text:
    """Files were left out because the repository ignores them."""
    return Text(
        en=f"Left out because .gitignore says so: {files:,}. Add --include-ignored to examine them.",
        ko=f".gitignore 대상 파일 {files:,}개 제외. 검사하려면 --include-ignored 옵션을 쓰세요.",
    )


NO_RELEASES = Text(
    en="No tag before the examined state: licenses, holders and bases were compared with no earlier release. "
    "If there were releases, fetch their tags (git fetch --tags) and examine again.",
    ko="검사한 상태보다 앞선 태그 없음: 라이선스·저작권자·기반 모델을 이전 릴리스와 비교하지 못함. "
    "릴리스가 있었다면 태그를 받은 뒤(git fetch --tags) 다시 검사하세요.",
)

SHALLOW = Text(
    en="The repository is a shallow clone: earlier releases that it lacks weren't compared. "
    "Fetch all of it (git fetch --unshallow --tags) and examine again.",
    ko="얕은 복제 저장소: 빠져 있는 이전 릴리스는 비교하지 못함. "
    "전체를 받은 뒤(git fetch --unshallow --tags) 다시 검사하세요.",
)


def of_releases(changes: "ReleaseChanges") -> tuple[Text, ...]:
    """What of earlier releases in a git history couldn't be compared."""
    releases = changes.releases
    said = [SHALLOW] if releases.shallow else [] if releases.seen or releases.unread else [NO_RELEASES]
    if releases.left_out:
        said.append(
            Text(
                en=f"Of the tags, these weren't compared, since there are too many: {releases.left_out:,}. "
                "Examine one that matters with --revision.",
                ko=f"태그가 너무 많아 비교하지 않은 태그: {releases.left_out:,}개. "
                "중요한 태그는 --revision 옵션으로 검사하세요.",
            )
        )
    if unread := releases.unread + changes.unexamined:
        said.append(
            Text(
                en=f"Tags or files at tags that couldn't be read, and weren't compared: {unread:,}. "
                "Fetch the repository in full (git fetch --refetch --tags), or look at them by hand.",
                ko=f"읽지 못해 비교하지 않은 태그나 태그의 파일: {unread:,}개. "
                "저장소 전체를 다시 받거나(git fetch --refetch --tags) 직접 확인하세요.",
            )
        )
    return tuple(said)


NO_CACHE = Text(
    en="Going on without a cache; name a writable folder in COMPLIANCE_CACHE_DIR to keep findings between runs.",
    ko="캐시 없이 계속함. 다음 실행부터 캐시를 쓰려면 COMPLIANCE_CACHE_DIR 변수에 쓰기 가능한 폴더를 지정하세요.",
)
