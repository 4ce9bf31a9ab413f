"""Detect the encoding of a text: byte order marks first, then a trial over all bytes, without guessing."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pos.domain.errors import BadField

UTF8, UTF16, GB18030, CP1251 = "utf-8", "utf-16", "gb18030", "cp1251"
ENCODINGS = (UTF8, UTF16, GB18030, CP1251)
"""The encodings to choose from."""

NAMES = {UTF8: "UTF-8", UTF16: "UTF-16", GB18030: "GB18030", CP1251: "Windows-1251"}

UNREADABLE = "unreadable"
"""The error handler that maps each undecodable byte to a lone surrogate."""

_OTHER_NAMES = {
    "utf8": UTF8, "utf-8-sig": UTF8, "utf16": UTF16, "utf-16-le": UTF16, "gbk": GB18030, "gb2312": GB18030,
    "windows-1251": CP1251, "win-1251": CP1251, "1251": CP1251,
}  # fmt: skip
_CHUNK = 1 << 18
_ASCII = bytes(range(0x80))
_CYRILLIC = bytes([*range(0xC0, 0x100), 0xA8, 0xB8])
"""А to я, Ё and ё in Windows-1251. Chinese has about six of ten bytes here, Russian nearly all."""

_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_BROKEN = re.compile("[\udc80-\udcff]")
_MOSTLY = 0.8
_OFTEN = 0.4


def _spelt(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(UNREADABLE, _spelt)


def encoding_named(name: str) -> str:
    """The encoding of a name. Raises BadField for an unsupported one."""
    plain = name.strip().lower().replace("_", "-")
    encoding = _OTHER_NAMES.get(plain, plain)
    if encoding not in ENCODINGS:
        raise BadField("encoding", "not_one_of", name[:40])
    return encoding


def decoder_of(encoding: str) -> str:
    """The codec of an encoding; it skips a byte order mark."""
    return "utf-8-sig" if encoding == UTF8 else encoding


def encoding_of_file(path: Path) -> str:
    """The encoding of a file, by its byte order mark or by all of its bytes, read in chunks."""
    with path.open("rb") as stream:
        return encoding_of(stream)


def encoding_of(stream: BinaryIO) -> str:
    """The encoding of the remaining bytes of a stream."""
    return _tried(iter(lambda: stream.read(_CHUNK), b""))


def _tried(chunks: Iterator[bytes]) -> str:
    first = next(chunks, b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return UTF16
    if first.startswith(codecs.BOM_UTF8):
        return UTF8
    return _Trial().of([first]) if len(first) < _CHUNK else _Trial().of(_all(first, chunks))


def _all(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


class _Trial:
    """Counts the non-ASCII bytes by their meaning in each encoding."""

    def __init__(self) -> None:
        self.high = self.cyrillic = self.alone = self.utf8 = self.not_utf8 = self.not_gb = 0

    def of(self, chunks: Iterable[bytes]) -> str:
        """The encoding that fits the bytes; UTF-8 if none is likely: its rows are then refused."""
        utf8 = codecs.getincrementaldecoder(UTF8)("surrogateescape")
        chinese = codecs.getincrementaldecoder(GB18030)("surrogateescape")
        for chunk in chunks:
            if chunk.isascii():
                utf8.reset()
                chinese.reset()
                continue
            high = chunk.translate(None, _ASCII)
            self.high += len(high)
            self.cyrillic += len(high) - len(high.translate(None, _CYRILLIC))
            self.alone += len(_ALONE.findall(chunk))
            text = utf8.decode(chunk)
            broken = len(_BROKEN.findall(text))
            self.not_utf8 += broken
            self.utf8 += len(high) - broken
            if self.not_utf8:
                self.not_gb += len(_BROKEN.findall(chinese.decode(chunk)))
        return self._likely()

    def _likely(self) -> str:
        if self.not_utf8 == 0 or self.utf8 > 2 * self.not_utf8:
            return UTF8
        if self.alone > self.high * _OFTEN:
            return UTF8  # a few letters of a western alphabet (Caf\xe9), which is none of the supported ones
        if self.cyrillic >= self.high * _MOSTLY:
            return CP1251
        return GB18030 if self.not_gb <= self.high * (1 - _MOSTLY) else UTF8
