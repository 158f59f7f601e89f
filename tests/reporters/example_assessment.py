"""One fictional submission that shows every part of a report; the files in reports/examples/ are made from it."""

from compliance.model.inventory import FileCounts, Inventory, Tool
from compliance.model.skip import Reason, Skip
from compliance.model.submission import SourceReference, Subject
from compliance.model.text import Text
from compliance.model.verdict import (
    Assessment,
    Axis,
    AxisVerdict,
    PolicyReference,
    Severity,
    Target,
    Verdict,
    Violation,
    Waiver,
)
from tests.reporters.example_findings import (
    CONTRADICTION,
    COPIED,
    ENCODER,
    FINDINGS,
    LICENSE_CHANGED,
    NOTICE,
    ORIGIN,
    REQUIREMENT,
    REVISION,
    VENDORED,
    WEIGHTS_LICENSE,
)


def _skip(path: str, reason: Reason, en: str, ko: str) -> Skip:
    return Skip.of(reason, Text(en=en, ko=ko), path)


_CORPUS = "2,147,483,648 bytes, more than 104,857,600", "2,147,483,648바이트, 한도 104,857,600바이트 초과"
_COMMIT = "9fceb02d0ae598e95dc970b74767f19372d61af8"
SKIPPED = (
    _skip("data/corpus-00.jsonl", "too-large", *_CORPUS),
    _skip("data/corpus-01.jsonl", "too-large", *_CORPUS),
    _skip("docs/설계 문서.pdf", "unsupported", "encrypted document", "암호화된 문서"),
    _skip(
        "third_party/kernels",
        "submodule",
        f"commit {_COMMIT} of another repository",
        f"다른 저장소의 커밋 {_COMMIT}",
    ),
    _skip(
        "weights/generation_config.json",
        "malformed",
        "line 41, column 7: expected a comma",
        "41행 7열: 쉼표가 필요한 자리",
    ),
    _skip(
        "weights/model-00001-of-00002.safetensors",
        "lfs-pointer",
        "4,980,000,000 bytes in Git LFS",
        "Git LFS 저장소의 4,980,000,000바이트",
    ),
    _skip(
        "weights/model-00002-of-00002.safetensors",
        "lfs-pointer",
        "4,870,000,000 bytes in Git LFS",
        "Git LFS 저장소의 4,870,000,000바이트",
    ),
)
LIMITS = (
    Text(
        en="Origins of code are the nearest ones in the index: an origin that isn't in the index can't be named.",
        ko="코드 출처는 색인 안에서 가장 가까운 것: 색인에 없는 출처는 식별할 수 없음.",
    ),
    Text(
        en="Nothing outside the submission was read: licenses of packages that are only named are unknown.",
        ko="제출물 밖은 읽지 않음: 이름만 있는 패키지의 라이선스는 알 수 없음.",
    ),
)
TOOL = Tool(
    version="1.0.0",
    data={
        "scancode": "32.5.0",
        "licenses": "terms sha256:30f5d5cba1e6, families sha256:8fbd9c1a70d2",
        "origins": "known-code 2026-11 sha256:5b0a6d2c9e41",
    },
)
SUBJECT = Subject(
    team="Hanbit",
    name="hanbit-1",
    sources=(SourceReference(kind="git", path="hanbit-1", revision=REVISION),),
)
COUNTS = FileCounts(
    files=124, examined=117, unlicensed=9, unlicensed_paths=("scripts/serve.sh", "tools/요청 기록.py")
)


def _restricted(target: Target) -> Violation:
    return Violation(
        rule="weights-use-restricted",
        axis=Axis.NATIONAL_INFRASTRUCTURE,
        target=target,
        severity=Severity.FAIL,
        message=Text(
            en="The license of these weights restricts the fields in which they may be used.",
            ko="이 가중치의 라이선스는 사용 분야를 제한합니다.",
        ),
        remedy=Text(
            en="Replace this part of the model with one under a license without field-of-use restrictions.",
            ko="모델의 이 부분을 사용 분야 제한이 없는 라이선스의 구성 요소로 바꾸세요.",
        ),
        findings=(ENCODER.id, WEIGHTS_LICENSE.id),
    )


