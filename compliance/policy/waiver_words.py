"""What is said of waivers that don't do what they say, in both languages."""

from collections.abc import Iterable

from compliance.model.text import Text
from compliance.policy.suggestions import closest


def expired(last_day: str) -> Text:
    """Its last day is over."""
    return Text(
        en=f"it expired on {last_day}, so what it covered counts again; have it renewed, or remove it",
        ko=f"{last_day} 만료되어 예외가 적용되지 않음: 다시 승인받거나 지우세요",
    )


def matches_nothing(named: Iterable[str], known: Iterable[str]) -> Text:
    """It covers no violation, perhaps since the policy doesn't have its rules."""
    known = sorted(known)
    unknown = sorted(set(named) - set(known))
    if not unknown:
        return _NOTHING
    hint = closest(unknown[0], known)
    listed = ", ".join(unknown)
    return Text(
        en=f"it covers no violation, and the policy has no rule {listed}; correct it{hint.en}",
        ko=f"해당하는 위반이 없고 정책에 없는 규칙을 가리킴: {listed}. 규칙 이름을 고치세요{hint.ko}",
    )


_NOTHING = Text(
    en="it covers no violation; remove it, correct its match, or limit it to a team by its scope",
    ko="해당하는 위반이 없음: 지우거나 match 항목을 고치거나 scope 항목으로 팀을 한정하세요",
)
NOT_EVALUATED = Text(
    en="all that it could cover are conditions that could not be evaluated, which can't be waived; mend these",
    ko="해당하는 위반이 모두 조건식을 평가하지 못한 것이라 예외로 할 수 없음: 먼저 조건식 문제를 해결하세요",
)
