"""`compliance policy …`: for people who write policies."""

import json
from typing import Annotated

import typer

from compliance.cli import policy_diff, policy_explain, policy_lint, policy_replay, policy_test, policy_words
from compliance.cli.output import write_text
from compliance.cli.wording import say

application = typer.Typer(
    help=say("Check policy files.", "정책 파일 점검."), no_args_is_help=True, rich_markup_mode=None
)

OfWaivers = Annotated[
    bool, typer.Option("--waivers", help=say("The one of files of waivers.", "예외 승인 파일의 스키마."))
]
OfTests = Annotated[
    bool, typer.Option("--tests", help=say("The one of files of policy tests.", "정책 테스트 파일의 스키마."))
]


def schema(waivers: OfWaivers = False, tests: OfTests = False) -> None:
    """Print the JSON Schema of policy files, or of files of waivers or of tests."""
    from compliance.policy.schema import policy_schema
    from compliance.policy.testing.document import suite_schema
    from compliance.policy.waiver_schema import waivers_schema

    chosen = suite_schema() if tests else waivers_schema() if waivers else policy_schema()
    write_text(json.dumps(chosen, indent=2, ensure_ascii=False) + "\n")


schema.__doc__ = say(
    "Print the JSON Schema of policy files, for completion in editors.",
    "편집기 자동 완성에 쓰는 정책 파일 JSON Schema 출력.",
)
application.command("lint")(policy_lint.lint)
application.command("schema")(schema)
application.command("words")(policy_words.words)
application.command("test")(policy_test.run_tests)
application.command("explain")(policy_explain.explain)
application.command("show")(policy_diff.show)
application.command("diff")(policy_diff.diff)
application.command("replay")(policy_replay.replay)
