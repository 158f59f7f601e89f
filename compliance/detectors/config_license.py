"""Licenses that configurations of models declare: libraries ask for none, some uploaders add one."""

from collections.abc import Iterator

from compliance import json_documents
from compliance.detectors.detector import ExaminedFile
from compliance.json_documents import JsonError, JsonObject
from compliance.licenses import declared, huggingface
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, LicenseFinding
from compliance.model.skip import Skip
from compliance.model.text import encodable

_NAMES = frozenset({"config.json", "adapter_config.json"})
_OF_A_MODEL = ("model_type", "architectures", "peft_type", "auto_map")
"""Keys without which a file of such a name is of anything else."""


class ConfigLicense:
    """Reads the license in the configurations of models."""

    name = "config-license"
    version = f"1+names-{huggingface.DATA_VERSION}+declared-{declared.VERSION}"

    def wants(self, path: str, size: int) -> bool:
        """The file names under which configurations are saved."""
        return size > 0 and path.rsplit("/", 1)[-1] in _NAMES

    def name_key(self, path: str) -> str:
        """Nothing: only the content counts."""
        return ""

    def prepare(self) -> None:
        """Load the license names."""
        huggingface.license_named("mit")

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """The license for the weights, on its line; what of the file can't be read others say."""
        try:
            document = json_documents.read(file.read(json_documents.MAX_BYTES + 1))
        except JsonError:
            return
        root = document.root
        words = root.get("license") if isinstance(root, JsonObject) else None
        if not isinstance(words, str) or not words.strip() or not any(key in root for key in _OF_A_MODEL):
            return
        known = huggingface.license_named(words)
        line = document.line(root, "license")
        yield LicenseFinding(
            lines=(line, line),
            expression=known.expression if known else None,
            basis="declared",
            license_ids=known.license_ids if known else (),
            subject="weights",
            evidence=(Statement(lines=(line, line), field="license", says=encodable(words)[:200]),),
        )


DETECTOR = ConfigLicense()
