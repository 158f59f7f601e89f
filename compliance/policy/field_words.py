"""What every field of every kind of fact means, in both languages."""

from collections.abc import Mapping

from compliance.model.text import Text

SHARED_WORDS: Mapping[str, Text] = {
    "path": Text(en="Path of the file, from the subject's root.", ko="검사 대상 최상위부터의 파일 경로."),
    "expression": Text(
        en="SPDX expression of the license; ask of it with only, requires, known and the like.",
        ko="라이선스의 SPDX 식. only, requires, known 등의 함수로 물음.",
    ),
    "project": Text(en="Project that it comes from.", ko="출처 프로젝트."),
    "family": Text(en="Model family, such as deepseek_v3.", ko="모델 계열. 예: deepseek_v3."),
    "developer": Text(en="Who developed it.", ko="개발한 곳."),
    "country": Text(
        en="The developer's country, such as KR (ISO 3166-1).", ko="개발사의 국가. 예: KR (ISO 3166-1)."
    ),
    "relation": Text(
        en="How the code relates to the origin: copied text, nearest text (derived), a class that extends one "
        "of its classes (inherited), used by name (imported), or said by the code itself (declared).",
        ko="출처와의 관계: 복사(copied), 가장 가까운 원문(derived), 클래스 상속(inherited), "
        "이름으로 사용(imported), 코드가 스스로 밝힘(declared).",
    ),
    "share": Text(en="How much of the code matches the origin.", ko="코드 중 출처와 일치하는 비율."),
    "confidence": Text(
        en="How often such a statement is right, calibrated on known code.",
        ko="이런 진술이 맞는 비율(알려진 코드로 보정).",
    ),
    "declared": Text(
        en="The examined material names an origin of this code itself.",
        ko="제출물이 이 코드의 출처를 스스로 밝힘.",
    ),
    "missing_holders": Text(
        en="Copyright holders of the origin that are named nowhere here.",
        ko="어디에도 적히지 않은 출처의 저작권자.",
    ),
    "committed_before_release": Text(
        en="The code was committed before the origin's first known release.",
        ko="출처가 처음 공개되기 전에 커밋된 코드.",
    ),
}

_LICENSE: Mapping[str, Text] = {
    "basis": Text(
        en="Declared in a manifest or card, detected in the text, or concluded from other files.",
        ko="선언(declared), 본문에서 탐지(detected), 다른 파일에서 확정(concluded).",
    ),
    "key_expression": Text(en="The same in ScanCode's license keys.", ko="ScanCode 라이선스 키로 쓴 식."),
    "score": Text(en="ScanCode's score of the match.", ko="ScanCode 일치 점수."),
    "license_ids": Text(
        en="Identifiers in our knowledge base of weight licenses.", ko="가중치 라이선스 자료의 식별자."
    ),
    "subject": Text(
        en="What the license is stated for: a source file, weights, a package, or data.",
        ko="라이선스의 대상: 소스 코드(code), 가중치(weights), 패키지(package), 데이터(data).",
    ),
    "altered": Text(
        en="The text is a known license's with clauses added, removed or changed.",
        ko="알려진 라이선스에서 조항을 더하거나 빼거나 바꾼 원문.",
    ),
    "declared_in_card": Text(
        en="It is the line in which a model card names the license of its weights, read as text.",
        ko="모델 카드가 가중치 라이선스를 적은 줄을 본문으로 다시 읽은 것.",
    ),
    "read_terms": Text(
        en="Terms that patterns read in an unknown license, such as military_use=prohibited.",
        ko="알려지지 않은 라이선스에서 자동으로 읽은 조건. 예: military_use=prohibited.",
    ),
}

_DEPENDENCY: Mapping[str, Text] = {
    "purl": Text(en="Package URL, such as pkg:pypi/numpy@2.1.0.", ko="패키지 URL. 예: pkg:pypi/numpy@2.1.0."),
    "scope": Text(
        en="runtime, dev, optional, build, installed, vendored, submodule, package (the thing itself) or the name "
        "of a group.",
        ko="runtime, dev, optional, build, installed, vendored, submodule, package(제출물 자체) 또는 그룹 이름.",
    ),
    "declared_in": Text(en="Path of the manifest or lock file.", ko="매니페스트 또는 잠금 파일 경로."),
    "locked": Text(en="An exact version is pinned.", ko="정확한 버전이 고정됨."),
    "license_known_elsewhere": Text(
        en="Another finding of the same package states its license.",
        ko="같은 패키지의 다른 발견 사항에 라이선스가 있음.",
    ),
}

_MODEL_CARD: Mapping[str, Text] = {
    "field": Text(en="Name of the field, such as base_model.", ko="항목 이름. 예: base_model."),
    "value": Text(en="What it says.", ko="항목 값."),
    "base_model_relations": Text(
        en="The base_model_relation declared of this base; where nothing tells of which, all of the same file.",
        ko="이 기반 모델에 선언된 base_model_relation. 어느 모델의 것인지 알 수 없으면 같은 파일의 모든 값.",
    ),
    "inferred_relations": Text(
        en="What the files beside the card suggest where none is declared: a lead.",
        ko="선언이 없을 때 카드 옆 파일들이 시사하는 관계. 단서일 뿐임.",
    ),
}

