"""What facts are called where a sentence names them: parts of a model, grounds, relations to an origin."""

from collections.abc import Mapping

from compliance.model.finding import Relation, WeightsBasis
from compliance.model.text import Text

COMPONENTS: Mapping[str, Text] = {
    "model": Text(en="model", ko="모델 전체"),
    "text_decoder": Text(en="text decoder", ko="텍스트 디코더"),
    "vision_encoder": Text(en="vision encoder", ko="비전 인코더"),
    "audio_encoder": Text(en="audio encoder", ko="오디오 인코더"),
    "projector": Text(en="projector", ko="프로젝터"),
    "processor": Text(en="preprocessor", ko="전처리기"),
    "tokenizer": Text(en="tokenizer", ko="토크나이저"),
}
"""Parts of a model; others stand for themselves."""
WEIGHTS_BASES: Mapping[WeightsBasis, Text] = {
    "digest": Text(en="equal values", ko="값 일치"),
    "likeness": Text(en="alike values", ko="값 유사"),
    "tensor-names": Text(en="names and shapes of tensors", ko="텐서 이름과 형상"),
    "config": Text(en="configuration", ko="설정 파일"),
    "metadata": Text(en="metadata", ko="메타데이터"),
    "path-name": Text(en="name of a path", ko="경로 이름"),
    "card": Text(en="model card", ko="모델 카드"),
}
"""On what it rests whose weights they are."""
RELATIONS: Mapping[Relation, Text] = {
    "copied": Text(en="copied code, nearest in the index", ko="복사된 코드, 색인에서 가장 가까운 출처"),
    "derived": Text(en="nearest in the index", ko="색인에서 가장 가까운 출처"),
    "inherited": Text(en="extends classes of", ko="클래스를 상속한 출처"),
    "imported": Text(en="imports from", ko="import로 가져온 출처"),
    "declared": Text(en="named by the submission itself", ko="제출물이 밝힌 출처"),
}
"""How code is related to an origin."""


def and_more(count: int) -> Text:
    """How many more findings or statements there are than were told."""
    return Text(en=f"and {count:,} more", ko=f"외 {count:,}건")


def and_more_things(count: int) -> Text:
    """How many more files, families or words there are than were named."""
    return Text(en=f"and {count:,} more", ko=f"외 {count:,}개")


def component(name: str) -> Text:
    """How a part of a model is called."""
    return COMPONENTS.get(name) or Text(en=name, ko=name)


def of_weights(part: str, whose: str, basis: WeightsBasis) -> Text:
    """Whose a part of a model is, as far as something says so, and on what that rests."""
    named, ground = component(part), WEIGHTS_BASES[basis]
    return Text(en=f"{named.en}: {whose} (by {ground.en})", ko=f"{named.ko}: {whose}(근거: {ground.ko})")
