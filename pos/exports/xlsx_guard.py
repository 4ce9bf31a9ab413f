"""Check whether a file is a safe workbook, before unpacking or parsing it."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from pos.domain.errors import BadField

LARGEST_FILE = 10 * 1024 * 1024
"""Largest workbook in bytes: a catalogue of a hundred thousand products. Larger ones must be CSV, which is streamed."""

LARGEST_WHOLE = 160 * 1024 * 1024
"""Largest total of unpacked parts in bytes."""

LARGEST_TEXTS = 24 * 1024 * 1024
"""Largest table of texts in bytes, the one part held in memory as a whole."""

MOST_PARTS = 200
MOST_RATIO = 200
"""Largest compression ratio of a part; sheets of numbers have ten to thirty."""

_RATIO_COUNTS_FROM = 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "xl/workbook.xml"
_TEXTS = "sharedstrings.xml"
_XML = (".xml", ".rels", ".vml")
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_CHUNK = 1 << 16
_OVERLAP = 16
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of(path: Path) -> str:
    """`xlsx` or `text`, by content and not by name.

    Raises BadField for other kinds of files: `protected` and `old_workbook`, `web_page`, `not_a_catalogue`.
    """
    with path.open("rb") as stream:
        head = stream.read(4096)
        if head.startswith(_OLE):
            rest = stream.read(LARGEST_FILE)
            raise BadField("FILE", "protected" if _ENCRYPTED in head + rest else "old_workbook", path.name[:80])
    if head.startswith(_ZIP):
        return "xlsx"
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if bare.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise BadField("FILE", "web_page", path.name[:80])
    if bare.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xfd7zxz")):
        raise BadField("FILE", "not_a_catalogue", path.name[:80])
    return "text"


def check_workbook(path: Path) -> None:
    """Raise BadField naming the file if it is no valid workbook: too large, a bomb, entities, broken."""
    name = path.name[:80]
    if path.stat().st_size > LARGEST_FILE:
        raise BadField("FILE", "workbook_too_large", name)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive, name)
            for part in archive.infolist():
                if part.filename.lower().endswith(_XML):
                    _check_xml(archive, part, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise BadField("FILE", "broken_workbook", name) from error


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if _WORKBOOK not in names:
        raise BadField("FILE", "not_a_workbook", name)
    if len(parts) > MOST_PARTS or len(names) < len(parts):
        raise BadField("FILE", "workbook_bomb", name)
    for part in parts:
        if part.flag_bits & 0x1:
            raise BadField("FILE", "protected", name)
        where = part.filename.replace("\\", "/")
        if where.startswith("/") or ":" in where or ".." in where.split("/"):
            raise BadField("FILE", "workbook_bomb", name)
        grows = part.file_size > MOST_RATIO * max(part.compress_size, 1)
        if part.file_size > _RATIO_COUNTS_FROM and grows:
            raise BadField("FILE", "workbook_bomb", name)
        if where.lower().endswith(_TEXTS) and part.file_size > LARGEST_TEXTS:
            raise BadField("FILE", "workbook_too_large", name)
    if sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise BadField("FILE", "workbook_bomb", name)


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """No part may declare a document type or an entity, or use an encoding that could hide them.

    zipfile reads no more of a part than its declared size, which was checked, and verifies its checksum at the end.
    """
    with archive.open(part) as stream:
        before = b""
        while chunk := stream.read(_CHUNK):
            if not before and (b"\x00" in chunk[:4] or chunk.startswith((b"\xff\xfe", b"\xfe\xff"))):
                raise BadField("FILE", "workbook_entities", name)
            seen = before + chunk
            if any(token in seen.upper() for token in _FORBIDDEN):
                raise BadField("FILE", "workbook_entities", name)
            before = seen[-_OVERLAP:]
