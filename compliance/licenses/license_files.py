"""Which files, by their names, hold licenses and notices for what lies beside and below them."""

import posixpath
import re
from functools import lru_cache
from typing import Literal

_LICENSE_FILE = re.compile(r"(?:^|[-_. ])(?:(?:un)?licen[sc]es?|copying\d?)(?:[-_. ]|$)", re.IGNORECASE)
"""The word alone or beside others: `LICENSE`, `LICENSE-APACHE-2.0`, `COPYING.LIB`, `MIT-LICENSE.txt`."""
_OTHER_SUFFIXES = frozenset(
    [
        *(
            ".bat",
            ".c",
            ".cc",
            ".cfg",
            ".cpp",
            ".cs",
            ".css",
            ".csv",
            ".go",
            ".h",
            ".hpp",
            ".ini",
            ".java",
            ".jpg",
        ),
        *(".js", ".json", ".jsx", ".kt", ".lock", ".lua", ".php", ".pl", ".png", ".ps1", ".py", ".pyi", ".rb"),
        *(".rs", ".scala", ".sh", ".sql", ".svg", ".swift", ".toml", ".ts", ".tsx", ".xml", ".yaml", ".yml"),
    ]
)
"""Code and data about licenses, which is not the license of a directory."""
_FOR_CODE = re.compile(r"(?:^|[-_. ])(?:code|software)(?:[-_. ]|$)", re.IGNORECASE)
_FOR_WEIGHTS = re.compile(r"(?:^|[-_. ])(?:models?|weights?|checkpoints?)(?:[-_. ]|$)", re.IGNORECASE)
_POLICY_FILE = re.compile(r"(?:acceptable[-_ ]?)?(?:prohibited[-_ ]?)?use(?:age)?[-_ ]?policy", re.IGNORECASE)
_NOTICE_FILE = re.compile(
    r"(?:^|[-_. ])(?:notices?|copyrights?|third[-_ ]?part(?:y|ies)|3rd[-_ ]?party|attributions?|acknowledge?ments?"
    r"|credits|authors)(?:[-_. ]|$)",
    re.IGNORECASE,
)
_NOTICE_FOLDERS = frozenset(["licenses", "licences", "notices", "third_party_licenses", "third-party-licenses"])


def _is_other(name: str) -> bool:
    """Whether a file of that name is code or data, by its suffix."""
    stem, _, suffix = name.rpartition(".")
    return f".{suffix.lower()}" in _OTHER_SUFFIXES and bool(stem.strip("."))


def is_license_file(path: str) -> bool:
    """Whether the file at `path` is by its name the license of its directory."""
    name = posixpath.basename(path)
    return bool(_LICENSE_FILE.search(name)) and not _is_other(name)


def said_by_name(path: str) -> Literal["code", "weights"] | None:
    """What the license file at `path` is for, where its name says so: `LICENSE-CODE`, `MODEL_LICENSE.md`.

    None for any other name, and for one that says both.
    """
    name = posixpath.basename(path)
    for_code, for_weights = bool(_FOR_CODE.search(name)), bool(_FOR_WEIGHTS.search(name))
    if for_code == for_weights or not is_license_file(path):
        return None
    return "code" if for_code else "weights"


def is_policy_file(path: str) -> bool:
    """Whether the file at `path` is by its name a policy of use, to which a license of weights may refer."""
    name = posixpath.basename(path)
    return bool(_POLICY_FILE.search(name)) and not _is_other(name)


@lru_cache(maxsize=1 << 15)
def is_notice_file(path: str) -> bool:
    """Whether the file at `path` is by its name a place for notices: a license, NOTICE, AUTHORS and the like,
    or any text in a folder that is for licenses alone."""
    folder, _, name = path.rpartition("/")
    if _is_other(name):
        return False
    among_licenses = posixpath.basename(folder).lower() in _NOTICE_FOLDERS
    return among_licenses or bool(_LICENSE_FILE.search(name) or _NOTICE_FILE.search(name))


def noticed_directory(path: str) -> str:
    """The directory that the notice file at `path` speaks for: its own, or that which holds the folder of licenses
    or the package metadata (`*.dist-info`) in which it lies."""
    directory = posixpath.dirname(path)
    if posixpath.basename(directory).lower() in _NOTICE_FOLDERS:
        directory = posixpath.dirname(directory)
    return posixpath.dirname(directory) if directory.endswith((".dist-info", ".egg-info")) else directory
