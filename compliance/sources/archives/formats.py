"""Which files are archives to look into: decided by their first bytes, after names that rule it out."""

import itertools
import re
from collections.abc import Collection
from enum import StrEnum

from compliance.model.weight_formats import weight_format

HEAD = 512
"""Bytes that `format_of` needs."""
_SMALLEST = 20
_TAR_CHECKSUM = slice(148, 156)


class ArchiveFormat(StrEnum):
    """A container or compression that can be told from its first bytes."""

    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTD = "zstd"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    LZ4 = "lz4"
    DEB = "deb"
    RPM = "rpm"
    CABINET = "cab"
    LZMA = "lzma"
    COMPRESS = "compress (.Z)"
    CPIO = "cpio"
    ISO = "iso9660"
    SQUASHFS = "squashfs"
    DISK_IMAGE = "dmg"


COMPRESSIONS = frozenset({ArchiveFormat.GZIP, ArchiveFormat.BZIP2, ArchiveFormat.XZ, ArchiveFormat.ZSTD})
_MAGIC: tuple[tuple[bytes, ArchiveFormat], ...] = (
    (b"PK\x03\x04", ArchiveFormat.ZIP),
    (b"PK\x05\x06", ArchiveFormat.ZIP),
    (b"\x1f\x8b\x08", ArchiveFormat.GZIP),
    (b"BZh", ArchiveFormat.BZIP2),
    (b"\xfd7zXZ\0", ArchiveFormat.XZ),
    (b"\x28\xb5\x2f\xfd", ArchiveFormat.ZSTD),
    (b"7z\xbc\xaf\x27\x1c", ArchiveFormat.SEVEN_ZIP),
    (b"Rar!\x1a\x07", ArchiveFormat.RAR),
    (b"\x04\x22\x4d\x18", ArchiveFormat.LZ4),
    (b"!<arch>\ndebian-binary", ArchiveFormat.DEB),
    (b"\xed\xab\xee\xdb", ArchiveFormat.RPM),
    (b"MSCF\0\0\0\0", ArchiveFormat.CABINET),
)

_SUFFIXES_OF_TEXT = """
    py pyi pyx pxd ipynb md rst txt tex json jsonl yaml yml toml ini cfg conf csv tsv xml html htm css js mjs cjs
    ts tsx jsx vue c h cc cpp cxx hh hpp cu cuh cl m mm go rs java kt kts scala rb php pl lua r jl swift
    sh bash zsh bat ps1 cmake mk gradle proto thrift sql jinja j2 diff patch lock po svg
"""
_SUFFIXES_OF_DOCUMENTS = """
    docx docm dotx xlsx xlsm xltx xlsb pptx pptm potx ppsx vsdx odt ods odp odg odf ott hwpx epub xmind
    numbers pages pdf doc xls ppt hwp png jpg jpeg gif webp bmp ico tif tiff mp3 mp4 wav flac ogg webm avi mov
    ttf otf woff woff2
"""
_NEVER_ARCHIVES = frozenset(itertools.chain(_SUFFIXES_OF_TEXT.split(), _SUFFIXES_OF_DOCUMENTS.split()))

_DOCUMENT_ROOT = (
    r"mimetype|\[Content_Types\]\.xml|(?:content|styles|meta|settings|version|current)\.xml|manifest\.rdf"
)
_DOCUMENT_FOLDERS = (
    r"META-INF|Thumbnails|Pictures|Configurations2|layout-cache|Object \d+|Contents|BinData|Preview|OEBPS|EPUB"
    r"|_rels|docProps|word|xl|ppt|visio|customXml"
)
_DOCUMENT_PART = (
    r"(?!(?:pom|licen[cs]e|copying|notice)\b)[^/]*"
    r"\.(?:xml|rels|rdf|xhtml|opf|ncx|vml|png|jpe?g|gif|bmp|emf|wmf|tiff?|webp|otf|ttf|odttf|fntdata)"
)
_DOCUMENT_MEMBER = re.compile(
    rf"(?:{_DOCUMENT_ROOT}|(?:{_DOCUMENT_FOLDERS})/(?:[^/]+/)*(?:{_DOCUMENT_PART})?|Preview/PrvText\.txt)",
    re.IGNORECASE,
)
"""No names of declarations or licenses, though those may be XML as well."""
_OFFICE_FOLDERS = ("word/", "xl/", "ppt/", "visio/")
_TORCH_MEMBER = re.compile(
    r"[^/]+/(?:data\.pkl|constants\.pkl|version|byteorder|\.format_version|\.storage_alignment"
    r"|\.data/serialization_id|(?:data|constants)/\d*)?"
)
_KERAS_MEMBERS = {"config.json", "metadata.json", "model.weights.h5"}


class Layout(StrEnum):
    """What a zip is besides an archive."""

    DOCUMENT = "document"
    ARRAYS = "arrays"
    PYTORCH = "pytorch"
    KERAS = "keras"

    @property
    def suffix(self) -> str:
        """That files of this layout usually have."""
        return ".pt" if self is Layout.PYTORCH else f".{self.value}"


def may_be_archive(path: str, size: int) -> bool:
    """Whether the file at `path` of `size` bytes is worth opening to see if it is an archive.

    Source files, weights and office documents are not: weights and documents may be zips inside, but are examined
    as what they are.
    """
    suffix = path.rpartition("/")[2].rpartition(".")[2].lower()
    return size >= _SMALLEST and suffix not in _NEVER_ARCHIVES and weight_format(path) is None


def format_of(head: bytes) -> ArchiveFormat | None:
    """The format of content that starts with `head` (its first 512 bytes); None where it is no archive."""
    for magic, archive_format in _MAGIC:
        if head.startswith(magic):
            return archive_format
    return ArchiveFormat.TAR if is_tar(head) else None


def is_tar(head: bytes) -> bool:
    """Whether `head` is a tar header, with or without the marks of newer tars: its checksum is right."""
    if len(head) < HEAD or not head[0]:
        return False
    try:
        said = int(head[_TAR_CHECKSUM].strip(b" \0"), 8)
    except ValueError:
        return False
    return said == sum(head[:148]) + 8 * ord(" ") + sum(head[156:HEAD])


def layout_of(names: Collection[str]) -> Layout | None:
    """What a zip with members called `names` is besides an archive, whatever its own name; None for any other.

    Every member must have its place in the layout: one that makes a zip look like a document must not hide what
    lies beside it.
    """
    members = set(names)
    office = "[Content_Types].xml" in members and any(name.startswith(_OFFICE_FOLDERS) for name in members)
    if office or "mimetype" in members:
        return Layout.DOCUMENT if all(_DOCUMENT_MEMBER.fullmatch(name) for name in members) else None
    if any(name.endswith(("/data.pkl", "/constants.pkl")) for name in members):
        return Layout.PYTORCH if all(_TORCH_MEMBER.fullmatch(name) for name in members) else None
    if members and all(name.endswith(".npy") for name in members):
        return Layout.ARRAYS
    return Layout.KERAS if {"config.json", "model.weights.h5"} <= members <= _KERAS_MEMBERS else None
