"""Catalogues and rejected rows as CSV or TSV, guarded against formulas in spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pos.application.catalogue.catalogue_columns import COLUMNS, Reject
from pos.application.ports.catalogue_ports import ExportedGoods
from pos.domain.catalogue.product_fields import field_text, value_of
from pos.exports.safe_text import escaped, guarded
from pos.exports.whole_file import writing

REJECT_COLUMNS = ("line", "code", "name", "reason", "detail")
TABBED = (".tsv", ".tab")
_SHOWN = 500


def write_catalogue(stream: TextIO, goods: Iterable[ExportedGoods], delimiter: str = ",") -> int:
    """Write products with their stock, one at a time, in the columns of an export; returns their number."""
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for one in goods:
        writer.writerow(_cells(one))
        count += 1
    return count


def catalogue_file(path: Path) -> Callable[[Iterable[ExportedGoods]], int]:
    """A writer of `path` for ExportCatalogue: atomic, an error leaves the file as it was."""

    def write(goods: Iterable[ExportedGoods]) -> int:
        with writing(path) as stream:
            return write_catalogue(stream, goods, "\t" if path.suffix.lower() in TABBED else ",")

    return write


def rejects_to(stream: TextIO) -> Callable[[Reject], None]:
    """A callback that writes each rejected row at once; the header is written even without rows."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(REJECT_COLUMNS)

    def take(reject: Reject) -> None:
        texts = (reject.code, reject.name, reject.reason, reject.detail)
        writer.writerow((reject.line, *(guarded(escaped(text[:_SHOWN])) for text in texts)))

    return take


@contextmanager
def rejects_file(path: Path) -> Iterator[Callable[[Reject], None]]:
    """A file of rejected rows; it is complete when the import has ended, also when it ended early."""
    with writing(path, keep_part=True) as stream:
        yield rejects_to(stream)


def _cells(goods: ExportedGoods) -> Iterator[str]:
    product = goods.product
    elsewhere: dict[str, object] = {
        "price": None if product.price is None else str(product.price),
        "currency": None if product.price is None else product.price.currency.code,
        "on_hand": goods.on_hand,
        "codes": " ".join(code for code in product.codes if code != product.code and code not in goods.cartons),
        "supplier": goods.supplier,
        "cartons": " ".join(f"{code}:{pieces}" for code, pieces in goods.cartons.items()),
    }
    for name in COLUMNS:
        value = elsewhere[name] if name in elsewhere else value_of(product, name)
        yield guarded(field_text(value) or "")
