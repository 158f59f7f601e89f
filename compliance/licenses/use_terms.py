"""Terms about what a license lets its user do: for which purposes, where, and up to what size."""

from compliance.licenses.term_definition import ABSENT, SILENT, Kind, TermDefinition
from compliance.model.text import Text

_SILENT = {SILENT: ABSENT[SILENT]}
_ALLOWED = {
    "allowed": Text(en="allowed", ko="허용"),
    "conditional": Text(en="conditional", ko="조건부"),
    "prohibited": Text(en="prohibited", ko="금지"),
}
_RESTRICTED = {**_SILENT, "conditional": _ALLOWED["conditional"], "prohibited": _ALLOWED["prohibited"]}

FIELDS_OF_USE = {
    "military": Text(en="military", ko="군사"),
    "nuclear": Text(en="nuclear", ko="핵"),
    "espionage": Text(en="espionage", ko="첩보"),
    "itar": Text(en="items under ITAR", ko="국제무기거래규정(ITAR) 대상"),
    "weapons": Text(en="weapons", ko="무기"),
    "critical_infrastructure": Text(en="critical infrastructure", ko="주요 기반 시설"),
    "transportation": Text(en="transportation", ko="교통"),
    "surveillance": Text(en="surveillance", ko="감시"),
    "biometrics": Text(en="biometrics", ko="생체 인식"),
    "law_enforcement": Text(en="law enforcement", ko="법 집행"),
    "automated_decisions": Text(en="automated decisions", ko="자동화된 결정"),
    "medical_advice": Text(en="medical advice", ko="의료 조언"),
    "licensed_professions": Text(en="licensed professions", ko="면허가 필요한 직업"),
    "personal_data": Text(en="personal data", ko="개인정보"),
    "malware": Text(en="malware", ko="악성 코드"),
    "minors": Text(en="harm to minors", ko="미성년자 위해"),
    "discrimination": Text(en="discrimination", ko="차별"),
    "disinformation": Text(en="disinformation", ko="허위 정보"),
    "sexual_content": Text(en="sexual content", ko="성적 콘텐츠"),
    "undisclosed_machine_generation": Text(en="machine output not disclosed as such", ko="AI 생성 사실 미고지"),
    "safety_circumvention": Text(en="circumventing safeguards", ko="안전장치 우회"),
    "harm_generic": Text(en="harm in general", ko="일반적인 위해"),
    "social_morals": Text(en="social morals", ko="사회 도덕"),
    "regulated_content": Text(en="regulated content", ko="규제 대상 콘텐츠"),
    "national_security_of_licensor_country": Text(
        en="national security of the licensor's country", ko="라이선스 제공자 국가의 안보"
    ),
    "national_security_generic": Text(en="national security", ko="국가 안보 일반"),
    "prc_law_compliance": Text(en="compliance with Chinese law", ko="중국법 준수"),
    "public_administration": Text(en="public administration", ko="공공 행정"),
    "regulatory_filing_required": Text(en="use that needs a regulatory filing", ko="규제 신고가 필요한 이용"),
    "disparagement_of_licensor": Text(en="disparaging the licensor", ko="라이선스 제공자 비방"),
}

SCALE_METRICS = {
    "monthly_active_users": Text(en="monthly active users", ko="월간 활성 이용자"),
    "daily_active_users": Text(en="daily active users", ko="일간 활성 이용자"),
    "monthly_visits": Text(en="monthly visits", ko="월간 방문"),
    "annual_revenue_usd": Text(en="annual revenue, US dollars", ko="연 매출(미국 달러)"),
    "annual_revenue_cny": Text(en="annual revenue, Chinese yuan", ko="연 매출(중국 위안)"),
    "annual_recurring_revenue_usd": Text(en="annual recurring revenue, US dollars", ko="연 반복 매출(미국 달러)"),
    "revenue_12m_usd": Text(en="revenue in 12 months, US dollars", ko="12개월 매출(미국 달러)"),
    "monthly_revenue_usd": Text(en="monthly revenue, US dollars", ko="월 매출(미국 달러)"),
    "business_type": Text(en="kind of business, whatever its size", ko="사업 유형(규모 무관)"),
}
GATE_EFFECTS = {
    "separate_license_required": Text(en="a separate license is needed", ko="별도 라이선스 필요"),
    "no_license": Text(en="no license at all", ko="라이선스 없음"),
    "no_commercial_license": Text(en="no license for commercial use", ko="상업 이용 라이선스 없음"),
    "licensor_security_review": Text(en="a security review by the licensor", ko="라이선스 제공자의 보안 심사"),
    "display_duty": Text(en="words must be displayed", ko="표시 의무"),
}

