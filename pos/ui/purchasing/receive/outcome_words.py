"""Outcome of counting, as a word, an icon, a colour and a sound."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.purchasing.delivery_view import CountRow
from pos.application.text.formatting import NO_BREAK, date_text, money_text, number_text
from pos.application.text.translator import Translator
from pos.domain.purchasing.goods_receipt import DeliveryOutcome
from pos.ui.look.sounds import Sound

ICONS = {
    DeliveryOutcome.WAITING: ("circle-dashed", "muted"),
    DeliveryOutcome.COUNTING: ("scan-barcode", "accent"),
    DeliveryOutcome.COMPLETE: ("circle-check", "within"),
    DeliveryOutcome.OVER: ("circle-plus", "nearly"),
    DeliveryOutcome.SHORT: ("circle-minus", "nearly"),
    DeliveryOutcome.WRONG: ("circle-x", "over"),
    DeliveryOutcome.ADDED: ("circle-plus", "accent"),
    DeliveryOutcome.COUNTED: ("circle-check", "within"),
    DeliveryOutcome.NOTHING: ("circle-dashed", "muted"),
}
"""The icon of each outcome and the token of its colour."""

SOUNDS = {
    DeliveryOutcome.COMPLETE: Sound.COMPLETE,
    DeliveryOutcome.OVER: Sound.TOO_MANY,
    DeliveryOutcome.WRONG: Sound.WRONG,
}
"""The sound after a scan; everything else sounds as counted."""


@dataclass(frozen=True, slots=True)
class CountRowText:
    """The text of one row of the count."""

    name: str
    code: str
    lot: str
    expiry: str
    expected: str
    counted: str
    result: str
    icon: str
    token: str
    cost: str = ""
    """That of one piece, where it is known."""

    @property
    def spoken(self) -> str:
        """The accessible text."""
        parts = (self.name, self.lot, f"{self.counted} / {self.expected}", self.cost, self.result)
        return ", ".join(part for part in parts if part)


def outcome_text(row: CountRow, tr: Translator) -> str:
    """The outcome of a product."""
    n = number_text(abs(row.to_go), tr.language)
    return {
        DeliveryOutcome.WAITING: tr("waiting"),
        DeliveryOutcome.COUNTING: tr("counting, {n} to go", n=n),
        DeliveryOutcome.COMPLETE: tr("complete"),
        DeliveryOutcome.OVER: tr("{n} extra", n=n),
        DeliveryOutcome.SHORT: tr("{n} short, closed", n=n),
        DeliveryOutcome.WRONG: tr("not on this order"),
        DeliveryOutcome.ADDED: tr("added to the order"),
        DeliveryOutcome.COUNTED: tr("counted"),
        DeliveryOutcome.NOTHING: tr("nothing counted"),
    }[row.outcome]


def row_text(row: CountRow, tr: Translator) -> CountRowText:
    """Describe one row; further lots of a product do not repeat the expected count."""
    language, line = tr.language, row.line
    expiry = None if line is None else line.expiry
    expected = "–" if row.expected is None else number_text(row.expected, language)
    result, (icon, token) = outcome_text(row, tr), ICONS[row.outcome]
    if not row.is_first:
        expected, result, icon, token = "", tr("another lot"), "layers", "muted"
    without = tr("lot missing") if row.lacks_lot else tr("no lot")
    lot = "" if line is None else line.lot or without
    return CountRowText(
        name=row.product.name_in(language),
        code=row.product.code,
        lot=lot,
        expiry="" if expiry is None else tr("until {day}", day=date_text(expiry, language)),
        expected=expected,
        counted=number_text(row.counted, language),
        result=result,
        icon=icon,
        token=token,
        cost="" if row.cost is None else f"×{NO_BREAK}{money_text(row.cost, language)}",
    )
