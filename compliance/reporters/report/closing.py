"""The end of a report: words explained, and how to make it again."""

import shlex

from compliance import shipped_files
from compliance.model.text import Text
from compliance.reporters import wording
from compliance.reporters.report.blocks import Fields, Paragraph, Preformatted, Section
from compliance.reporters.report.frame import Frame
from compliance.reporters.terminal_text import visible


def glossary(frame: Frame) -> Section:
    """The words of this report, for readers who meet them for the first time."""
    return Section(
        "glossary",
        frame.say(_GLOSSARY),
        (Fields(tuple((frame.say(word), frame.say(said)) for word, said in _WORDS)),),
    )


def reproduction(frame: Frame, *, compared: bool = False) -> Section:
    """Versions and digests of all that led to this report, and the commands that make it again.

    Args:
        frame: the assessment.
        compared: whether the report tells of changes since an earlier one.
    """
    tool, policy = frame.assessment.tool, frame.assessment.policy
    fields = [
        (frame.say(_TOOL), f"{tool.name} {tool.version}"),
        *(
            (f"{frame.say(_DATA)}: {frame.say(_DATA_NAMES.get(name) or Text(en=name, ko=name))}", version or "–")
            for name, version in sorted(tool.data.items())
        ),
        (frame.say(_POLICY), f"{policy.id} {policy.version}"),
        (frame.say(_DIGEST), policy.digest),
        *((f"{frame.say(_BASE)}: {visible(one.id)} {visible(one.version)}", one.digest) for one in policy.extends),
        *((f"{frame.say(_WAIVERS)}: {visible(one.file)}", one.digest) for one in policy.waivers),
        (frame.say(_DATE), policy.evaluated_on),
        *(
            (
                f"{frame.say(_SOURCE)}: {visible(source.path)}",
                source.revision or frame.say(wording.WORKING_FILES if source.kind == "git" else _NO_COMMIT),
            )
            for source in frame.assessment.subject.sources
        ),
    ]
    blocks = (
        Fields(tuple(fields)),
        Preformatted(_commands(frame, compared=compared), frame.say(_COMMANDS)),
        Paragraph(frame.say(_SAME)),
    )
    return Section("reproduction", frame.say(_TITLE), blocks)


def _commands(frame: Frame, *, compared: bool) -> str:
    policy, sources = frame.assessment.policy, frame.assessment.subject.sources
    lines = []
    if len(sources) == 1 and frame.assessment.subject.team is None:
        revision = f" --revision {sources[0].revision}" if sources[0].revision else ""
        subject = shlex.quote(visible(sources[0].path))
    else:
        subject, revision = "submission.yaml", ""
    lines.append(f"compliance scan {subject}{revision} --output inventory.json")
    waivers = "".join(f" --waivers {shlex.quote(visible(one.file))}" for one in policy.waivers)
    name = visible(policy.id)
    shipped = {file.name for folder in shipped_files.folders("policies") for file in folder.iterdir()}
    named = name if f"{name}.yaml" in shipped else f"{name}.yaml"
    lines.append(
        f"compliance assess inventory.json --policy {shlex.quote(named)}{waivers} --date {policy.evaluated_on} "
        "--format json --output assessment.json"
    )
    source = f" --source {subject}" if frame.quotations else ""
    earlier = " --previous previous.json" if compared else ""
    lines.append(f"compliance report assessment.json{earlier}{source} --language {frame.language} --output report")
    return "\n".join(lines)


_TITLE = Text(en="How to make this report again", ko="재현 방법")
_TOOL = Text(en="Program", ko="프로그램")
_DATA = Text(en="Data", ko="데이터")
_DATA_NAMES = {
    "licenses": Text(en="licenses and families of weights", ko="가중치 라이선스와 모델 계열"),
    "origins": Text(en="index of known code", ko="알려진 코드 색인"),
    "scancode": Text(en="ScanCode", ko="ScanCode"),
}
_POLICY = Text(en="Policy", ko="정책")
_BASE = Text(en="Policy that it extends", ko="기반 정책")
_WAIVERS = Text(en="Approved exceptions", ko="예외 승인")
_DIGEST = Text(en="Digest of the policy", ko="정책 파일 해시")
_DATE = Text(en="Rules in force on", ko="적용 기준일")
_SOURCE = Text(en="Source", ko="검사 대상")
_NO_COMMIT = Text(en="no commit", ko="커밋 없음")
_COMMANDS = Text(en="Commands", ko="명령")
_SAME = Text(
    en="The same inputs give the same bytes. Where a digest differs, so did an input.",
    ko="같은 입력으로는 같은 바이트가 나옵니다. 해시가 다르면 입력이 다른 것입니다.",
)
_GLOSSARY = Text(en="Terms used", ko="용어")
_WORDS = (
    (
        Text(en="pass with obligations", ko="의무 조건부 적합"),
        Text(
            en="Allowed, provided that the named duties are fulfilled.", ko="명시된 의무를 지키는 조건으로 허용됨."
        ),
    ),
    (
        Text(en="incomplete", ko="판정 미완료"),
        Text(
            en="Something could not be examined. What wasn't seen is never passed.",
            ko="검사하지 못한 것이 있음. 보지 못한 것은 적합으로 판정하지 않음.",
        ),
    ),
    (
        Text(en="nearest in the index", ko="색인에서 가장 가까운 출처"),
        Text(
            en="Of all known code that was compared, this is the most alike. Code that isn't in the index "
            "can't be named.",
            ko="대조한 알려진 코드 가운데 가장 비슷한 것. 색인에 없는 코드는 지목할 수 없음.",
        ),
    ),
    (
        Text(en="share", ko="일치"),
        Text(
            en="How much of the examined code between the named lines matches.",
            ko="표시된 행 사이의 코드 중 일치하는 비율.",
        ),
    ),
    (
        Text(en="confidence", ko="신뢰도"),
        Text(
            en="How often such a statement was right on code whose origin is known.",
            ko="출처가 알려진 코드로 시험했을 때 같은 판단이 맞았던 비율.",
        ),
    ),
    (
        Text(en="silent, unknown", ko="언급 없음, 알 수 없음"),
        Text(
            en="Silent: the license was read and says nothing, which is no permission. Unknown: nobody has "
            "read whether "
            "it does.",
            ko="언급 없음: 라이선스를 읽었으나 조항이 없음(허락이 아님). 알 수 없음: 아직 읽지 않음.",
        ),
    ),
    (
        Text(en="lead", ko="단서"),
        Text(
            en="Known from reports or general knowledge alone: where to look, never a reason to fail anything.",
            ko="간접 자료나 일반 지식으로만 알려진 것. 확인할 곳을 알려 줄 뿐 부적합의 근거가 되지 않음.",
        ),
    ),
)
