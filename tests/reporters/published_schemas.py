"""The published JSON Schemas, made from the model's types and the sentences that document its fields."""

import ast
import inspect
import textwrap
from itertools import pairwise
from typing import Any

import msgspec

from compliance.model.finding import (
    ContradictionFinding,
    Declaration,
    FindingFields,
    Introduction,
    Origin,
    Span,
)
from compliance.model.inventory import INVENTORY_SCHEMA, Inventory, Tool
from compliance.model.skip import Skip
from compliance.model.submission import SourceReference, Subject
from compliance.model.verdict import ASSESSMENT_SCHEMA, Assessment, AxisVerdict, PolicyReference, Violation
from compliance.policy.explanation.document import EXPLANATION_SCHEMA, Explanation

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PUBLISHED: dict[str, tuple[type[msgspec.Struct], str]] = {
    "compliance.assessment-1.schema.json": (Assessment, ASSESSMENT_SCHEMA),
    "compliance.inventory-1.schema.json": (Inventory, INVENTORY_SCHEMA),
    "compliance.explanation-1.schema.json": (Explanation, EXPLANATION_SCHEMA),
}
FIXED_NAMES: dict[type[msgspec.Struct], tuple[str, ...]] = {
    Assessment: ("schema", "tool", "subject", "policy", "verdicts", "violations", "findings", "skipped", "limits"),
    Inventory: ("schema", "tool", "subject", "findings", "skipped", "limits"),
    Tool: ("name", "version", "data"),
    Subject: ("team", "name", "sources"),
    SourceReference: ("kind", "path", "revision"),
    PolicyReference: ("id", "version", "digest", "evaluated_on"),
    AxisVerdict: ("axis", "target", "verdict", "rules"),
    Violation: ("rule", "axis", "target", "severity", "message", "remedy", "findings", "waiver"),
    Skip: ("path", "reason", "detail"),
    Origin: (
        "family", "project", "version", "path", "developer", "country", "expression", "relation", "role", "share",
        "confidence",
    ),
    Span: ("lines", "origin_path", "origin_lines"),
    Declaration: ("path", "lines", "says", "agreement"),
    Introduction: ("commit", "date", "header_lost", "holders_then"),
}  # fmt: skip
"""Names that every document of the first version has; a field added later may be absent from older documents."""
FIXED_FINDING_NAMES: dict[str, tuple[str, ...]] = {
    "license": ("expression", "basis", "score", "license_ids"),
    "copyright": ("holders", "years"),
    "dependency": ("purl", "expression", "scope", "declared_in"),
    "model-card": ("field", "value"),
    "weights": (
        "component", "format", "tensors", "parameters", "family", "developer", "country", "basis", "license_id",
        "confidence",
    ),
    "contradiction": ("claims",),
    "origin": ("lineage", "spans", "declared", "missing_holders", "introduction"),
    "notice": ("for", "expression", "present", "missing", "cured_by"),
}  # fmt: skip
EVERY_FINDING = ("id", "kind", "path", "lines", "revision", "evidence")
_CLAIMS: Json = {
    "description": "What each side says, and where.",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "path": {"type": "string"},
            "lines": {"anyOf": [{"$ref": "#/$defs/Lines"}, {"type": "null"}]},
            "says": {"type": "string"},
            "says_ko": {"type": "string"},
            "release": {"description": "Tag at which it was said, where it was earlier.", "type": "string"},
            "revision": {"description": "Commit of that tag.", "type": "string"},
            "date": {"description": "ISO date of that commit.", "type": "string"},
        },
        "required": ["path", "lines", "says"],
    },
}
_LINES: Json = {
    "description": "First and last line, both counted from 1 and both included.",
    "type": "array",
    "minItems": 2,
    "maxItems": 2,
    "items": {"type": "integer", "minimum": 1},
}


def published_schema(file_name: str) -> Json:
    """The schema that is published as `file_name`."""
    document, identifier = PUBLISHED[file_name]
    _, components = msgspec.json.schema_components([document], ref_template="#/$defs/{name}")
    kinds = _structs(document)
    shaped = {name: _shaped(schema, kinds.get(name)) for name, schema in sorted(components.items())}
    root = shaped.pop(document.__name__)
    root["properties"]["schema"] = {"const": identifier}
    return {
        "$schema": DIALECT,
        "$id": f"urn:{identifier.replace('/', ':').replace('.', ':', 1)}",
        **root,
        "title": identifier,
        "$defs": {**shaped, "Lines": _LINES},
    }


def _shaped(schema: Json, struct: type[msgspec.Struct] | None) -> Json:
    schema = {key: _simplified(value) for key, value in schema.items() if key != "title"}
    if struct is None:
        return schema
    properties = schema["properties"]
    renamed = dict(zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True))
    for field, sentence in _documented(struct).items():
        if (name := renamed.get(field, field)) in properties:
            properties[name] = {"description": sentence, **properties[name]}
    if struct is ContradictionFinding:
        properties["claims"] = _CLAIMS
    if struct is Skip:
        del properties["kind"]
    required = {*schema["required"], *FIXED_NAMES.get(struct, ())} - {"kind" if struct is Skip else ""}
    if issubclass(struct, FindingFields):
        required |= {*EVERY_FINDING, *FIXED_FINDING_NAMES.get(str(struct.__struct_config__.tag), ())}
    return {**schema, "required": sorted(required)}


def _simplified(value: Any) -> Any:
    """Without defaults, which say what a reader of the model assumes, not what stands in a document."""
    match value:
        case {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}]}:
            return {"$ref": "#/$defs/Lines"}
        case dict():
            hidden = ("default", "discriminator")
            return {key: _simplified(inner) for key, inner in value.items() if key not in hidden}
        case list():
            return [_simplified(inner) for inner in value]
        case _:
            return value


def _structs(root: type[msgspec.Struct]) -> dict[str, type[msgspec.Struct]]:
    found: dict[str, type[msgspec.Struct]] = {}

    def walk(node: Any) -> None:
        match node:
            case msgspec.inspect.StructType(cls=struct, fields=fields):
                if struct.__name__ not in found:
                    found[struct.__name__] = struct
                    for field in fields:
                        walk(field.type)
            case msgspec.inspect.UnionType(types=types):
                for one in types:
                    walk(one)
            case msgspec.inspect.VarTupleType(item_type=inner):
                walk(inner)
            case _:
                pass

    walk(msgspec.inspect.type_info(root))
    return found


def _documented(struct: type[msgspec.Struct]) -> dict[str, str]:
    """The sentence below each field, in the class or in one that it extends."""
    sentences: dict[str, str] = {}
    for ancestor in reversed(struct.__mro__):
        if ancestor is msgspec.Struct or not issubclass(ancestor, msgspec.Struct):
            continue
        tree = ast.parse(textwrap.dedent(inspect.getsource(ancestor))).body[0]
        assert isinstance(tree, ast.ClassDef)
        for field, below in pairwise(tree.body):
            match field, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                    value=ast.Constant(value=str() as sentence)
                ):
                    sentences[name] = " ".join(sentence.split())
                case _:
                    pass
    return sentences
