"""Some rules of the shipped policy as a Python programmer would write them: what they cost without an engine."""

from collections.abc import Callable, Mapping
from typing import Any

from compliance.licenses.expressions import is_known, only, requires, settled
from compliance.policy.policy import Policy

Condition = Callable[[Any], bool]


def conditions(policy: Policy) -> Mapping[str, Condition]:
    """The condition of each of these rules, by its id, over the fact objects of the engine."""
    lists, thresholds = policy.lists, policy.thresholds
    bans = tuple(
        entry
        for name in (
            *("restricted-code-licenses", "noncommercial", "use-restrictions", "excluded-territories"),
            *("size-gates", "outside-control"),
        )
        for entry in lists[name]
    )
    unnamed = lists["unnamed-proprietary-licenses"]
    open_ = (*lists["open-licenses"], *lists["open-licenses-outside-spdx"])
    open_or_terms = (*open_, *lists["contribution-terms"])
    terms, scopes = lists["terms-of-use"], frozenset(lists["development-scopes"])
    sure, relations = thresholds["sure-score"], frozenset({"copied", "derived", "declared"})
    return {
        "noncommercial-license": lambda f: requires(f.expression, lists["noncommercial"]),
        "weights-license-not-established": lambda f: (
            f.subject == "weights" and not settled(f.expression, terms, lists["open-licenses"])
        ),
        "restricted-code-license": lambda f: (
            f.subject != "weights" and requires(f.expression, lists["restricted-code-licenses"])
        ),
        "code-license-not-established": lambda f: (
            f.subject != "weights"
            and not f.declared_in_card
            and (not is_known(f.expression) or requires(f.expression, unnamed))
        ),
        "code-license-not-open": lambda f: (
            f.subject != "weights"
            and not f.declared_in_card
            and is_known(f.expression)
            and not settled(f.expression, terms, open_or_terms)
            and not requires(f.expression, (*bans, *unnamed))
        ),
        "doubtful-detection": lambda f: (
            f.score is not None and f.score < sure and is_known(f.expression) and not f.declared_in_card
        ),
        "notice-duty": lambda f: (
            f.subject != "package"
            and f.basis != "concluded"
            and is_known(f.expression)
            and not only(f.expression, lists["licenses-without-notice-duty"])
        ),
        "license-text-altered": lambda f: f.altered,
        "restricted-dependency": lambda f: f.scope not in scopes and requires(f.expression, bans),
        "dependency-license-not-open": lambda f: (
            f.scope != "package"
            and f.scope not in scopes
            and is_known(f.expression)
            and not settled(f.expression, terms, open_)
            and not requires(f.expression, bans)
        ),
        "dependency-license-unknown": lambda f: (
            f.scope != "package"
            and f.scope not in scopes
            and not is_known(f.expression)
            and not f.license_known_elsewhere
        ),
        "origin-license-not-open": lambda f: (
            f.relation != "imported" and is_known(f.expression) and not only(f.expression, open_)
        ),
        "header-removed": lambda f: f.relation in relations and f.header_lost,
        "third-party-notice-kept": lambda f: not f.missing,
        "unlicensed-files": lambda f: f.unlicensed > thresholds["unlicensed-files"],
    }
