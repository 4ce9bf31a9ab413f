"""The receipt as rows: evidence for customs, proof for the buyer, in the shop's two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pos.application.receipts.each_text import each_text
from pos.application.settings.settings import Settings
from pos.application.text.formatting import amount_text
from pos.application.text.translator import N_, Translator
from pos.domain.fiscal.document import FiscalDocument
from pos.domain.quota.rule import Regime
from pos.domain.sales.sale import Sale, SaleLine
from pos.printing.drawing.joined_translator import NO_NAMES, JoinedTranslator
from pos.printing.drawing.rows import Banner, Pair, Paragraph, Row, Ruler
from pos.printing.receipts.foot import fiscal_rows, seal_rows
from pos.printing.receipts.goods_names import taxed_rows
from pos.printing.receipts.heading import shop_rows, time_row, voided_rows
from pos.printing.receipts.line_price import details_rows, note_rows, piece_rows, why_rows
from pos.printing.receipts.parcel_rows import parcel_rows
from pos.printing.receipts.quota_words import QuotaWords
from pos.printing.receipts.receipt_exchange import goods_back_rows
from pos.printing.receipts.receipt_payment import payment_rows
from pos.printing.receipts.receipt_quota import allowance_rows, carrier_text


def receipt_rows(
    sale: Sale,
    settings: Settings,
    translators: Mapping[str, Translator],
    regimes: Mapping[str, Regime],
    seal: str,
    key_name: str,
    copy: int = 0,
    lacks: Callable[[str], bool] = lambda _: False,
    people: Mapping[str, str] = NO_NAMES,
    fiscal: Sequence[FiscalDocument] = (),
) -> tuple[Row, ...]:
    """The receipt of a sale; `copy` 0 is the original.

    `translators` holds all languages by code: the settings choose the pair, and the border the languages of the
    fiscal mark. `lacks` is true if the font has none of a text's letters: the product code then replaces a
    name that would be boxes. `people` has the display names by sign-in name, `fiscal` what was sent to the register.
    """
    both_words = JoinedTranslator.of(translators, settings.receipt_languages).naming(people)
    quota = QuotaWords.of(sale, both_words, regimes, lacks)
    rows: list[Row] = []
    if copy:
        rows.append(Banner(both_words("COPY {n}", n=copy)))
    rows += voided_rows(sale, both_words)
    rows += shop_rows(settings)
    rows.append(Ruler())
    rows.append(Pair(both_words("Receipt"), sale.receipt, bold=True))
    rows.append(Pair(both_words("Till {till}", till=sale.till), both_words.person(sale.cashier)))
    rows.append(time_row(sale.at, settings, both_words))
    rows.append(Ruler())
    rows += goods_back_rows(sale, quota.names)
    for line in sale.lines:
        rows += _line(line, quota, settings, with_tax=bool(sale.tax))
    rows += note_rows(sale.note, both_words)
    rows += parcel_rows(sale.parcel, both_words)
    rows.append(Ruler(solid=True))
    rows += payment_rows(sale, both_words, settings.zone)
    rows.append(Ruler())
    rows += allowance_rows(quota)
    rows.append(Ruler())
    rows += seal_rows(sale.receipt, seal, key_name, both_words)
    rows.append(Ruler())
    rows += fiscal_rows(settings, translators, fiscal)
    thanks = both_words.apart(N_("Thank you for your purchase"))
    rows += (Paragraph(said, centered=True) for said in thanks)
    return tuple(rows)


def _line(line: SaleLine, quota: QuotaWords, settings: Settings, *, with_tax: bool) -> Iterator[Row]:
    both_words, language = quota.translator, quota.translator.language
    names = quota.names.each(line)
    yield Pair(names[0], amount_text(line.net, language), bold=True)
    yield from (Paragraph(name) for name in names[1:])
    yield Pair(each_text(line, language), carrier_text(quota, line), small=True)
    yield from details_rows(line, settings.receipt_fields, both_words)
    yield from piece_rows(line, both_words)
    yield from why_rows(line, both_words, with_tax=with_tax)
    yield from taxed_rows(line, both_words, is_sent=quota.sale.parcel is not None)
