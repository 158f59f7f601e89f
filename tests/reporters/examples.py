"""Writes reports/examples/ and reports/schemas/ anew: `make examples`."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from compliance.language import Language
from compliance.reporters.json_v1 import encode_assessment, encode_inventory
from compliance.reporters.report.documents import across_teams
from compliance.reporters.reporter import DocumentReporter, ReportOptions, encoded, reporters
from tests.reporters.example_assessment import EXAMPLE, INVENTORY
from tests.reporters.example_comparison import TEAMS as COMPARED
from tests.reporters.example_teams import TEAMS
from tests.reporters.published_schemas import PUBLISHED, published_schema

REPORTS = Path(__file__).parents[2] / "reports"
LANGUAGES: tuple[Language, ...] = ("en", "ko")
WITHOUT_LANGUAGE = frozenset({"cyclonedx", "json", "notice", "spdx2", "spdx3"})


@cache
def golden_files() -> dict[str, bytes]:
    """The golden files by name."""
    known = reporters()
    files = {
        "hanbit.assessment.json": encode_assessment(EXAMPLE),
        "hanbit.inventory.json": encode_inventory(INVENTORY),
    }
    for language in LANGUAGES:
        plain, painted = ReportOptions(language), ReportOptions(language, colour=True)
        for name, reporter in known.items():
            if name not in WITHOUT_LANGUAGE:
                files[f"hanbit.{language}{reporter.suffix}"] = encoded(reporter.render(EXAMPLE, plain))
        files[f"hanbit.{language}.colour.txt"] = encoded(known["console"].render(EXAMPLE, painted))
        files |= {
            f"comparison.{language}{reporter.suffix}": across_teams(reporter, COMPARED, language)
            for reporter in known.values()
            if isinstance(reporter, DocumentReporter)
        }
    for name in WITHOUT_LANGUAGE - {"json"}:
        files[f"hanbit{known[name].suffix}"] = encoded(known[name].render(EXAMPLE, ReportOptions()))
    return files


def schemas() -> dict[str, bytes]:
    """The published schemas by name."""
    return {
        name: (json.dumps(published_schema(name), indent=2, ensure_ascii=False) + "\n").encode()
        for name in PUBLISHED
    }


def teams() -> dict[str, bytes]:
    """The facts of the sample teams by name."""
    return {f"{name}.json": encode_inventory(inventory) for name, inventory in TEAMS.items()}


FOLDERS: Mapping[Path, Callable[[], dict[str, bytes]]] = {
    REPORTS / "examples": golden_files,
    REPORTS / "examples" / "teams": teams,
    REPORTS / "schemas": schemas,
}


def main() -> None:
    """Write every file, and remove those that are no longer made."""
    for folder, make in FOLDERS.items():
        files = make()
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            if old.is_file() and old.name not in files:
                old.unlink()
        for name, content in files.items():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
