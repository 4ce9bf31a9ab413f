"""The receipt for the customer's phone: its text in one language with the seal, as a QR code on their display."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pos.application.receipts.each_text import each_text
from pos.application.receipts.receipt_seal import seal
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.application.text.formatting import amount_text, instant_text, money_text
from pos.application.text.names import FISCAL, FISCAL_AT_TERMINAL, FISCAL_FOLLOWS, METHODS, NOT_FISCAL, name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.training_stamp import TRAINING_STAMP
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.border import border_in_force
from pos.domain.fiscal.document import FiscalDocument, Standing
from pos.domain.payment.tender import EXCHANGE
from pos.domain.sales.sale import Sale, SaleLine

MOST_BYTES = 900
"""A phone cannot read a code of more bytes from a small screen."""
_LONGEST_NAME = 32

Modules = Sequence[Sequence[bool]]
"""The rows of a QR code, True is dark, without its quiet zone."""

DrawCode = Callable[[str], Modules]
"""Encodes a text as a QR code."""


@dataclass(frozen=True, slots=True)
class PhoneReceipt(UseCase):
    """Encodes a recorded sale for a phone; no server is asked. Call it off the GUI thread: it takes some 20 ms."""

    draw: DrawCode
    training: bool = False
    fiscal: Callable[[str], FiscalDocument | None] = lambda _receipt: None
    """What was sent to the register for a receipt."""

    def __call__(self, sale: Sale, language: str) -> Modules:
        sealed = seal(sale, self.secrets.sign, self.secrets.public_name)
        tr, fiscal = self.translators[language], self.fiscal(sale.receipt)
        return self.draw(receipt_text(sale, self.settings(), tr, sealed.text, training=self.training, fiscal=fiscal))


def receipt_text(
    sale: Sale,
    settings: Settings,
    tr: Translator,
    sealed: str,
    *,
    training: bool = False,
    fiscal: FiscalDocument | None = None,
) -> str:
    """The receipt as lines; the goods end where the whole would be longer than MOST_BYTES in UTF-8.

    Of the lines left out only the number stands there: sums and seal are always whole. It names no visitor.
    """
    head, foot = list(_head(sale, settings, tr, training=training)), [*_foot(sale, settings, tr, fiscal), sealed]
    goods = [_line(line, tr) for line in sale.lines]

    def with_goods(shown: int) -> str:
        left = len(goods) - shown
        rest = [tr.plural("… and {n} more line", "… and {n} more lines", left)] if left else []
        return "\n".join([*head, *goods[:shown], *rest, *foot])

    fitting = (shown for shown in range(len(goods), 0, -1) if len(with_goods(shown).encode()) <= MOST_BYTES)
    return with_goods(next(fitting, 0))


def _head(sale: Sale, settings: Settings, tr: Translator, *, training: bool) -> Iterator[str]:
    if training:
        yield tr(TRAINING_STAMP)
    if settings.shop_name:
        yield _one_line(settings.shop_name, 60)
    yield f"{tr('Receipt')} {sale.receipt}"
    yield instant_text(sale.at, settings.zone, tr.language)


def _line(line: SaleLine, tr: Translator) -> str:
    """What was sold, how many of it, what was taken off, and what it cost before the discount on the basket."""
    language = tr.language
    off = line.unit_price * line.quantity - line.net
    reduced = f" − {amount_text(off, language)}" if off else ""
    name = _one_line(line.names.get(language) or line.name, _LONGEST_NAME)
    return labelled(tr, name, f"{each_text(line, language)}{reduced} = {amount_text(line.net, language)}")


def _foot(sale: Sale, settings: Settings, tr: Translator, fiscal: FiscalDocument | None) -> Iterator[str]:
    language = tr.language
    if sale.basket is not None:
        yield f"{tr('Discount on the basket')} {amount_text(-sale.basket_off, language)}"
    yield f"{tr('Total')} {money_text(sale.total, language)}"
    for paid in sale.paid:
        tender = paid.tender
        amount = money_text(tender.amount, language, cash=tender.method == "cash")
        way = name_of(PROVIDERS, tender.provider, tr) if tender.provider else name_of(METHODS, tender.method, tr)
        yield f"{way} {amount}"
    if sale.rounding:
        yield f"{tr('Rounding')} {money_text(sale.rounding, language, plus=True)}"
    for change in sale.change:
        yield f"{tr('Change')} {money_text(change.amount, language, cash=True)}"
    for back in sale.returns:
        for refund in back.refunds:
            if refund.method != EXCHANGE:
                amount = money_text(refund.amount, language, cash=refund.method == "cash")
                yield f"{tr('Refunded to customer')} {amount}"
    if fiscal is not None and fiscal.gives is not None:
        yield f"{tr(FISCAL)} {fiscal.gives.number}"
        if fiscal.gives.address:
            yield fiscal.gives.address
    elif border_in_force().fiscal_mark and not settings.fiscal_device:
        yield tr(NOT_FISCAL)
        if fiscal is not None and fiscal.standing is Standing.WAITING:
            yield tr(FISCAL_FOLLOWS)
        if fiscal is not None and fiscal.standing is Standing.AT_TERMINAL:
            yield tr(FISCAL_AT_TERMINAL)


def _one_line(text: str, longest: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
