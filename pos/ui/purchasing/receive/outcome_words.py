"""What counting has come to, as a word, an icon, a colour and a sound."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.purchasing.delivery_view import CountRow
from pos.application.text.formatting import number_text
from pos.application.text.words import Words
from pos.domain.purchasing.goods_receipt import Outcome
from pos.ui.look.sounds import Sound

ICONS = {
    Outcome.WAITING: ("circle-dashed", "muted"),
    Outcome.COUNTING: ("scan-barcode", "accent"),
    Outcome.COMPLETE: ("circle-check", "within"),
    Outcome.OVER: ("circle-plus", "nearly"),
    Outcome.SHORT: ("circle-minus", "nearly"),
    Outcome.WRONG: ("circle-x", "over"),
    Outcome.ADDED: ("circle-plus", "accent"),
    Outcome.COUNTED: ("circle-check", "within"),
}
"""The icon of each outcome and the token of its colour."""

SOUNDS = {
    Outcome.COMPLETE: Sound.COMPLETE,
    Outcome.OVER: Sound.TOO_MANY,
    Outcome.WRONG: Sound.WRONG,
}
"""What is heard after a scan; everything else is counted."""


@dataclass(frozen=True, slots=True)
class RowText:
    """The words of one row of the count."""

    name: str
    code: str
    lot: str
    expiry: str
    expected: str
    counted: str
    result: str
    icon: str
    token: str

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (self.name, self.lot, f"{self.counted} / {self.expected}", self.result)
        return ", ".join(part for part in parts if part)


def outcome_text(row: CountRow, words: Words) -> str:
    """What a product has come to."""
    n = number_text(abs(row.to_go), words.language)
    return {
        Outcome.WAITING: words("waiting"),
        Outcome.COUNTING: words("counting, {n} to go", n=n),
        Outcome.COMPLETE: words("complete"),
        Outcome.OVER: words("{n} extra", n=n),
        Outcome.SHORT: words("{n} short, closed", n=n),
        Outcome.WRONG: words("not on this order"),
        Outcome.ADDED: words("added to the order"),
        Outcome.COUNTED: words("counted"),
    }[row.outcome]


def row_text(row: CountRow, words: Words) -> RowText:
    """Word one row; a further lot of a product says nothing of what was expected."""
    language, line = words.language, row.line
    expiry = None if line is None else line.expiry
    expected = "–" if row.expected is None else number_text(row.expected, language)
    result, (icon, token) = outcome_text(row, words), ICONS[row.outcome]
    if not row.is_first:
        expected, result, icon, token = "", words("another lot"), "layers", "muted"
    without = words("lot missing") if row.lacks_lot else words("no lot")
    lot = "" if line is None else line.lot or without
    return RowText(
        name=row.product.name_in(language),
        code=row.product.code,
        lot=lot,
        expiry="" if expiry is None else words("until {day}", day=expiry.isoformat()),
        expected=expected,
        counted=number_text(row.counted, language),
        result=result,
        icon=icon,
        token=token,
    )
