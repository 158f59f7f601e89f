"""Puts the font for PDF into the wheel, where `make setup` has fetched it: git keeps no files of that size."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FontHook(BuildHookInterface[Any]):
    """Adds `.work/fonts` as `compliance/shipped/fonts`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before a wheel is built."""
        for file in sorted(Path(self.root, ".work", "fonts").glob("[!.]*.[ot]*")):
            build_data["force_include"][str(file)] = f"compliance/shipped/fonts/{file.name}"