VIOLATIONS = (
    *(_restricted(target) for target in Target),
    Violation(
        rule="foreign-weights",
        axis=Axis.POLICY_INDEPENDENCE,
        severity=Severity.REVIEW,
        message=Text(
            en="A part of the model names another developer's family of weights.",
            ko="모델의 일부에 다른 개발자의 가중치 계열이 표시되어 있습니다.",
        ),
        remedy=Text(
            en="Show how this part was initialised and trained, or train it from its own initialisation.",
            ko="이 부분의 초기화와 학습 과정을 제시하거나 자체 초기화로 다시 학습하세요.",
        ),
        findings=(ENCODER.id,),
    ),
    Violation(
        rule="card-contradicts-license",
        axis=Axis.DISCLOSURE,
        severity=Severity.FAIL,
        message=Text(
            en="The model card and the license file beside the weights name different licenses.",
            ko="모델 카드와 가중치 옆 라이선스 파일에 적힌 라이선스가 서로 다릅니다.",
        ),
        remedy=Text(
            en="State the license that really applies in the card's `license` field.",
            ko="모델 카드의 `license` 항목에 실제로 적용되는 라이선스를 적으세요.",
        ),
        findings=(CONTRADICTION.id,),
    ),
    Violation(
        rule="contradiction",
        axis=Axis.DISCLOSURE,
        severity=Severity.REVIEW,
        message=Text(
            en="Two statements in the submission can't both hold.",
            ko="제출물 안의 두 진술이 양립할 수 없습니다.",
        ),
        remedy=Text(
            en="Correct the one that is wrong; the evidence names both places.",
            ko="근거에 적힌 두 위치를 확인하고 틀린 쪽을 고치세요.",
        ),
        findings=(LICENSE_CHANGED.id,),
    ),
    Violation(
        rule="another-origin-nearer",
        axis=Axis.DISCLOSURE,
        severity=Severity.REVIEW,
        message=Text(
            en="The source that the submission names is not the nearest one in the index.",
            ko="제출물이 밝힌 출처와 색인에서 가장 가까운 출처가 다릅니다.",
        ),
        remedy=Text(
            en="Compare with both; name every source that the code really comes from.",
            ko="두 출처와 모두 대조하고 실제 출처를 모두 밝히세요.",
        ),
        findings=(ORIGIN.id,),
    ),
    Violation(
        rule="third-party-notice-in-doubt",
        axis=Axis.DISCLOSURE,
        severity=Severity.REVIEW,
        message=Text(
            en="If this code comes from the nearest known code, notices that its license demands are missing.",
            ko="이 코드가 색인에서 가장 가까운 코드에서 왔다면, 라이선스가 요구하는 고지가 없습니다.",
        ),
        remedy=Text(
            en="Compare both places; if it comes from there, restore these holders' lines.",
            ko="양쪽 위치를 대조하고, 그 출처의 코드라면 저작권자 줄을 복원하세요.",
        ),
        findings=(NOTICE.id,),
    ),
    Violation(
        rule="keep-notices",
        axis=Axis.DISCLOSURE,
        severity=Severity.OBLIGATION,
        message=Text(
            en="These files are under a license that asks for its notices to be kept.",
            ko="고지 유지를 요구하는 라이선스가 적용된 파일입니다.",
        ),
        remedy=Text(
            en="Keep the header of each file, and ship the license text and NOTICE with every copy.",
            ko="파일마다 머리글을 유지하고 배포할 때 라이선스 전문과 NOTICE 파일을 함께 제공하세요.",
        ),
        findings=tuple(finding.id for finding in COPIED),
    ),
    Violation(
        rule="root-license-missing",
        axis=Axis.DISCLOSURE,
        severity=Severity.NOTE,
        message=Text(
            en="The submission has no license file at its root.", ko="제출물 최상위에 라이선스 파일이 없습니다."
        ),
        remedy=Text(en="Add a LICENSE file.", ko="LICENSE 파일을 추가하세요."),
    ),
    Violation(
        rule="copyleft-dependency",
        axis=Axis.DISCLOSURE,
        severity=Severity.FAIL,
        message=Text(
            en="A package under a copyleft license is linked or shipped.",
            ko="카피레프트 라이선스 패키지가 연결되었거나 함께 배포됩니다.",
        ),
        remedy=Text(
            en="Replace the package, or publish the combined work under its license.",
            ko="패키지를 바꾸거나 결합 저작물을 같은 라이선스로 공개하세요.",
        ),
        findings=(REQUIREMENT.id, VENDORED.id),
        waiver=Waiver(
            id="training-tools",
            reason=Text(en="used for training only, not shipped", ko="학습에만 사용하며 배포하지 않음"),
            approver="Open-source office",
            expires="2027-03-31",
            reference="OSO-2026-118",
        ),
    ),
)
EXAMPLE = Assessment(
    tool=TOOL,
    subject=SUBJECT,
    policy=PolicyReference(
        id="sovereign-ai", version="2026.1", digest=f"sha256:{'5e' * 32}", evaluated_on="2026-11-23"
    ),
    counts=COUNTS,
    verdicts=(
        AxisVerdict(axis=Axis.POLICY_INDEPENDENCE, verdict=Verdict.INCOMPLETE, rules=("foreign-weights",)),
        *(
            AxisVerdict(
                axis=Axis.NATIONAL_INFRASTRUCTURE,
                target=target,
                verdict=Verdict.FAIL,
                rules=("weights-use-restricted",),
            )
            for target in Target
        ),
        AxisVerdict(axis=Axis.DISCLOSURE, verdict=Verdict.FAIL, rules=("card-contradicts-license",)),
    ),
    violations=VIOLATIONS,
    findings=FINDINGS,
    skipped=SKIPPED,
    limits=LIMITS,
)
CLEAN = Assessment(
    tool=TOOL,
    subject=SUBJECT,
    policy=EXAMPLE.policy,
    counts=FileCounts(files=3, examined=3),
    verdicts=(AxisVerdict(axis=Axis.DISCLOSURE, verdict=Verdict.PASS),),
)
INVENTORY = Inventory(tool=TOOL, subject=SUBJECT, counts=COUNTS, findings=FINDINGS, skipped=SKIPPED, limits=LIMITS)
