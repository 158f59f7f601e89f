"""The facts of the fictional submission in reports/examples/."""

from compliance.model import git_history, origin_notice
from compliance.model.evidence import LicenseMatch, ReleaseStatement, Statement
from compliance.model.finding import (
    ContradictionFinding,
    CopyrightFinding,
    Declaration,
    DependencyFinding,
    Finding,
    Introduction,
    LicenseFinding,
    ModelCardFinding,
    NoticeFinding,
    Origin,
    OriginFinding,
    Span,
    WeightsFinding,
    place,
)

REVISION = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def _at(path: str, finding: Finding) -> Finding:
    return place(finding, path, REVISION)


CARD_LICENSE = _at(
    "모델카드/README.md",
    LicenseFinding(
        lines=(2, 2),
        expression="Apache-2.0",
        basis="declared",
        subject="weights",
        evidence=(Statement(lines=(2, 2), field="license", says="apache-2.0"),),
    ),
)
WEIGHTS_LICENSE = _at(
    "weights/LICENSE",
    LicenseFinding(
        lines=(1, 64),
        expression="LicenseRef-garam-community-1.0",
        basis="detected",
        score=98.6,
        license_ids=("garam-community-1.0",),
        subject="weights",
        evidence=(
            LicenseMatch(
                lines=(1, 64),
                expression="LicenseRef-garam-community-1.0",
                key_expression="garam-community-1.0",
                rule="garam-community-1.0.RULE",
                matcher="3-seq",
                score=98.6,
                coverage=98.6,
            ),
        ),
    ),
)
ENCODER = _at(
    "weights/config.json",
    WeightsFinding(
        lines=(12, 30),
        component="vision_encoder",
        family="garam-vision",
        developer="Garam Example Lab",
        country="ZZ",
        basis="config",
        license_id="garam-community-1.0",
        confidence=0.9,
        evidence=(
            Statement(lines=(13, 13), field="vision_config.model_type", says="garam_vision"),
            Statement(lines=(14, 14), field="vision_config._name_or_path", says="garam/garam-vision-large"),
            Statement(lines=(17, 17), field="vision_config.hidden_size", says="1280"),
        ),
    ),
)
CONTRADICTION = _at(
    "모델카드/README.md",
    ContradictionFinding(
        lines=(2, 2),
        about="license",
        evidence=(
            Statement(lines=(2, 2), field="license", says="apache-2.0"),
            LicenseMatch(
                path="weights/LICENSE",
                lines=(1, 64),
                expression="LicenseRef-garam-community-1.0",
                key_expression="garam-community-1.0",
                rule="garam-community-1.0.RULE",
                matcher="3-seq",
                score=98.6,
                coverage=98.6,
            ),
        ),
    ),
)
LICENSE_CHANGED = _at(
    "weights/LICENSE",
    ContradictionFinding(
        lines=(1, 64),
        about="license-changed-after-release",
        evidence=(
            Statement(path="weights/LICENSE", lines=(1, 64), field="claim", says="LicenseRef-garam-community-1.0"),
            ReleaseStatement(
                path="weights/LICENSE",
                lines=(1, 201),
                field="claim",
                says="Apache-2.0",
                release="v0.9",
                revision="5f1c0e7a9b3d4e6f8a2b1c0d9e8f7a6b5c4d3e2f",
                date="2026-08-14",
            ),
        ),
    ),
)
BASE_MODEL = _at("모델카드/README.md", ModelCardFinding(lines=(4, 4), field="base_model", value="none"))
HOLDER = _at(
    "src/hanbit/layers/normalisation.py",
    CopyrightFinding(
        lines=(1, 1), statement="Copyright 2024 Example Authors", holders=("Example Authors",), years=("2024",)
    ),
)
VENDORED = _at(
    "vendor/tokens-1.4-py3-none-any.whl!/tokens/_native.py",
    LicenseFinding(
        lines=(3, 21),
        expression="GPL-3.0-only",
        key_expression="gpl-3.0",
        basis="detected",
        score=100.0,
        evidence=(
            LicenseMatch(
                lines=(3, 21),
                expression="GPL-3.0-only",
                key_expression="gpl-3.0",
                rule="gpl-3.0_12.RULE",
                matcher="2-aho",
                score=100.0,
                coverage=100.0,
            ),
        ),
    ),
)
REQUIREMENT = _at(
    "requirements.txt",
    DependencyFinding(
        lines=(7, 7),
        purl="pkg:pypi/tokens@1.4",
        expression="GPL-3.0-only",
        scope="runtime",
        locked=True,
        evidence=(Statement(lines=(7, 7), field="requirement", says="tokens==1.4"),),
    ),
)
NOTICE_LINES = ((1, 13), (1, 14), (2, 15), (1, 13), (5, 19), (1, 12), (1, 13))
COPIED = tuple(
    _at(
        f"src/hanbit/layers/{name}.py",
        LicenseFinding(
            lines=lines,
            expression="Apache-2.0",
            key_expression="apache-2.0",
            basis="detected",
            score=100.0 - at,
            evidence=(
                LicenseMatch(
                    lines=lines,
                    expression="Apache-2.0",
                    key_expression="apache-2.0",
                    rule="apache-2.0_7.RULE",
                    matcher="3-seq" if at else "2-aho",
                    score=100.0 - at,
                    coverage=100.0 - at,
                ),
            ),
        ),
    )
    for at, (name, lines) in enumerate(
        zip(
            ("attention", "experts", "normalisation", "rotary", "router", "sampling", "embedding"),
            NOTICE_LINES,
            strict=True,
        )
    )
)

