"""`python -m compliance.weights.building` writes `data/structures.json` anew.

From the transformers library as pinned in `requirements/models.txt` and the configurations in `published.json`.
"""

import sys
from importlib import resources
from pathlib import Path

import msgspec
import transformers

from compliance.weights.building.ancestry import ancestors
from compliance.weights.building.architectures import LIBRARY
from compliance.weights.building.collecting import Published, collect
from compliance.weights.structure import Port, Structures

OUTPUT = Path(str(resources.files("compliance.weights").joinpath("data/structures.json")))


def main() -> None:
    """Build, write, and say what couldn't be built."""
    listed = resources.files("compliance.weights.building").joinpath("published.json").read_bytes()
    collected = collect(msgspec.json.decode(listed, type=tuple[Published, ...]))
    made_from = ancestors(Path(transformers.__file__).parent / "models")
    found = collected.structures()
    modules = {one.module for one in found}
    whole = Structures(
        library=LIBRARY,
        ports=tuple(Port(name, parents) for name, parents in made_from.items() if name in modules),
        structures=found,
    )
    OUTPUT.write_bytes(_written(whole))
    for one in collected.unbuilt:
        sys.stderr.write(f"not built: {one.type}: {one.why}\n")
    sys.stderr.write(f"{len(found):,} structures of {len({one.type for one in found}):,} model types\n")


def _written(whole: Structures) -> bytes:
    """JSON with a line for each port and structure, so that two releases of the library can be compared."""
    ports, found = (b",\n".join(map(msgspec.json.encode, many)) for many in (whole.ports, whole.structures))
    library = msgspec.json.encode(whole.library)
    return b'{"library": %b,\n"ports": [\n%b\n],\n"structures": [\n%b\n]}\n' % (library, ports, found)


if __name__ == "__main__":
    main()
