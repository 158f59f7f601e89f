"""Ten invented teams' facts, small and all different, for examples of replay and comparison."""

from collections.abc import Mapping

from compliance.model.finding import Finding
from compliance.model.inventory import FileCounts, Inventory, Tool
from compliance.model.submission import SourceReference, Subject
from tests.policy.inventories import (
    card,
    component,
    dependency,
    license_of,
    member,
    notice,
    origin,
    weights_license,
)


def team(name: str, *findings: Finding) -> Inventory:
    return Inventory(
        tool=Tool(version="1.0.0", data={"licenses": None, "origins": None, "scancode": None}),
        subject=Subject(
            team=name.title(), name=f"{name}-1", sources=(SourceReference(kind="directory", path=f"{name}-1"),)
        ),
        counts=FileCounts(files=40, examined=40),
        findings=tuple(sorted(findings, key=lambda one: (one.path, one.lines or (0, 0), one.id))),
    )


CODE = license_of("Apache-2.0", path="LICENSE")

TEAMS: Mapping[str, Inventory] = {
    "baram": team("baram", CODE, weights_license("MIT")),
    "bada": team("bada", CODE, weights_license("LicenseRef-llama-3.1"), card("base_model", "example/base")),
    "byeol": team("byeol", CODE, weights_license("LicenseRef-gemma-2025-03-24")),
    "garam": team("garam", CODE, weights_license("Apache-2.0"), origin(), notice(present=("license-text",))),
    "haneul": team("haneul", CODE, weights_license("LicenseRef-deepseek-1.0")),
    "hanbit": team("hanbit", CODE, weights_license("Apache-2.0"), component("vision_encoder", family="qwen2-vl",
                   developer="Alibaba Cloud", country="CN")),
    "maru": team("maru", CODE, weights_license("LicenseRef-k-exaone")),
    "nuri": team("nuri", CODE, weights_license("LicenseRef-minimax-model-license-01")),
    "saebyeok": team("saebyeok", CODE, weights_license("Apache-2.0"), origin(member(relation="derived"))),
    "sol": team("sol", CODE, weights_license("MIT"), dependency("pkg:pypi/example@1.0", "GPL-3.0-only")),
}  # fmt: skip
