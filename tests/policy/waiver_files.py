"""Small files of waivers, as the tests of this folder need them."""

from pathlib import Path


def waiver(
    identifier: str = "sample-waiver",
    *,
    rules: str = "[sample-rule]",
    match: str = '{paths: ["**"]}',
    expires: str = "2027-01-31",
    more: str = "",
) -> str:
    """One waiver in YAML; `more` is further lines of it, such as `from: 2026-12-01`."""
    return (
        f"- id: {identifier}\n"
        f"  rules: {rules}\n"
        f"  match: {match}\n"
        "  reason: {en: Agreed., ko: 승인함.}\n"
        "  approver: Policy Office\n"
        "  reference: PO-1\n"
        f"  expires: {expires}\n"
    ) + "".join(f"  {line}\n" for line in more.splitlines())


def waiver_file(folder: Path, waivers: str, name: str = "waivers.yaml") -> Path:
    """A file of `waivers` (YAML, starting in the first column)."""
    file = folder / name
    file.write_text(f"waivers:\n{waivers}" if waivers else "waivers: []\n", encoding="utf-8")
    return file
