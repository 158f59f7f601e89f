"""Terms about what a license asks of whoever passes weights, derived models or outputs on."""

from compliance.licenses.term_definition import Kind, TermDefinition
from compliance.model.text import Text

DEFINITIONS = (
    TermDefinition(
        "attribution_duties",
        Text(en="notices", ko="고지 의무"),
        Text(en="What must be kept, stated or displayed.", ko="유지하거나 밝히거나 표시해야 하는 것."),
        Kind.SET,
        {
            "license_copy": Text(en="copy of the license", ko="라이선스 사본"),
            "notice_file": Text(en="NOTICE file", ko="NOTICE 파일"),
            "change_notice": Text(en="statement of changes", ko="변경 사실 표시"),
            "source_statement": Text(en="statement of the source", ko="출처 표시"),
            "publication_ack": Text(en="acknowledgement in publications", ko="출판물에 사사 표기"),
            "display_brand": Text(en="words to display", ko="문구 표시"),
            "display_brand_above_gate": Text(
                en="words to display beyond a size", ko="일정 규모 초과 시 문구 표시"
            ),
            "model_name_prefix": Text(en="start of a derived model's name", ko="파생 모델 이름의 앞부분"),
            "retain_model_name": Text(en="the model's name stays", ko="모델 이름 유지"),
            "disclaimer_text": Text(en="text of a disclaimer", ko="면책 문구"),
        },
        may_be_silent=True,
    ),
    TermDefinition(
        "brand_text",
        Text(en="words to display", ko="표시 문구"),
        Text(en="Words that must be displayed.", ko="표시해야 하는 문구."),
        Kind.WORDS,
        may_be_silent=True,
    ),
    TermDefinition(
        "model_name_prefix",
        Text(en="start of names", ko="이름 앞부분"),
        Text(en="How the name of a derived model must begin.", ko="파생 모델의 이름을 시작해야 하는 말."),
        Kind.WORDS,
        may_be_silent=True,
    ),
    TermDefinition(
        "output_use",
        Text(en="use of outputs", ko="출력물 이용"),
        Text(en="What the text asks of the model's outputs.", ko="모델 출력물에 붙는 조건."),
        Kind.SET,
        {
            "unrestricted": Text(en="unrestricted", ko="제한 없음"),
            "no_llm_training": Text(en="no training of language models", ko="언어 모델 학습 금지"),
            "no_model_training": Text(en="no training of models", ko="모델 학습 금지"),
            "no_foundation_model_training": Text(
                en="no training of foundation models", ko="파운데이션 모델 학습 금지"
            ),
            "no_competing_model_training": Text(en="no training of competing models", ko="경쟁 모델 학습 금지"),
            "non_commercial_only": Text(en="non-commercial use only", ko="비상업 이용만"),
            "licensor_owned": Text(en="owned by the licensor", ko="라이선스 제공자 소유"),
            "brand_duty": Text(
                en="words to display where outputs train a model", ko="출력물로 학습한 모델에 문구 표시"
            ),
            "brand_duty_cosmos_only": Text(
                en="words to display where outputs of Cosmos train a model",
                ko="Cosmos 출력물로 학습한 모델에 문구 표시",
            ),
            "distilled_models_are_derivatives": Text(
                en="models trained on outputs are derivatives", ko="출력물로 학습한 모델도 파생 모델"
            ),
        },
        may_be_silent=True,
    ),
    TermDefinition(
        "downstream_flow_down",
        Text(en="to be passed on", ko="전달 의무"),
        Text(
            en="What must be passed on to recipients of the weights or of derived models.",
            ko="가중치나 파생 모델을 받는 쪽에 전달해야 하는 것.",
        ),
        values={
            "none": Text(en="nothing", ko="없음"),
            "license_copy": Text(en="copy of the license", ko="라이선스 사본"),
            "use_restrictions": Text(en="the use restrictions", ko="사용 제한"),
            "same_license": Text(en="the same license (share-alike)", ko="같은 라이선스(동일조건변경허락)"),
        },
    ),
)
"""In the order in which they are shown."""
