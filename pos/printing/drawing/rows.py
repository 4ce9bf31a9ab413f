"""A receipt document as rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading: large, centred."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A centred PNG, one image dot per printer dot; the text form shows its size."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Banner:
    """A framed notice such as COPY 1."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, wrapped."""

    text: str
    centered: bool = False
    bold: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at the left, a value at the right."""

    left: str
    right: str
    bold: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """A table line of equal columns: the first cell left-aligned, the others right-aligned."""

    cells: tuple[str, ...]
    bold: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class TotalRow:
    """The most prominent amount of the strip."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """A horizontal line, dashed or solid."""

    solid: bool = False


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 with its text below."""

    text: str


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code with text beside it."""

    content: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature line with the name below."""

    text: str


Row = Heading | Picture | Banner | Paragraph | Pair | Cells | TotalRow | Ruler | Barcode | Qr | Signature
