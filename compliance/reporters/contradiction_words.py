"""What statements that cannot all hold are about."""

from compliance.model.text import Text

_CONTRADICTIONS = {
    "weights-license-declared-and-text": Text(
        en="the license declared for the weights is another one than the text beside them",
        ko="가중치에 선언된 라이선스와 옆에 있는 본문이 다름",
    ),
    "weights-license-declared-and-base": Text(
        en="the card grants more than the license of the base model that it names",
        ko="모델 카드의 라이선스가 기반 모델의 라이선스보다 더 많은 것을 허용함",
    ),
    "weights-license-declared-and-ancestor": Text(
        en="the card grants more than the license of a model further up its line of base models",
        ko="모델 카드의 라이선스가 상위 기반 모델의 라이선스보다 더 많은 것을 허용함",
    ),
    "weights-license-declared-and-linked": Text(
        en="the card declares another license than the text to which it links",
        ko="모델 카드의 라이선스가 링크된 본문의 라이선스와 다름",
    ),
    "weights-license-declared-twice": Text(
        en="two licenses are declared for the same weights",
        ko="같은 가중치에 서로 다른 라이선스를 선언함",
    ),
    "weights-license-declared-and-claimed": Text(
        en="the card's prose names another license for the weights than its front matter",
        ko="모델 카드 본문이 말하는 가중치 라이선스가 머리말의 선언과 다름",
    ),
    "from-scratch-and-base": Text(
        en="training from scratch is claimed, and a base is named",
        ko="처음부터 학습했다고 하면서 기반 모델을 밝힘",
    ),
    "from-scratch-and-part": Text(
        en="training from scratch is claimed, and a part of the model is copied from others or named like theirs",
        ko="처음부터 학습했다고 하면서 모델 일부는 다른 곳에서 복사되었거나 다른 곳의 이름으로 되어 있음",
    ),
    "own-tokenizer-and-tokenizer": Text(
        en="a tokenizer of one's own is claimed, and the tokenizer is named like another's",
        ko="자체 토크나이저라고 하면서 토크나이저가 다른 곳의 이름으로 되어 있음",
    ),
    "own-code-and-origin": Text(
        en="code without others' code is claimed, and some is copied from others or says so itself",
        ko="다른 곳의 코드가 없다고 하면서 일부 코드는 다른 곳에서 복사되었거나 스스로 그렇게 밝힘",
    ),
    "license-changed-after-release": Text(
        en="the license is another one than at an earlier release",
        ko="이전 릴리스와 라이선스가 다름",
    ),
    "copyright-changed-after-release": Text(
        en="a copyright holder named at an earlier release is named no longer",
        ko="이전 릴리스에 있던 저작권자 표시가 없어짐",
    ),
    "base-model-changed-after-release": Text(
        en="the base model is another one than at an earlier release",
        ko="이전 릴리스와 기반 모델이 다름",
    ),
}


def at_release(says: str, release: str, date: str, revision: str) -> Text:
    """What a file said at a release."""
    at = f"{release}, {date}, {revision[:12]}"
    return Text(en=f"{says} (at release {at})", ko=f"{says} (릴리스 {at} 기준)")


def contradiction(about: str) -> Text:
    """That statements about something cannot all hold."""
    known = _CONTRADICTIONS.get(about, Text(en=about, ko=about))
    return Text(en=f"contradiction: {known.en}", ko=f"모순: {known.ko}")
