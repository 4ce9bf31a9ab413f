"""Stock documents: draw and print the differences of a stock-take and the lot accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pos.application.access.journal_export import JournalExport
from pos.application.files.atomic_write import write_atomically
from pos.application.files.make_folder import make_folder
from pos.application.settings.context import UseCase
from pos.application.stock.post_count import PostCount
from pos.application.stock.read_stock import RIGHT, ReadStock
from pos.domain.errors import InfrastructureError
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import LotBalance
from pos.domain.stock.stock_count import NotPosted

DrawCount = Callable[[Mapping[str, Any]], bytes]
DrawLots = Callable[[Sequence[LotBalance], datetime], bytes]


@dataclass(frozen=True, slots=True)
class StockDrawings:
    """The drawing functions of stock documents, their folder, and the printer."""

    folder: Path
    count: DrawCount
    lots: DrawLots
    table: DrawLots
    print_file: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class IssueStock(UseCase):
    """Writes stock documents into the shop's folder and sends them to the printer."""

    read_stock: ReadStock
    post_count: PostCount
    drawings: StockDrawings
    journal_export: JournalExport

    def count(self, person: Person, number: int, *, to_paper: bool = True) -> Path:
        """The posted differences of a stock-take. Raises NoSuchCount, NotPosted, PrinterError."""
        content = self.post_count.posted(person, number)
        if content is None:
            raise NotPosted(number)
        return self._issued(f"{content['count']}.pdf", self.drawings.count(content), to_paper=to_paper)

    def lots(
        self,
        person: Person,
        product: int | None = None,
        entry: str = "",
        *,
        on_hand: bool = False,
        to_paper: bool = True,
    ) -> Path:
        """The lot accounts as a document for customs."""
        at = self.now()
        drawn = self.drawings.lots(list(self.read_stock.every_lot(person, product, entry, on_hand=on_hand)), at)
        return self._issued(f"lots-{at:%Y%m%d-%H%M%S}.pdf", drawn, to_paper=to_paper)

    def lots_as(
        self, form: str, person: Person, product: int | None = None, entry: str = "", *, on_hand: bool = False
    ) -> bytes:
        """The lot accounts as the bytes of a csv or pdf file."""
        self.journal_export(person, RIGHT, "lots", format=form, entry=entry, product=product)
        draw = self.drawings.lots if form == "pdf" else self.drawings.table
        return draw(list(self.read_stock.every_lot(person, product, entry, on_hand=on_hand)), self.now())

    def _issued(self, name: str, drawn: bytes, *, to_paper: bool) -> Path:
        path = self.drawings.folder / name
        try:
            make_folder(path.parent)
            write_atomically(path, drawn)
        except OSError as error:
            raise InfrastructureError("file_not_writable", str(path), error.strerror or "") from error
        if to_paper:
            self.drawings.print_file(path)
        return path
