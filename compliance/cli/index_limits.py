"""What no index of known code can know, said wherever one is described."""

from compliance.cli.wording import LANGUAGE_NAMES
from compliance.model.text import Text

LIMITS = (
    Text(
        en="An origin that isn't in the index can't be named. The nearest one may then be a relative of it, or a "
        "stranger that resembles it: read the share and the other families before the name.",
        ko="색인에 없는 출처는 식별할 수 없음. 그때 가장 가까운 것은 그 출처의 친척이거나 닮은 남일 수 있으니, "
        "이름보다 일치 비율과 다른 계열을 먼저 확인하세요.",
    ),
    Text(
        en="Releases between, before or after those listed aren't known: the nearest one is the nearest of these.",
        ko="목록 사이, 이전, 이후의 릴리스는 알 수 없음: 가장 가까운 릴리스는 목록 안에서 고른 것.",
    ),
    Text(
        en="Closed code, code that was never published, and code published only in repositories that the recipe "
        "doesn't name.",
        ko="비공개 코드, 공개된 적 없는 코드, 레시피에 없는 저장소에만 공개된 코드.",
    ),
    Text(
        en="Who took code from whom. Likeness has no direction: dates are those of releases, and descent is what "
        "files say of themselves.",
        ko="누가 누구의 코드를 가져왔는지. 닮음에는 방향이 없음: 날짜는 릴리스 날짜, 계보는 파일이 밝힌 내용.",
    ),
    Text(
        en="Licenses and holders beyond what the indexed files say at their tops, and their project of itself.",
        ko="색인된 파일의 머리글과 프로젝트 표시에 없는 라이선스와 저작권자.",
    ),
    Text(
        en="Tests, examples, generated and vendored files that the recipe leaves out, functions of a few lines, "
        f"and languages other than these: {', '.join(LANGUAGE_NAMES)}.",
        ko="레시피에서 제외된 테스트, 예제, 생성 파일, 내장된 외부 코드, 몇 줄짜리 함수, 그리고 다음 이외의 언어: "
        f"{', '.join(LANGUAGE_NAMES)}.",
    ),
)
