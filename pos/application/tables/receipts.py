"""Lists of receipts: the history as it is searched, and what stands behind a mark of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.find_receipts import HISTORY_RIGHT, FindReceipts
from pos.application.listing import Listing, Reader, in_pages
from pos.application.look_behind import ReceiptsBehind
from pos.application.names import COUNTRIES, DESTINATIONS, name_of
from pos.application.return_ports import FoundReceipt, ReceiptsWanted
from pos.application.table import Cell, Column, Kind, Table
from pos.application.typography import listed
from pos.application.words import N_, Words
from pos.domain.document import Document
from pos.domain.money import Money
from pos.domain.period import Period
from pos.domain.report_mark import Mark, MarkedReceipt, Place

_PAGE = 200
KIND_NAMES: Mapping[str, str] = {
    "sale": N_("Sales"),
    "return": N_("Returns"),
    "exchange": N_("Exchanges"),
    "discount": N_("With a discount"),
}
"""What the history keeps to."""

_ONE = {"sale": N_("Sale"), "return": N_("Return")}


def history(find: FindReceipts, text: str, wanted: ReceiptsWanted, document: Document | None = None) -> Listing:
    """Receipts as the history finds them; of a visitor it is not said whose they are."""

    def make(reader: Reader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Receipt")),
            Column(words("Type")),
            Column(words("When"), Kind.INSTANT),
            Column(words("Cashier")),
            Column(words("Total"), Kind.AMOUNT, reader.settings.price.code, is_summed=True),
            Column(words("Pieces"), Kind.COUNT, is_summed=True),
            Column(words("Items returned"), Kind.COUNT, is_summed=True),
            Column(words("Original receipt")),
            Column(words("Goods")),
        ]

        def page(before: int | None) -> tuple[Sequence[FoundReceipt], int | None]:
            found = find.history(text, wanted, reader.person, before, _PAGE, document)
            return found.receipts, found.next

        days = "" if wanted.days is None else f"{wanted.days.first.isoformat()} – {wanted.days.last.isoformat()}"
        facts = [
            (words("Search"), words("one visitor") if document is not None else text),
            (words("Type"), words(KIND_NAMES[wanted.kind]) if wanted.kind in KIND_NAMES else ""),
            (words("Cashier"), reader.name_of(wanted.cashier)),
            (words("Till"), wanted.till),
            (words("Days"), days),
        ]
        rows = (_receipt(one, reader) for one in in_pages(page))
        return [reader.table("receipts", words("Receipts"), columns, rows, facts)]

    told = {"text": text, "kind": wanted.kind, "of": wanted.cashier, "of_till": wanted.till}
    return Listing("receipts", N_("Receipts"), HISTORY_RIGHT, make, told)


def _receipt(one: FoundReceipt, reader: Reader) -> Sequence[Cell]:
    words = reader.words
    return (
        one.receipt,
        words(_ONE.get(one.kind, one.kind)),
        one.at,
        reader.name_of(one.cashier),
        *_signed(one.kind, one.total, one.pieces),
        one.came_back,
        one.reverses,
        goods_text(one.goods, one.lines, words),
    )


def _signed(kind: str, total: Money, pieces: int) -> tuple[Money, int]:
    """What a receipt adds to the sums: what came back counts below zero."""
    return (-total, -pieces) if kind == "return" and total.minor >= 0 else (total, pieces)


def goods_text(goods: Sequence[Mapping[str, str]], lines: int, words: Words) -> str:
    """The names of the first goods of a receipt, and how many lines more there are."""
    named = words(", ").join(names.get(words.language) or names[""] for names in goods)
    return f"{named} +{lines - len(goods)}" if lines > len(goods) else named


def behind(step: ReceiptsBehind, marks: Sequence[Mark], days: Period, till: str | None, by: str | None) -> Listing:
    """The receipts behind marks of a report, of the days, of one till and one person or of all."""

    def make(reader: Reader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Receipt")),
            Column(words("Type")),
            Column(words("When"), Kind.INSTANT),
            Column(words("Till")),
            Column(words("Cashier")),
            Column(words("Nationality")),
            Column(words("Destination")),
            Column(words("Goods")),
            Column(words("Pieces"), Kind.COUNT, is_summed=True),
            Column(words("Total"), Kind.AMOUNT, reader.settings.price.code, is_summed=True),
        ]

        def page(after: Place | None) -> tuple[Sequence[MarkedReceipt], Place | None]:
            found = step(reader.person, marks, days.first, till, days.last, by, after, _PAGE)
            return found.receipts, found.next

        facts = [
            (words("Days"), f"{days.first.isoformat()} – {days.last.isoformat()}"),
            (words("Only"), listed(words, (f"{mark.kind} {mark.name}".strip() for mark in marks))),
            (words("Till"), till or ""),
            (words("Cashier"), reader.name_of(by or "")),
        ]
        rows = (_marked(one, reader) for one in in_pages(page))
        return [reader.table("receipts", words("Receipts"), columns, rows, facts)]

    told = {
        "since": days.first.isoformat(),
        "until": days.last.isoformat(),
        "marks": [f"{mark.kind} {mark.name}".strip() for mark in marks],
    }
    return Listing("receipts", N_("Receipts"), HISTORY_RIGHT, make, told)


def _marked(one: MarkedReceipt, reader: Reader) -> Sequence[Cell]:
    words = reader.words
    return (
        one.receipt,
        words(_ONE.get(one.kind, one.kind)),
        one.at,
        one.till,
        reader.name_of(one.cashier),
        name_of(COUNTRIES, one.nationality, words) if one.nationality else "",
        name_of(DESTINATIONS, one.destination, words),
        goods_text(one.goods, one.lines, words),
        *reversed(_signed(one.kind, one.total, one.pieces)),
    )
