"""Models in several files: whether what an index or a graph names is here, and holds what was said of it."""

import posixpath
from collections.abc import Iterator, Sequence

from compliance.detectors.detector import Tree
from compliance.model.evidence import Statement
from compliance.model.finding import WeightsFinding
from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.weights import safetensors_index, shards
from compliance.weights.shards import ShardContent


class WeightFiles:
    """Compares indexes of shards with the shards, and graphs with the files that hold their tensors."""

    name = "weight-files"
    version = "1"

    def check_tree(self, tree: Tree) -> Sequence[Skip]:
        """A skip at the index or graph for each file that is missing, and for each that holds something else."""
        paths = {file.path for file in tree.files}
        found = [one for one in tree.of(WeightsFinding) if one.tensors is not None]
        contents = {one.path: content for one in found if (content := _content(one)) is not None}
        skipped: list[Skip] = []
        for one in found:
            if one.format == "index":
                skipped += _shard_faults(one, paths, contents)
            skipped += _companion_faults(one, paths)
        return skipped


def _content(finding: WeightsFinding) -> ShardContent | None:
    said = [shards.read_said(one) for one in _said(finding, "tensors")]
    return said[0] if said else None


def _said(finding: WeightsFinding, field: str) -> list[str]:
    return [one.says for one in finding.evidence if isinstance(one, Statement) and one.field == field]


def _shard_faults(index: WeightsFinding, paths: set[str], contents: dict[str, ShardContent]) -> Iterator[Skip]:
    folder = posixpath.dirname(index.path)
    said: dict[str, ShardContent] = {}
    for words in _said(index, "shard"):
        content = shards.read_said(words)
        if content is not None:
            said[words.removeprefix(content.said + ", ")] = content
    present = {name: contents.get(path) for name in said if (path := posixpath.join(folder, name)) in paths}
    total = [int(one) for one in _said(index, "total_size") if one.isdigit()]
    for _, fault in safetensors_index.compare(said, total[0] if total else None, present):
        yield Skip.of(fault.reason, fault.said, index.path)


def _companion_faults(graph: WeightsFinding, paths: set[str]) -> Iterator[Skip]:
    folder = posixpath.dirname(graph.path)
    for name in _said(graph, "external-data"):
        if posixpath.normpath(posixpath.join(folder, name)) not in paths:
            yield Skip.of(
                "missing-file",
                Text(en=f"{name}, which holds its tensors, isn't here", ko=f"텐서가 든 파일 없음: {name}"),
                graph.path,
            )


DETECTOR = WeightFiles()
