"""A world of invented projects: model code that nobody wrote, trees that hold it, and a small index of them.

Northwind published the Aurora model, then Borealis, whose mixer is Aurora's and says so. Meridian published
Cirrus. Their code is made by chance from a seed: real enough to be told apart, nobody's in fact.
"""

import datetime
import random
from pathlib import Path

from compliance.origins.building.index_building import Building
from compliance.origins.building.recipe_loading import load_recipe
from compliance.origins.index.reader import Index
from tests.origins.building.recipes import rights

AURORA = "northwind/models/aurora/modeling_aurora.py"
BOREALIS = "northwind/models/borealis/modeling_borealis.py"
CIRRUS = "meridian/models/cirrus/modeling_cirrus.py"
_LOCALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_FORMS = (
    "{a} = torch.softmax({b} * {x}, dim={n})",
    "{a} = torch.matmul({b}, {c}.transpose({n}, {m}))",
    "{a}, {b} = {c}.chunk({n}, dim=-{m})",
    "{a} = torch.where({b} > {x}, {c}, torch.zeros_like({c}))",
    "{a} = {b}.reshape({n}, {m}, -1).permute({m}, 0, {n}) + {x}",
    "{a} = torch.cat(({b}, {c} / {x}), dim={n})",
    "{a} = torch.clamp({b}, min={x}, max={n}.{m}) ** {n}",
)


def function(name: str, seed: int, statements: int = 14) -> str:
    """A method called `name`, the same for the same `seed`."""
    chance = random.Random(seed)  # noqa: S311
    lines = [f"    def {name}(self, {', '.join(_LOCALS)}):"]
    for _ in range(statements):
        a, b, c = chance.sample(_LOCALS, 3)
        form = chance.choice(_FORMS)
        x = f"0.{chance.randrange(10, 99)}"
        lines.append("        " + form.format(a=a, b=b, c=c, x=x, n=chance.randrange(9), m=chance.randrange(9)))
    return "\n".join([*lines, f"        return {chance.choice(_LOCALS)}"]) + "\n"


def model(prefix: str, parts: dict[str, int], header: str = "", said: dict[str, str] | None = None) -> str:
    """A model file.

    Args:
        prefix: of its classes.
        parts: class name without the prefix, and the seed of its code.
        header: at the top, without comment marks.
        said: a comment above a class, by the class's name without the prefix.
    """
    top = "".join(f"# {line}\n" for line in header.splitlines())
    classes = [
        (f"# {said[name]}\n" if said and name in said else "")
        + f"class {prefix}{name}(nn.Module):\n{function('__init__', seed)}\n{function('forward', seed + 1)}"
        for name, seed in parts.items()
    ]
    return "\n\n".join([f"{top}import torch\nfrom torch import nn\n", *classes])


_COPIED = "Copied from northwind.models.aurora.modeling_aurora.AuroraMixer with Aurora->Borealis"
AURORA_1 = model("Aurora", {"Router": 10, "Mixer": 20, "Norm": 30})
AURORA_2 = model("Aurora", {"Router": 10, "Mixer": 20, "Norm": 31})
BOREALIS_CODE = model("Borealis", {"Router": 40, "Mixer": 20, "Gate": 50}, said={"Mixer": _COPIED})
CIRRUS_CODE = model("Cirrus", {"Router": 60, "Mixer": 70})
UNRELATED = model("Own", {"Router": 80, "Mixer": 90})


def renamed(code: str) -> str:
    """`code` under names of a team's own."""
    for prefix in ("Aurora", "Borealis", "Cirrus"):
        code = code.replace(prefix, "Hanbit")
    for number, name in enumerate(_LOCALS):
        code = code.replace(name, f"value{number}")
    return code


def trees(folder: Path, header: str = "") -> Path:
    """The projects' releases as folders below `folder`, and a recipe that names them; returns the recipe."""
    texts = {
        f"northwind-1/{AURORA}": AURORA_1,
        f"northwind-2/{AURORA}": AURORA_2,
        f"northwind-2/{BOREALIS}": _headed(BOREALIS_CODE, header),
        f"meridian-7/{CIRRUS}": CIRRUS_CODE,
    }
    for path, text in texts.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    recipe = folder / "recipe.yaml"
    recipe.write_text(_RECIPE)
    return recipe


def small_index(folder: Path) -> Path:
    """An index of the invented projects, built in `folder`."""

    index = folder / "small.index"
    Building(load_recipe(trees(folder)), folder).write(index, datetime.date(2026, 11, 1))
    return index


def opened(folder: Path) -> Index:
    """The same, opened."""
    return Index(small_index(folder))


HEADER = f"{rights('The Northwind Authors', '2025')}\nSPDX-License-" + "Identifier: Apache-2.0"


def _headed(code: str, header: str) -> str:
    return "".join(f"# {line}\n" for line in header.splitlines()) + ("\n" if header else "") + code


_RECIPE = """\
id: invented
version: '2026.11'
projects:
  - id: northwind
    developer: Northwind Laboratory
    country: NO
    license: MIT
    releases:
      - {version: '1.0', released: 2025-01-10, tree: northwind-1}
      - {version: '2.0', released: 2025-06-10, tree: northwind-2}
  - id: meridian
    developer: Meridian
    country: CA
    license: Apache-2.0
    releases:
      - {version: '7.0', released: 2025-09-01, tree: meridian-7}
"""
