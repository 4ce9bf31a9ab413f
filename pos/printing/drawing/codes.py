"""Bar and QR codes as dark and light modules, independent of the drawing library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from typing import Any

from barcode.codex import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel, QRRSBlock

_LEVEL = QRErrorCorrectLevel.M
_MASK = 0
"""Trying all eight masks costs 10 ms; a signature is random already, and every mask of it is readable."""

_BYTES = 0b0100  # the mode of a QR segment
_PADDING = (0xEC, 0x11)


def code128_modules(text: str) -> str:
    """The bars of a Code 128, "1" dark and "0" light, without quiet zones; printable ASCII only."""
    return str(Code128(text).build()[0])


def qr_modules(text: str) -> list[list[bool]]:
    """The rows of a QR code (error correction M), True dark, without the quiet zone of four modules."""
    content = text.encode("utf-8")
    version = next(v for v in range(1, 41) if _header_bits(v) + 8 * len(content) <= 8 * _room(v))
    code: Any = _Code(version, _LEVEL)
    code.dataCache = _codewords(content, version)
    code.makeImpl(False, _MASK)
    return [[bool(dark) for dark in row] for row in code.modules]


class _Code(QRCode):
    """A QR code that computes the data positions once for each size."""

    def dataPosIterator(self) -> list[tuple[int, int]]:  # noqa: N802 - the library's name
        return _data_positions(self.version)


@cache
def _data_positions(version: int) -> list[tuple[int, int]]:
    code: Any = QRCode(version, _LEVEL)
    code.moduleCount = version * 4 + 17
    return list(code._dataPosIterator())


def _header_bits(version: int) -> int:
    return 4 + (8 if version < 10 else 16)


def _room(version: int) -> int:
    return sum(data for _, data in _blocks(version))


@cache
def _blocks(version: int) -> list[tuple[int, int]]:
    """(all codewords, data codewords) of each block."""
    table: Any = QRRSBlock
    blocks = table.getRSBlocks(version, _LEVEL)
    return [(block.totalCount, block.dataCount) for block in blocks]


def _codewords(content: bytes, version: int) -> list[int]:
    """One segment of bytes, padded, with its error correction, interleaved by ISO/IEC 18004.

    The library's own takes 2 ms longer: it computes the generator polynomial for every block.
    """
    room = _room(version)
    bits = f"{_BYTES:04b}{len(content):0{_header_bits(version) - 4}b}" + "".join(f"{byte:08b}" for byte in content)
    bits += "0" * min(4, 8 * room - len(bits))
    bits += "0" * (-len(bits) % 8)
    data = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    data += [_PADDING[n % 2] for n in range(room - len(data))]
    blocks: list[list[int]] = []
    checks: list[list[int]] = []
    for total, size in _blocks(version):
        block, data = data[:size], data[size:]
        blocks.append(block)
        checks.append(_check_words(block, total - size))
    woven = [word for column in zip_longest(*blocks) for word in column if word is not None]
    return woven + [word for column in zip_longest(*checks) for word in column if word is not None]


def _check_words(block: Sequence[int], count: int) -> list[int]:
    """The remainder of the block divided by the generator: Reed-Solomon check words."""
    powers, logs = _field()
    generator = _generator(count)
    rest = [0] * count
    for word in block:
        factor = word ^ rest[0]
        rest = [*rest[1:], 0]
        if factor:
            log = logs[factor]
            rest = [one ^ powers[log + other] for one, other in zip(rest, generator)]
    return rest


@cache
def _generator(count: int) -> list[int]:
    """The logarithms of (x − a⁰)(x − a¹)…, without the leading 1."""
    powers, logs = _field()
    factors = [1]
    for root in range(count):
        grown = [*factors, 0]
        for index, factor in enumerate(factors):
            grown[index + 1] ^= powers[logs[factor] + root]
        factors = grown
    return [logs[factor] for factor in factors[1:]]


@cache
def _field() -> tuple[list[int], list[int]]:
    """Powers of a = 2 in the field of 256 elements (0x11D), twice round, and their logarithms."""
    powers, logs, value = [0] * 512, [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logs[value] = exponent
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return powers, logs