DEFINITIONS = (
    TermDefinition(
        "commercial_use",
        Text(en="commercial use", ko="상업적 이용"),
        Text(
            en="Whether the weights may be used for commercial purposes.",
            ko="가중치를 상업적 목적으로 이용할 수 있는지.",
        ),
        values=_ALLOWED,
    ),
    TermDefinition(
        "derivatives",
        Text(en="derivatives", ko="파생 모델"),
        Text(
            en="Whether modified models may be made and used.",
            ko="모델을 수정하거나 수정한 모델을 이용할 수 있는지.",
        ),
        values=_ALLOWED,
    ),
    TermDefinition(
        "redistribution",
        Text(en="redistribution", ko="재배포"),
        Text(
            en="Whether the weights may be passed on; conditional where use restrictions, a territory or a "
            "purpose go with them.",
            ko="가중치를 재배포할 수 있는지. 사용 제한, 지역, 목적 조건이 따르면 조건부.",
        ),
        values=_ALLOWED,
    ),
    TermDefinition(
        "military_use",
        Text(en="military use", ko="군사 이용"),
        Text(en="Whether the text restricts military use.", ko="군사 이용을 제한하는지."),
        values=_RESTRICTED,
    ),
    TermDefinition(
        "critical_infrastructure_use",
        Text(en="critical infrastructure", ko="주요 기반 시설"),
        Text(
            en="Whether the text restricts operating or controlling critical infrastructure.",
            ko="주요 기반 시설의 운영이나 제어를 제한하는지.",
        ),
        values=_RESTRICTED,
    ),
    TermDefinition(
        "public_sector_use",
        Text(en="public sector", ko="공공 부문"),
        Text(
            en="Whether the text restricts use by or for public authorities, law enforcement, justice, migration "
            "or state-funded projects.",
            ko="공공기관, 법 집행, 사법, 출입국, 국가 지원 사업의 이용을 제한하는지.",
        ),
        values=_RESTRICTED,
    ),
    TermDefinition(
        "field_of_use_restrictions",
        Text(en="restricted uses", ko="제한되는 용도"),
        Text(
            en="Fields of use that the text restricts or attaches conditions to.",
            ko="문안이 제한하거나 조건을 붙인 이용 분야.",
        ),
        Kind.SET,
        FIELDS_OF_USE,
        may_be_silent=True,
    ),
    TermDefinition(
        "national_interest_clause",
        Text(en="national interest", ko="국가 이익 조항"),
        Text(
            en="Duty not to act against the national security or unity of a named state.",
            ko="특정 국가의 안보나 통합에 반하는 행위를 하지 않을 의무.",
        ),
        Kind.NATIONAL_INTERESTS,
        may_be_silent=True,
    ),
    TermDefinition(
        "territory_excluded",
        Text(en="excluded territory", ko="제외 지역"),
        Text(en="Where no license is granted.", ko="라이선스를 허락하지 않는 지역."),
        Kind.TERRITORIES,
        may_be_silent=True,
    ),
    TermDefinition(
        "scale_gates",
        Text(en="limits of size", ko="규모 조건"),
        Text(
            en="Users, revenue or kinds of business beyond which other conditions hold.",
            ko="이용자 수, 매출, 사업 유형이 기준을 넘으면 달라지는 조건.",
        ),
        Kind.SCALE_GATES,
        may_be_silent=True,
    ),
    TermDefinition(
        "registration",
        Text(en="registration", ko="등록"),
        Text(
            en="Whether users must register with the licensor or ask first.",
            ko="라이선스 제공자에게 등록하거나 신청해야 하는지.",
        ),
        values={
            "none": Text(en="none", ko="필요 없음"),
            "commercial_only": Text(en="for commercial use", ko="상업 이용 시"),
            "all": Text(en="for every use", ko="모든 이용 시"),
        },
    ),
)
"""In the order in which they are shown."""
