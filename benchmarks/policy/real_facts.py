"""Findings of real trees, and as many copies of them as are asked for.

The trees are packages installed beside this program, and the fictional team's repository, which is made of real
files. Each is examined once, by the product itself, and kept in `.work`.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import count, islice
from pathlib import Path

import msgspec

from compliance.model.finding import (
    DependencyFinding,
    Finding,
    LicenseFinding,
    NoticeFinding,
    Origin,
    OriginFinding,
    place,
)
from compliance.model.inventory import FileCounts, Inventory
from tests.samples import team_repository
from tests.samples.packages import WORK

FOLDER = WORK / "policy-evaluation"
PACKAGES = (
    "attr",
    "cyclonedx",
    "git",
    "packagedcode",
    "packageurl",
    "pip",
    "pydantic",
    "requests",
    "rich",
    "setuptools",
)


def examined() -> list[Inventory]:
    """Inventories of real trees, made once."""
    team = FOLDER / "team"
    if not team.is_dir():
        team_repository.make(team)
    trees = {**{name: _package(name) for name in PACKAGES if find_spec(name)}, "team": team}
    return [
        msgspec.json.decode(_inventory(name, tree).read_bytes(), type=Inventory) for name, tree in trees.items()
    ]


def multiplied(bases: Sequence[Inventory], findings: int, *, different: bool) -> Inventory:
    """An inventory with so many `findings`, copies of those in `bases` under paths of their own.

    Args:
        bases: inventories of real trees.
        findings: how many.
        different: give each a license of its own beside the one it has, so that no two have the same.
    """
    found = {(number, one.id): one for number, base in enumerate(bases) for one in base.findings}
    copies = islice(_copies(list(found.values()), different=different), findings)
    files = sum(base.counts.files for base in bases)
    return msgspec.structs.replace(
        bases[0],
        findings=tuple(copies),
        skipped=(),
        counts=FileCounts(files=files, examined=files, unlicensed=files // 9),
    )


def _copies(findings: Sequence[Finding], *, different: bool) -> Iterator[Finding]:
    number = count()
    for copy in count():
        for finding in findings:
            own = _with_license(finding, next(number)) if different else finding
            yield place(own, f"copy-{copy}/{finding.path}", None)


def _with_license(finding: Finding, number: int) -> Finding:
    match finding:
        case LicenseFinding() | DependencyFinding() | NoticeFinding():
            return msgspec.structs.replace(finding, expression=_joined(finding.expression, number))
        case OriginFinding(lineage=(nearest, *others)):
            changed: Origin = msgspec.structs.replace(nearest, expression=_joined(nearest.expression, number))
            return msgspec.structs.replace(finding, lineage=(changed, *others))
        case _:
            return finding


def _joined(expression: str | None, number: int) -> str:
    own = f"LicenseRef-number-{number}"
    return f"({expression}) OR {own}" if expression else own


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {name} isn't installed; run `make setup`")
    return Path(spec.origin).parent


def _inventory(name: str, tree: Path) -> Path:
    inventory = FOLDER / "examined" / f"{name}.json"
    if not inventory.is_file():
        inventory.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "compliance", "scan", str(tree), "--include-ignored", "--quiet"]
        if subprocess.run([*command, "-o", str(inventory)], check=False).returncode not in (0, 3):
            raise RuntimeError(f"{tree} could not be examined")
    return inventory
