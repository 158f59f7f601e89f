"""`compliance policy diff` and `compliance policy show`: what differs between policies."""

from typing import Annotated

import typer

from compliance.cli import options
from compliance.cli.exit_status import DIFFERENT, ExitStatus
from compliance.cli.output import terminal_width, write_text
from compliance.cli.wording import say

Before = Annotated[
    str,
    typer.Argument(
        metavar="A", help=say("The policy as it was: file or shipped name.", "이전 정책: 파일 또는 이름.")
    ),
]
After = Annotated[str, typer.Argument(metavar="B", help=say("The policy as it is.", "이후 정책."))]


def diff(
    before: Before,
    after: After,
    format_: options.TextOrJsonOption = options.TextOrJson.TEXT,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Compare two policies and print what differs."""
    import msgspec

    from compliance.cli.policy_diff_output import differences
    from compliance.policy.comparison import compare
    from compliance.policy.loading import load_policy
    from compliance.reporters.json_text import encode_text

    comparison = compare(load_policy(before), load_policy(after))
    if format_ is options.TextOrJson.JSON:
        write_text(encode_text(msgspec.to_builtins(comparison)))
    else:
        write_text(differences(comparison, language.value, terminal_width()))
    raise typer.Exit(ExitStatus.CLEAN if comparison.same else DIFFERENT)


def show(
    policy: options.PolicyArgument = options.DEFAULT_POLICY, language: options.Language = options.LANGUAGE
) -> None:
    """Print the rules of a policy, and what differs from each policy that it extends."""
    from itertools import pairwise

    from compliance.cli.policy_diff_output import overview
    from compliance.policy.comparison import compare
    from compliance.policy.loading import load_bases, load_policy

    loaded = load_policy(policy)
    chain = [loaded, *load_bases(policy)]
    below = [(f"{base.id} {base.version}", compare(base, above)) for above, base in pairwise(chain)]
    write_text(overview(loaded, below, language.value, terminal_width()))


diff.__doc__ = say(
    "Show what differs between two policies: rules, conditions, lists, thresholds. Exit status: 0 nothing, "
    "1 something.",
    "두 정책의 차이(규칙, 조건식, 목록, 기준값) 표시. 종료 상태: 0 같음, 1 다름.",
)
show.__doc__ = say(
    "Show what a policy is made of, and what it changes of the policies that it extends.",
    "정책의 구성과, 확장한 정책에서 바꾼 것을 표시.",
)
