"""Names of repositories at Hugging Face and ModelScope, in the forms in which files write them.

Addresses (`https://huggingface.co/OWNER/NAME/blob/REVISION/PATH`), `hf://` paths, `OWNER/NAME`,
`OWNER/NAME@REVISION` and folders of a local cache (`models--OWNER--NAME/snapshots/REVISION`).
"""

import re
from typing import Literal
from urllib.parse import unquote

import msgspec

Kind = Literal["model", "dataset"]

LONGEST = 1_000
"""Characters of a reference that are looked at."""

_HOST = re.compile(
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.cn/(?P<store>models|datasets))/"
    r"|hf://",
    re.IGNORECASE,
)
_AT_HOST = re.compile(r"(?P<owner>[^/\s?#]+)/(?P<name>[^/\s?#]+)(?P<rest>[^?#\s]*)")
_NO_OWNERS = frozenset(
    {"docs", "papers", "spaces", "blog", "collections", "api", "models", "join", "settings"}
    | {"organizations", "posts", "learn", "tasks", "chat", "login"}
)
"""First parts of addresses there that are pages and no accounts."""
_FILE_VIEWS = frozenset({"blob", "tree", "raw", "blame", "resolve", "file"})
_REPOSITORY = re.compile(
    r"(?P<owner>[A-Za-z0-9][\w.-]{0,95})/(?P<name>\w[\w.-]{0,95})(?:@(?P<revision>[\w./-]{1,100}))?"
)
_CACHE = re.compile(
    r"(?:^|/)(?P<kind>models|datasets)--(?P<owner>[^/]+?)--(?P<name>[^/]+)(?:/snapshots/(?P<revision>[^/]+))?"
)


class HubRepository(msgspec.Struct, frozen=True):
    """A repository that a reference names, or a file in it."""

    owner: str
    name: str
    kind: Kind = "model"
    revision: str | None = None
    """A branch, tag or commit; None where none is named."""
    path: str = ""
    """Of the file in the repository; empty for the repository itself."""

    @property
    def id(self) -> str:
        """`OWNER/NAME`."""
        return f"{self.owner}/{self.name}"


def is_address(text: str) -> bool:
    """Whether `text` begins like an address at one of the hubs."""
    return _HOST.match(text[:LONGEST]) is not None


def of_address(text: str) -> HubRepository | None:
    """The repository or file that the address `text` is of; None for any other address, or page there."""
    text = text[:LONGEST].strip()
    host = _HOST.match(text)
    if host is None:
        return None
    rest = text[host.end() :]
    is_dataset = rest.startswith("datasets/") or host["store"] == "datasets"
    found = _AT_HOST.match(rest.removeprefix("datasets/"))
    if found is None or found["owner"].casefold() in _NO_OWNERS:
        return None
    name, _, at = unquote(found["name"]).partition("@")
    revision, path = _place(found["rest"])
    kind: Kind = "dataset" if is_dataset else "model"
    return HubRepository(found["owner"], name, kind, at or revision, path) if name else None


def of_reference(text: str) -> HubRepository | None:
    """The repository that `text` names as an address, `OWNER/NAME`, or folder of a cache.

    None for local paths outside a cache and for bare names.
    """
    text = text[:LONGEST].strip()
    if is_address(text):
        return of_address(text)
    if cached := of_cache(text):
        return cached
    found = _REPOSITORY.fullmatch(text.rstrip("/"))
    return HubRepository(found["owner"], found["name"], revision=found["revision"]) if found else None


def of_cache(path: str) -> HubRepository | None:
    """The repository that the folder `path` of a local cache, or a folder below it, is a copy of."""
    found = _CACHE.search(path[:LONGEST].replace("\\", "/"))
    if found is None:
        return None
    kind: Kind = "dataset" if found["kind"] == "datasets" else "model"
    return HubRepository(found["owner"], found["name"], kind, found["revision"])


def id_of(text: str) -> str:
    """`OWNER/NAME` of the repository that `text` names; `text` itself where it names none."""
    found = of_reference(text)
    return found.id if found else text


def owner_in(path: str) -> str:
    """The owner in `Qwen/Qwen3-8B`, `/data/Qwen/Qwen3-8B`, an address or a cache's path; empty for none."""
    found = of_reference(path)
    if found is not None:
        return found.owner
    parts = path[:LONGEST].replace("\\", "/").strip("/ ").split("/")
    return parts[-2] if len(parts) > 1 else ""


def _place(rest: str) -> tuple[str | None, str]:
    """Revision and path of what follows a repository in an address."""
    parts = [unquote(one) for one in rest.split("/") if one]
    if len(parts) < 2 or parts[0] not in _FILE_VIEWS:
        return None, ""
    return parts[1], "/".join(parts[2:])
