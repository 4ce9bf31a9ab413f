"""Catalogues as CSV or TSV: read whatever comes, write what a spreadsheet cannot mistake for a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, TextIO

from pos.application.catalogue_columns import COLUMNS, RawTable, Reject
from pos.domain.errors import BadField
from pos.domain.product import LANGUAGES, Product
from pos.exports.delimited import read_delimited
from pos.exports.safe_text import escaped, guarded
from pos.exports.whole_file import writing

REJECT_COLUMNS = ("line", "code", "name", "reason", "detail")
_TABBED = (".tsv", ".tab")
_SHOWN = 500


@contextmanager
def reading(path: Path) -> Iterator[RawTable]:
    """A catalogue file, open while its rows are taken. Raises BadField where there is no such file."""
    try:
        file = path.open("rb")
    except OSError as error:
        what = "not_found" if isinstance(error, FileNotFoundError) else "not_readable"
        raise BadField("FILE", what, f"{path.name}: {error.strerror}") from error
    with file:
        yield read_catalogue(file, path.name)


def read_catalogue(stream: BinaryIO, name: str = "-") -> RawTable:
    """The table in a stream of bytes; tabs part the cells of a `.tsv`, else what the header shows: `,` `;` or tab."""
    return read_delimited(stream, name, "\t" if name.lower().endswith(_TABBED) else None)


def write_catalogue(stream: TextIO, goods: Iterable[tuple[Product, int]], delimiter: str = ",") -> int:
    """Write products with what is on hand, one at a time, in the columns of an export; how many they were."""
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for product, on_hand in goods:
        writer.writerow(_cells(product, on_hand))
        count += 1
    return count


def catalogue_file(path: Path) -> Callable[[Iterable[tuple[Product, int]]], int]:
    """A writer of `path`, for ExportCatalogue: the file is there whole or, after trouble, as it was before."""

    def write(goods: Iterable[tuple[Product, int]]) -> int:
        with writing(path) as stream:
            return write_catalogue(stream, goods, "\t" if path.suffix.lower() in _TABBED else ",")

    return write


def rejects_to(stream: TextIO) -> Callable[[Reject], None]:
    """A taker of rejected rows that writes each as it comes; the header stands there even if none does."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(REJECT_COLUMNS)

    def take(reject: Reject) -> None:
        texts = (reject.code, reject.name, reject.reason, reject.detail)
        writer.writerow((reject.line, *(guarded(escaped(text[:_SHOWN])) for text in texts)))

    return take


@contextmanager
def rejects_file(path: Path) -> Iterator[Callable[[Reject], None]]:
    """A file of rejected rows; it stands there whole when the import has ended, also when it ended early."""
    with writing(path, keep_part=True) as stream:
        yield rejects_to(stream)


def _cells(product: Product, on_hand: int) -> Iterator[str]:
    attributes = product.attributes
    yield guarded(product.code)
    yield from (guarded(product.names.get(language, "")) for language in LANGUAGES)
    yield product.category or ""
    yield "" if product.price is None else str(product.price)
    yield "" if product.price is None else product.price.currency.code
    for figure in (attributes.ml, attributes.abv, attributes.net_g, attributes.gross_kg):
        yield _figure(figure)
    for count in (attributes.sticks, attributes.pieces):
        yield "" if count is None else str(count)
    yield guarded(attributes.variant or "")
    yield str(on_hand)
    yield guarded(product.name)
    yield guarded(" ".join(code for code in product.codes if code != product.code))
    yield _figure(product.vat)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
