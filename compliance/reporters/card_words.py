"""What the evidence of cards and lines of base models says."""

from collections.abc import Mapping

from compliance.language import Language
from compliance.model.text import Text

_FIELDS: Mapping[str, Text] = {
    "base-model": Text(en="base model", ko="기반 모델"),
    "base-model-license": Text(en="its license", ko="그 라이선스"),
    "base-model-license-default": Text(
        en="default license of its family, not read here", ko="모델 계열의 기본 라이선스, 원문 미확인"
    ),
    "base_model_relation": Text(en="declared relation", ko="선언된 관계"),
    "base_model_revision": Text(en="declared revision", ko="선언된 리비전"),
    "inferred-relation": Text(en="inferred relation, not declared", ko="추정된 관계, 선언 아님"),
    "weights-license-text": Text(en="license text", ko="라이선스 본문"),
    "license-address": Text(en="address of a license", ko="라이선스 주소"),
    "dataset-license": Text(en="license of the dataset", ko="데이터셋 라이선스"),
    "plain-readme": Text(en="read in a README", ko="README에서 읽음"),
    "claim:from-scratch": Text(en="says: trained from scratch", ko="진술: 처음부터 학습"),
    "claim:from-weights": Text(en="says: begun from other weights", ko="진술: 다른 가중치에서 시작"),
    "claim:own-code": Text(en="says: code of its own", ko="진술: 자체 코드"),
    "claim:own-tokenizer": Text(en="says: tokenizer of its own", ko="진술: 자체 토크나이저"),
    "claim:weights-license": Text(en="says: license of the weights", ko="진술: 가중치 라이선스"),
    "claim:code-license": Text(en="says: license of the code", ko="진술: 코드 라이선스"),
    "special-tokens": Text(en="special tokens", ko="특수 토큰"),
    "tokenizer-fingerprint": Text(en="fingerprint of the tokenizer", ko="토크나이저 지문"),
    "same-tokenizer": Text(en="the same tokenizer lies here", ko="같은 토크나이저가 있는 곳"),
}


def field(name: str, language: Language) -> str | None:
    """How reports call the field `name` of a card or of evidence; None where it is of no card."""
    return _FIELDS[name].in_language(language) if name in _FIELDS else None
