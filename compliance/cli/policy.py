"""`compliance policy …`: for people who write policies."""

import json

import typer

from compliance.cli import policy_lint, policy_words
from compliance.cli.output import write_text
from compliance.cli.wording import say

application = typer.Typer(
    help=say("Check policy files.", "정책 파일 점검."), no_args_is_help=True, rich_markup_mode=None
)


def schema() -> None:
    """Print the JSON Schema of policy files."""
    from compliance.policy.schema import policy_schema

    write_text(json.dumps(policy_schema(), indent=2, ensure_ascii=False) + "\n")


schema.__doc__ = say(
    "Print the JSON Schema of policy files, for completion in editors.",
    "편집기 자동 완성에 쓰는 정책 파일 JSON Schema 출력.",
)
application.command("lint")(policy_lint.lint)
application.command("schema")(schema)
application.command("words")(policy_words.words)