_WEIGHTS: Mapping[str, Text] = {
    "component": Text(
        en="model, text_decoder, vision_encoder, audio_encoder, tokenizer …",
        ko="model, text_decoder, vision_encoder, audio_encoder, tokenizer 등.",
    ),
    "format": Text(en="File format, such as safetensors.", ko="파일 형식. 예: safetensors."),
    "tensors": Text(en="How many tensors it has.", ko="텐서 수."),
    "parameters": Text(en="How many parameters it has.", ko="파라미터 수."),
    "basis": Text(
        en="On what the statement rests: equal values (digest), values nearer than chance (likeness), names of "
        "tensors, configuration, metadata, the name of a path, or the card.",
        ko="근거: 값 일치(digest), 우연이 아닌 유사(likeness), 텐서 이름, 설정, 메타데이터, 경로 이름, 모델 카드.",
    ),
    "license_id": Text(
        en="License that a reference states for these weights.", ko="참조 자료에 적힌 가중치 라이선스."
    ),
    "confidence": Text(en="How sure the statement is.", ko="진술의 확실한 정도."),
    "expression": Text(en="SPDX expression of that license.", ko="그 라이선스의 SPDX 식."),
    "lead": Text(
        en="The family is known from general knowledge alone: a lead fails nothing.",
        ko="일반적인 지식으로만 알려진 계열. 단서만으로는 부적합으로 판정하지 않음.",
    ),
}

_ORIGIN: Mapping[str, Text] = {
    "version": Text(en="Nearest known release.", ko="가장 가까운 릴리스."),
    "origin_path": Text(en="Path of the file in that release.", ko="그 릴리스 안의 파일 경로."),
    "released": Text(
        en="Date of the file's first known release (2025-01-31).", ko="파일이 처음 공개된 날 (2025-01-31)."
    ),
    "agreement": Text(
        en="How the declared origin compares with what was measured.", ko="밝힌 출처와 측정한 결과의 비교."
    ),
    "nearest_countries": Text(
        en="Countries of the nearest origin and of those that are as near.",
        ko="가장 가까운 출처들의 국가(동률 포함).",
    ),
    "ancestor_countries": Text(en="Countries of its ancestors.", ko="조상 출처들의 국가."),
    "lineage_families": Text(en="Families of the whole lineage.", ko="계보 전체의 모델 계열."),
    "lineage_developers": Text(en="Developers of the whole lineage.", ko="계보 전체의 개발사."),
    "lineage_countries": Text(en="Countries of the whole lineage.", ko="계보 전체의 국가."),
    "introduced": Text(en="Date of the commit that brought the code.", ko="코드가 들어온 커밋의 날짜."),
    "header_lost": Text(
        en="A copyright or license header that the file had when it came is gone.",
        ko="들어올 때 있던 저작권·라이선스 머리말이 사라짐.",
    ),
}

_NOTICE: Mapping[str, Text] = {
    "origin": Text(
        en="Project, release and file that the notice belongs to.", ko="고지 대상 프로젝트, 릴리스, 파일."
    ),
    "present": Text(en="What is kept.", ko="유지된 고지."),
    "missing": Text(
        en="What is missing: holder: …, license-text, license-notice, change-statement.",
        ko="빠진 고지: holder: …, license-text, license-notice, change-statement.",
    ),
    "cured_by": Text(
        en="NOTICE or LICENSE files of a directory that name a part of it.",
        ko="일부를 적어 둔 NOTICE, LICENSE 파일.",
    ),
    "license_text_missing": Text(en="The license's text is missing.", ko="라이선스 원문 누락."),
    "license_notice_missing": Text(en="The license's notice is missing.", ko="라이선스 고지문 누락."),
    "change_statement_missing": Text(en="The statement of changes is missing.", ko="변경 사실 표시 누락."),
}

_INVENTORY: Mapping[str, Text] = {
    "files": Text(en="Files that were met.", ko="전체 파일 수."),
    "examined": Text(en="Files that were examined to the end.", ko="끝까지 검사한 파일 수."),
    "unlicensed": Text(
        en="Files that state no license and lie under none.", ko="자체 라이선스도 상위 라이선스도 없는 파일 수."
    ),
    "skipped": Text(en="Files or parts of files that were not examined.", ko="검사하지 못한 파일 또는 부분의 수."),
    "license_findings": Text(en="License statements.", ko="라이선스 발견 사항 수."),
    "weights_license_findings": Text(en="License statements for weights.", ko="가중치 라이선스 발견 사항 수."),
    "copyright_findings": Text(en="Copyright statements.", ko="저작권 발견 사항 수."),
    "dependency_findings": Text(en="Dependencies.", ko="의존성 발견 사항 수."),
    "model_card_findings": Text(en="Fields of model cards and configurations.", ko="모델 카드와 설정 항목 수."),
    "weights_findings": Text(en="Parts of models.", ko="가중치 발견 사항 수."),
    "contradiction_findings": Text(en="Contradictions.", ko="모순 수."),
    "origin_findings": Text(en="Origins of code.", ko="코드 출처 발견 사항 수."),
    "notice_findings": Text(en="Notices that licenses demand.", ko="고지 발견 사항 수."),
}

FIELD_WORDS: Mapping[str, Mapping[str, Text]] = {
    "license": _LICENSE,
    "copyright": {
        "statement": Text(en="The statement as it stands.", ko="저작권 표시 원문."),
        "holders": Text(en="Who holds the copyright.", ko="저작권자."),
        "years": Text(en="Years that are named.", ko="표시된 연도."),
    },
    "dependency": _DEPENDENCY,
    "model-card": _MODEL_CARD,
    "weights": _WEIGHTS,
    "contradiction": {"about": Text(en="What the statements are about.", ko="모순되는 내용.")},
    "origin": _ORIGIN,
    "notice": _NOTICE,
    "inventory": _INVENTORY,
}
"""By kind; a field that isn't here has its words in `SHARED_WORDS`."""
