"""Which symbolic links point at something that is met anyway, decided from names alone.

Links are never followed. One that points at a file or folder of its own source loses nothing by that, since its
target is examined where it stands. Any other is reported.
"""

from collections.abc import Collection, Iterator, Mapping

from compliance.model.skip import Skip

_MOST_HOPS = 40
_LONGEST_TARGET = 300


def unmet(links: Mapping[str, str], met: Collection[str]) -> Iterator[Skip]:
    """A placed skip for each link that doesn't lead to a path in `met`, by path.

    Args:
        links: path of each link and its target as written (relative to the link's folder), `/` between parts.
        met: paths of the files and folders that are examined; the source itself needs no entry.
    """
    for path in sorted(links):
        if (fault := _fault(path, links, met)) is not None:
            target = links[path][:_LONGEST_TARGET]
            yield Skip(path=path, reason="symlink", detail=f"link to {target!r}, {fault}")


def _fault(path: str, links: Mapping[str, str], met: Collection[str]) -> str | None:
    here = path.split("/")[:-1]
    pending = _steps(links[path])
    hops = 1
    if links[path].startswith("/"):
        return "which lies outside"
    while pending:
        step = pending.pop()
        if step == "..":
            if not here:
                return "which lies outside"
            here.pop()
            continue
        target = links.get("/".join([*here, step]))
        if target is None:
            here.append(step)
            continue
        hops += 1
        if hops > _MOST_HOPS:
            return "which leads round in a circle"
        if target.startswith("/"):
            return "which leads outside through another link"
        pending.extend(_steps(target))
    landed = "/".join(here)
    return None if not landed or landed in met else "which isn't there or isn't examined"


def _steps(target: str) -> list[str]:
    """The parts of `target`, last one first."""
    return [part for part in reversed(target.split("/")) if part not in ("", ".")]


def folders_of(paths: Collection[str]) -> set[str]:
    """Every folder that holds one of `paths`, at any depth."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders
