"""Terms about what control the licensor keeps: policies, updates, termination, patents, law."""

from compliance.licenses.term_definition import ABSENT, SILENT, Kind, TermDefinition
from compliance.model.text import Text

_SILENT = {SILENT: ABSENT[SILENT]}
_NO_YES = {"no": Text(en="no", ko="없음"), "yes": Text(en="yes", ko="있음")}

UNFILLED = "unfilled"
"""Stands for a law where the clause's blank was never filled in."""

DEFINITIONS = (
    TermDefinition(
        "acceptable_use_policy",
        Text(en="use policy", ko="허용 사용 정책"),
        Text(
            en="Whether a policy of acceptable use belongs to the license, and where it stands.",
            ko="허용 사용 정책이 라이선스에 딸려 있는지, 어디에 있는지.",
        ),
        values={
            "none": Text(en="none", ko="없음"),
            "embedded": Text(en="in the text", ko="문안에 포함"),
            "by_reference": Text(en="elsewhere, by reference", ko="다른 곳에 있음(참조)"),
        },
    ),
    TermDefinition(
        "policy_updatable",
        Text(en="policy may change", ko="정책 변경 가능"),
        Text(
            en="Whether the licensor may change the policy of acceptable use.",
            ko="라이선스 제공자가 허용 사용 정책을 바꿀 수 있는지.",
        ),
        values={"n/a": Text(en="no policy", ko="정책 없음"), **_NO_YES},
    ),
    TermDefinition(
        "license_updatable",
        Text(en="license may change", ko="라이선스 변경 가능"),
        Text(
            en="Whether the licensor may change the license afterwards.",
            ko="라이선스 제공자가 나중에 라이선스를 바꿀 수 있는지.",
        ),
        values={
            "no": _NO_YES["no"],
            "legal_compliance": Text(en="to comply with law", ko="법 준수를 위해서만"),
            "unilateral": Text(en="at the licensor's will", ko="라이선스 제공자 임의로"),
        },
    ),
    TermDefinition(
        "remote_restriction",
        Text(en="remote restriction", ko="원격 제한"),
        Text(
            en="Whether the licensor reserves the right to restrict use remotely.",
            ko="라이선스 제공자가 이용을 원격으로 제한할 권리를 갖는지.",
        ),
        values=_NO_YES,
    ),
    TermDefinition(
        "revocation",
        Text(en="revocation", ko="취소"),
        Text(en="When the licensor may end the license.", ko="라이선스 제공자가 언제 라이선스를 끝낼 수 있는지."),
        values={
            "irrevocable": Text(en="irrevocable", ko="취소 불가"),
            **_SILENT,
            "on_breach": Text(en="on breach", ko="위반 시"),
            "at_will": Text(en="at will", ko="임의로"),
        },
    ),
    TermDefinition(
        "ip_litigation_termination",
        Text(en="ends when sued", ko="소송 시 종료"),
        Text(
            en="Which claims of the licensee against the licensor end the license.",
            ko="이용자가 어떤 소송을 걸면 라이선스가 끝나는지.",
        ),
        values={
            "none": Text(en="none", ko="없음"),
            "patent": Text(en="patents", ko="특허"),
            "patent_or_copyright": Text(en="patents or copyright", ko="특허 또는 저작권"),
            "any_ip": Text(en="any intellectual property", ko="모든 지식재산권"),
        },
    ),
    TermDefinition(
        "patent_grant",
        Text(en="patent grant", ko="특허 허락"),
        Text(en="Whether patents are licensed too.", ko="특허도 허락하는지."),
        values={
            "express": Text(en="express", ko="명시적 허락"),
            **_SILENT,
            "excluded": Text(en="excluded", ko="제외"),
        },
    ),
    TermDefinition(
        "reverse_engineering_ban",
        Text(en="reverse engineering", ko="역공학 금지"),
        Text(en="Whether reverse engineering is forbidden.", ko="역공학을 금지하는지."),
        values=_NO_YES,
    ),
    TermDefinition(
        "indemnity_by_licensee",
        Text(en="indemnity", ko="이용자의 면책 보장"),
        Text(
            en="Whether the licensee must hold the licensor harmless.",
            ko="이용자가 라이선스 제공자의 손해를 보전해야 하는지.",
        ),
        values=_NO_YES,
    ),
    TermDefinition(
        "export_control_clause",
        Text(en="export control", ko="수출 통제"),
        Text(en="Whether a clause on export control binds the licensee.", ko="수출 통제 조항이 있는지."),
        values=_NO_YES,
    ),
    TermDefinition(
        "governing_law",
        Text(en="governing law", ko="준거법"),
        Text(en="Whose law governs the license.", ko="라이선스에 적용되는 법."),
        Kind.CODE,
        {UNFILLED: Text(en="a blank that was never filled in", ko="채우지 않은 빈칸")},
        may_be_silent=True,
    ),
    TermDefinition(
        "forum",
        Text(en="courts", ko="관할"),
        Text(en="Which court or tribunal decides disputes.", ko="분쟁을 다루는 법원 또는 중재 기관."),
        Kind.FORUM,
        may_be_silent=True,
    ),
)
"""In the order in which they are shown."""
