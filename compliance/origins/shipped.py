"""The index that comes with the package."""

from importlib import resources
from pathlib import Path

SHIPPED_INDEX = Path(str(resources.files("compliance.origins").joinpath("data/known-code.index")))
"""Where the index that comes with the package is."""
