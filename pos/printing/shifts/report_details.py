"""Details of the sums of a shift or a day as rows: discounts, voids, approvals by person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from functools import partial

from pos.application.fiscal.fiscal_words import counts_of
from pos.application.text.formatting import money_text, number_text, pieces_text, time_text
from pos.application.text.names import ALL_REASONS, DISCOUNT_KINDS, RIGHTS
from pos.application.text.translator import N_, Translator
from pos.domain.money import Money, total
from pos.domain.pricing.spread import Spread, earned
from pos.domain.shifts.report_details import DiscountSum, FiscalCounts, ReturnSum, ShiftDetails
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Pair, Row

_SPREAD = N_("Exchange gain or loss")


def spread_row(parts: Sequence[Spread], none: Money, tr: JoinedTranslator) -> Iterator[Row]:
    """The exchange-rate gain; empty without foreign money."""
    if parts:
        yield Pair(tr(_SPREAD), money_text(earned(parts, none), tr.language, plus=True), small=True)


def discount_rows(discounts: Sequence[DiscountSum], tr: JoinedTranslator) -> Iterator[Row]:
    """By kind and person."""
    for one in discounts:
        name = f"{tr.named(DISCOUNT_KINDS, one.kind)} · {tr.person(one.person)}"
        yield _part(name, one.count, money_text(one.amount, tr.language))


def return_rows(returns: Sequence[ReturnSum], tr: JoinedTranslator) -> Iterator[Row]:
    """By reason."""
    for one in returns:
        name = f"{printable(tr.named(ALL_REASONS, one.reason), 200)}"
        pieces = " / ".join(tr.by(partial(pieces_text, one.pieces)))
        yield Pair(f"  {name} · {pieces}", money_text(one.amount, tr.language), small=True)


def event_rows(
    details: ShiftDetails, counts: tuple[int, int, int], zone: tzinfo, tr: JoinedTranslator
) -> Iterator[Row]:
    """Voids, drawers opened without a sale, approvals: their number (`counts`), and each of them where known."""
    language = tr.language

    def at(instant: datetime) -> str:
        return time_text(instant.astimezone(zone))

    voids, openings, approvals = (number_text(count, language) for count in counts)
    if details.voids:
        worth = total((void.amount for void in details.voids), details.voids[0].amount.currency)
        yield Pair(f"{tr('Removed lines')} × {voids}", money_text(worth, language), small=True)
    else:
        yield Pair(tr("Removed lines"), voids, small=True)
    for void in details.voids:
        goods = f"{printable(void.name, 60)} × {number_text(void.pieces, language)}"
        yield Pair(f"  {at(void.at)} {tr.person(void.person)} · {goods}", money_text(void.amount, language), small=True)
    yield Pair(tr("Drawer opened without a sale"), openings, small=True)
    for one in details.openings:
        yield Pair(f"  {at(one.at)} {tr.person(one.person)} · {printable(one.reason, 120)}", "", small=True)
    yield Pair(tr("Approvals"), approvals, small=True)
    for allowed in details.approvals:
        name = f"{tr.named(RIGHTS, allowed.act)} · {tr.person(allowed.person)}"
        yield Pair(f"  {name}", number_text(allowed.count, language), small=True)


def fiscal_counts(counts: FiscalCounts | None, tr: JoinedTranslator) -> Iterator[tuple[str, str]]:
    """How the receipts stand at the fiscal register, what is none left out; nothing in a shop without one."""
    if counts is None:
        return
    for name, count in counts_of(counts):
        yield tr(name), number_text(count, tr.language)


def counts_text(count: int, pieces: int, tr: Translator) -> str:
    """The number of receipts and pieces."""
    receipts = tr.plural("{n} receipt", "{n} receipts", count, n=number_text(count, tr.language))
    return f"{receipts} · {pieces_text(pieces, tr)}"


def _part(name: str, count: int, amount: str) -> Row:
    return Pair(f"  {name} × {count}", amount, small=True)
