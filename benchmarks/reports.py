"""How long reports of ten thousand findings take, and how quickly the page filters in a real browser.

`make bench-reports`; writes its section of docs/performance.md. Each format is made in a process of its own.
"""

import datetime
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from playwright.sync_api import sync_playwright

from benchmarks.documents import PERFORMANCE, write_section
from benchmarks.speed.processes import run
from compliance.model.finding import Finding, place
from compliance.model.inventory import Inventory
from compliance.policy.evaluation import assess
from compliance.policy.loading import load_policy
from compliance.reporters.json_v1 import encode_assessment
from tests.reporters.example_assessment import INVENTORY

FINDINGS = 10_000
ROUNDS = 3
FORMATS = ("html", "pdf", "hwpx", "xlsx", "csv", "cyclonedx", "spdx2", "spdx3", "markdown")
ANSWER = """async (word) => {
    const box = document.getElementById("words"), shown = document.getElementById("shown");
    const began = performance.now();
    shown.textContent = "";
    box.value = word;
    box.dispatchEvent(new Event("input"));
    while (!shown.textContent) await new Promise((done) => setTimeout(done, 5));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    return performance.now() - began;
}"""
"""Milliseconds from the last key until the rows are filtered and drawn."""
INTO_THE_LARGEST = """async () => {
    const tables = [...document.querySelectorAll("table.rows")];
    const rows = tables.sort((one, other) => other.rows.length - one.rows.length)[0].rows;
    rows[Math.floor(rows.length / 2)].scrollIntoView();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
}"""
FEW, ALL = "part-7/", "part-"


def inventory() -> Inventory:
    """The example's findings again and again, each time under another path, as a large team's would be."""
    found: list[Finding] = []
    number = 0
    while len(found) < FINDINGS:
        number += 1
        found += [place(one, f"part-{number}/{one.path}", one.revision) for one in INVENTORY.findings]
    return msgspec.structs.replace(INVENTORY, findings=tuple(found[:FINDINGS]))


def seconds_of(assessment: Path, form: str, folder: Path) -> tuple[float, int]:
    """Processor time of the whole command, which others on the machine don't stretch, and the bytes it wrote."""
    target = folder / form
    command = [
        sys.executable,
        "-m",
        "compliance",
        "report",
        str(assessment),
        "--format",
        form,
        "--output",
        str(target),
        "--language",
        "ko",
    ]
    cost = run(command, os.environ, expected=(0,))
    return cost.cpu, sum(file.stat().st_size for file in target.iterdir())


def browsing(page: Path) -> tuple[float, ...]:
    """Seconds until the page is there, few rows are left, all are back, and few left within the largest table."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        opened = browser.new_page(bypass_csp=True)
        began = time.perf_counter()
        opened.goto(page.as_uri())
        loaded = time.perf_counter() - began
        few, every = (float(opened.evaluate(ANSWER, word)) / 1000 for word in (FEW, ALL))
        opened.evaluate(INTO_THE_LARGEST)
        within = float(opened.evaluate(ANSWER, FEW)) / 1000
        browser.close()
    return loaded, few, every, within


def main() -> None:
    """Measure and write."""
    judged = assess(inventory(), load_policy("sovereign-ai"), datetime.date(2026, 11, 25))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "assessment.json").write_bytes(encode_assessment(judged))
        rows = []
        for form in FORMATS:
            found = [seconds_of(folder / "assessment.json", form, folder) for _ in range(ROUNDS)]
            rows.append(
                f"| {form} | {statistics.median(took for took, _ in found):.1f} | {found[0][1] / 1e6:.1f} |"
            )
        pages = [browsing(next((folder / "html").iterdir())) for _ in range(ROUNDS)]
    loaded, few, every, within = (statistics.median(values) for values in zip(*pages, strict=True))
    text = (
        f"""# Reports of {FINDINGS:,} findings

Written by `make bench-reports`: processor time of the whole command, start-up included, medians of {ROUNDS}
rounds; Python {platform.python_version()}, {os.cpu_count()} processors.

| format | s | MB |
|---|---|---|
"""
        + "\n".join(rows)
        + f"""

In Chromium the page is there after {loaded:.1f} s. A word in its filter that leaves few rows is answered and drawn
after {few:.2f} s at the top of the page and {within:.2f} s within its largest table, one that brings all rows back
after {every:.2f} s; of each, 0.12 s wait for the next key.
"""
    )
    write_section(PERFORMANCE, "reports", text)
    print(text)


if __name__ == "__main__":
    main()
