"""`compliance policy explain`: which rule judged which finding, why, and what would turn the verdict."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli import options
from compliance.cli.output import read_file, terminal_width, write_text
from compliance.cli.wording import say
from compliance.errors import ConfigurationError
from compliance.model.text import Text
from compliance.model.verdict import Axis

Facts = Annotated[
    Path,
    typer.Argument(
        metavar="INVENTORY|ASSESSMENT",
        help=say(
            "JSON file written by `compliance scan`, or by `check` or `assess` with --format json.",
            "`compliance scan` 명령, 또는 --format json 옵션을 쓴 `check`, `assess` 명령으로 저장한 JSON 파일.",
        ),
    ),
]
Finding = Annotated[
    str | None,
    typer.Option(
        "--finding", metavar="ID", help=say("Explain what was asked of this finding.", "이 발견 사항에 관해 설명.")
    ),
]
Rule = Annotated[
    str | None, typer.Option("--rule", metavar="ID", help=say("Explain this rule.", "이 규칙에 관해 설명."))
]
AxisOption = Annotated[
    Axis | None, typer.Option("--axis", help=say("Explain this verdict.", "이 판정에 관해 설명."))
]
Date = Annotated[
    str | None,
    typer.Option(
        help=say(
            "Day whose rules are asked (2026-11-23); else that of the assessment, else today.",
            "적용할 규칙의 기준일(2026-11-23). 없으면 판정서의 기준일, 그것도 없으면 오늘.",
        )
    ),
]


def explain(
    facts: Facts,
    policy: options.Policy = options.DEFAULT_POLICY,
    finding: Finding = None,
    rule: Rule = None,
    axis: AxisOption = None,
    date: Date = None,
    format_: options.TextOrJsonOption = options.TextOrJson.TEXT,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Print why the policy judges the facts as it does."""
    import msgspec

    from compliance.cli import policy_explain_output
    from compliance.policy.explanation.explaining import Wanted
    from compliance.policy.explanation.explaining import explain as explained
    from compliance.policy.loading import load_policy
    from compliance.policy.suggestions import closest
    from compliance.reporters.json_text import encode_text
    from compliance.reporters.json_v1 import decode_facts, decode_policy

    loaded = load_policy(policy)
    content = read_file(facts)
    inventory, assessed = decode_facts(content, str(facts)), decode_policy(content, str(facts))
    today = options.date_from(date or (assessed.evaluated_on if assessed else None))
    rules = [one.id for one in loaded.rules]
    if rule is not None and rule not in rules:
        raise ConfigurationError(_no_rule(rule, closest(rule, rules)))
    if finding is not None and finding not in {one.id for one in inventory.findings}:
        raise ConfigurationError(_no_finding(finding, facts))
    found = explained(inventory, loaded, today, Wanted(finding, rule, axis))
    found = msgspec.structs.replace(found, assessed=assessed)
    if format_ is options.TextOrJson.JSON:
        write_text(encode_text(msgspec.to_builtins(found)))
    else:
        in_full = finding is not None or rule is not None
        write_text(policy_explain_output.text(found, language.value, terminal_width(), in_full=in_full))


def _no_rule(rule: str, hint: Text) -> Text:
    return Text(
        en=f"the policy has no rule {rule!r}{hint.en or '; `compliance policy explain` without --rule names all'}",
        ko=f"정책에 없는 규칙: {rule!r}{hint.ko or '. --rule 옵션 없이 실행하면 모든 규칙이 나옵니다'}",
    )


def _no_finding(finding: str, facts: Path) -> Text:
    return Text(
        en=f"{facts} has no finding {finding!r}: take an `id` from its `findings`",
        ko=f"{facts} 파일에 없는 발견 사항: {finding!r}. `findings` 항목의 `id` 값을 쓰세요",
    )


explain.__doc__ = say(
    "Explain a judgement: each rule asked, what its questions saw, and the shortest way to a better verdict. "
    "Exit status: 0, or 2 for a wrong call, file or policy.",
    "판정 설명: 적용된 규칙, 조건식의 질문마다 본 값, 더 나은 판정에 이르는 가장 짧은 변경. "
    "종료 상태: 0. 호출·파일·정책이 잘못되면 2.",
)
