"""`python -m compliance.origins.building` writes `data/api-names.json` anew: names of the newest releases.

That changes how every text is read (see `parameters.DIALECT`): each index has to be built anew afterwards.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from compliance.origins import parameters
from compliance.origins.building.api_names import api_names
from compliance.origins.building.collecting import collect_release, listed
from compliance.origins.building.recipe import Recipe
from compliance.origins.building.recipe_loading import load_recipe
from compliance.origins.catalog import CollectedFile


def main() -> None:
    """Collect, count, and write."""
    parser = argparse.ArgumentParser(prog="python -m compliance.origins.building", description=__doc__)
    parser.add_argument("recipe", nargs="?", default="known-code", help="what to count the names in")
    parser.add_argument("--downloads", type=Path, required=True, help="folder of the distributions")
    parser.add_argument("-o", "--output", type=Path, default=Path(str(parameters.API_NAMES_FILE)))
    arguments = parser.parse_args()
    names = api_names(_newest(load_recipe(arguments.recipe), arguments.downloads))
    arguments.output.write_text(json.dumps(names, ensure_ascii=False) + "\n", encoding="utf-8")


def _newest(recipe: Recipe, downloads: Path) -> Iterator[CollectedFile]:
    """The files of the newest release of each project."""
    for release in {one.project.id: one for one in listed(recipe)}.values():
        yield from collect_release(release, downloads)


if __name__ == "__main__":
    main()
