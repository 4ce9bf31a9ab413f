"""The receipt of a return as rows: the returned goods, the refund, the customer's signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pos.application.settings.settings import Settings
from pos.application.text.formatting import amount_text, lines_text, money_text, pieces_text
from pos.application.text.names import ALL_REASONS, METHODS, RETURN_DISPOSITIONS, TO_REVERSE
from pos.application.text.translator import Translator
from pos.domain.fiscal.document import FiscalDocument
from pos.domain.money import total
from pos.domain.returns.goods_return import GoodsReturn, ReturnedLine, on_orders_again
from pos.printing.drawing.joined_translator import NO_NAMES, JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Banner, Heading, Pair, Paragraph, Row, Ruler, Signature, TotalRow
from pos.printing.receipts.converted_amount import converted_row
from pos.printing.receipts.foot import fiscal_rows, seal_rows
from pos.printing.receipts.goods_names import PrintedGoodsNames
from pos.printing.receipts.heading import shop_rows, time_row
from pos.printing.receipts.line_price import rate_rows, serial_rows


def return_receipt_rows(
    back: GoodsReturn,
    settings: Settings,
    translators: Mapping[str, Translator],
    seal: str,
    key_name: str,
    copy: int = 0,
    lacks: Callable[[str], bool] = lambda _: False,
    people: Mapping[str, str] = NO_NAMES,
    fiscal: Sequence[FiscalDocument] = (),
) -> tuple[Row, ...]:
    """The receipt of a return; `copy`, `translators`, `lacks`, `people` and `fiscal` as in `receipt_rows`.

    Amounts are printed as handed over, without a minus: only the seal, which machines read, has them negative.
    """
    both = JoinedTranslator.of(translators, settings.receipt_languages).naming(people)
    names = PrintedGoodsNames(both, lacks)
    rows: list[Row] = []
    if copy:
        rows.append(Banner(both("COPY {n}", n=copy)))
    rows += shop_rows(settings)
    rows.append(Ruler())
    rows.append(Heading(both("Void of a sale") if back.is_void else both("Return")))
    rows.append(Pair(both("Receipt"), back.receipt, bold=True))
    if back.reverses is None:
        rows.append(Banner(both("Without receipt")))
    else:
        rows.append(Pair(both("Voided receipt") if back.is_void else both("For receipt"), back.reverses, bold=True))
    rows.append(Pair(both("Till {till}", till=back.till), both.person(back.cashier)))
    rows.append(time_row(back.at, settings, both))
    rows.append(Ruler())
    for line in back.lines:
        rows += _line(line, names)
    rows.append(Ruler(solid=True))
    rows += _money(back, both)
    rows.append(Ruler())
    rows += _why(back, both)
    rows.append(Signature(both("Customer's signature")))
    rows.append(Ruler())
    rows += seal_rows(back.receipt, seal, key_name, both)
    if mark := tuple(fiscal_rows(settings, translators, fiscal)):
        rows += (Ruler(), *mark)
    return tuple(rows)


def _line(line: ReturnedLine, names: PrintedGoodsNames) -> Iterator[Row]:
    both = names.translator
    first, *second = names.each(line)
    yield Pair(first, amount_text(line.amount, both.language), bold=True)
    yield from (Paragraph(name) for name in second)
    pieces = both.by(lambda tr: pieces_text(line.quantity, tr))
    disposition = "" if line.to == "shelf" else both.named(RETURN_DISPOSITIONS, line.to)
    yield Pair(" / ".join(pieces), disposition, small=True)
    yield from serial_rows(line.serial)


def _money(back: GoodsReturn, both: JoinedTranslator) -> Iterator[Row]:
    """From the price paid for the goods to the refund, top to bottom."""
    language = both.language
    yield TotalRow(both("Total"), money_text(back.total, language))
    counts = both.by(lambda tr: f"{lines_text(len(back.lines), tr)} · {pieces_text(back.pieces, tr)}")
    yield Pair(" / ".join(counts), "", small=True)
    yield from rate_rows(back.tax, both)
    yield Ruler()
    if back.rounding:
        # The part that the shop keeps is subtracted, so that the column adds up.
        yield Pair(both("Rounding"), money_text(-back.rounding, language, plus=True), small=True)
    stays = on_orders_again(back.refunds)
    given = back.total - back.rounding - total((one.value for one in stays), back.total.currency)
    yield Pair(both("Refunded to customer"), money_text(given, language), bold=True)
    for refund in (one for one in back.refunds if one not in stays):
        amount, value = refund.amount, refund.value
        yield Pair(both.named(METHODS, refund.method), money_text(amount, language, cash=refund.method == "cash"))
        if amount.currency != value.currency:
            yield converted_row(amount.currency, 1 / refund.rate, value, value.currency, language)
    for refund in stays:
        yield Pair(both("Deposit, on its order again"), money_text(refund.amount, language))
    yield from _to_reverse(back, both)


def _to_reverse(back: GoodsReturn, both: JoinedTranslator) -> Iterator[Row]:
    """What is reversed at the terminal or in the wallet, each payment with its reference."""
    for tender in back.to_reverse:
        yield Pair(both.named(TO_REVERSE, tender.method), money_text(tender.amount, both.language), bold=True)
        if tender.reference:
            yield Pair(both("Reference"), printable(tender.reference, 64), small=True)


def _why(back: GoodsReturn, both: JoinedTranslator) -> Iterator[Row]:
    yield Paragraph(f"{both('Reason')}: {printable(both.named(ALL_REASONS, back.reason), 200)}")
    if back.approved_by is not None:
        yield Pair(both("Approved by"), both.person(back.approved_by))