ORIGIN = _at(
    "src/hanbit/layers/experts.py",
    OriginFinding(
        lines=(14, 212),
        lineage=(
            Origin(
                family="garam_moe",
                project="garam-serve",
                version="0.8.5",
                path="garam_serve/models/garam_moe.py",
                developer="Garam Example Lab",
                country="ZZ",
                expression="Apache-2.0",
                relation="derived",
                role="direct",
                share=0.84,
                confidence=0.97,
                released="2024-12-26",
            ),
            Origin(
                family="nuri_moe",
                project="garam-serve",
                version="0.8.5",
                path="garam_serve/models/nuri_moe.py",
                developer="Nuri Example Lab",
                country="ZZ",
                expression="Apache-2.0",
                relation="derived",
                role="shared",
                share=0.82,
                confidence=0.97,
            ),
            Origin(
                family="baram",
                project="garam-serve",
                version="0.8.5",
                path="garam_serve/models/baram.py",
                country="ZZ",
                expression="Apache-2.0",
                relation="derived",
                role="ancestor",
                share=0.4,
            ),
        ),
        spans=(
            Span(
                lines=(14, 96),
                name="HanbitExperts",
                origin_path="garam_serve/models/garam_moe.py",
                origin_lines=(102, 190),
                origin_name="GaramMoE",
            ),
            Span(lines=(120, 212), origin_path="garam_serve/models/garam_moe.py", origin_lines=(201, 300)),
        ),
        declared=Declaration(
            path="src/hanbit/layers/experts.py",
            lines=(3, 3),
            says="adapted from baram",
            agreement="another-is-nearer",
        ),
        missing_holders=("Garam Example Lab",),
        introduction=Introduction(
            commit="1f0c6b8a93d2e4f5061728394a5b6c7d8e9f0a1b",
            date="2025-07-01",
            header_lost=True,
            holders_then=("Garam Example Lab",),
        ),
        evidence=(
            *origin_notice.statements(holders=["2024 Garam Example Lab"], expression="Apache-2.0"),
            Statement(field=git_history.FIRST_COMMIT, says="1f0c6b8a93d2 2025-07-01 experts.py"),
        ),
    ),
)
NOTICE = _at(
    "src/hanbit/layers/experts.py",
    NoticeFinding(
        lines=(14, 212),
        origin="garam-serve 0.8.5 garam_serve/models/garam_moe.py",
        expression="Apache-2.0",
        present=("license-text",),
        missing=("change-statement", "holder: 2024 Garam Example Lab"),
        evidence=(
            Statement(field=origin_notice.HOLDER, says="2024 Garam Example Lab"),
            Statement(path="LICENSE", field="license-text", says="Apache-2.0"),
        ),
    ),
)

FINDINGS: tuple[Finding, ...] = (
    CARD_LICENSE,
    WEIGHTS_LICENSE,
    ENCODER,
    CONTRADICTION,
    LICENSE_CHANGED,
    BASE_MODEL,
    HOLDER,
    VENDORED,
    REQUIREMENT,
    *COPIED,
    ORIGIN,
    NOTICE,
)
