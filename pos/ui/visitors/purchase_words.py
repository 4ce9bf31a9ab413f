"""One purchase of a visitor in words: time, goods, amount, destination, and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from pos.application.ports.visitor_ports import AllowanceMove, LedgerLine
from pos.application.quota.evaluate_quota import has_left
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import date_text, money_text, number_text, time_text
from pos.application.text.names import stated_name
from pos.application.text.translator import Translator
from pos.domain.border import border_in_force
from pos.domain.quota.rule import Regime
from pos.ui.look.icons import category_icon

BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class PurchaseContext:
    """The rules and the time zone for the purchases."""

    regimes: Mapping[str, Regime]
    zone: tzinfo
    now: datetime

    def is_pending(self, line: LedgerLine) -> bool:
        """Whether the goods are still with the visitor on this side."""
        is_theirs = line.moved is not AllowanceMove.AWAY and not line.voided_by
        return line.carried_out_at is None and is_theirs and not self.is_taken_as_left(line)

    def is_taken_as_left(self, line: LedgerLine) -> bool:
        """Whether no departure was recorded, but the rule set assumes that goods of an earlier day have left."""
        regime = self.regimes.get(line.regime)
        return line.carried_out_at is None and regime is not None and has_left(line, regime, self.now)


def _side(line: LedgerLine, regime: Regime | None, tr: Translator) -> str:
    """The way out of a purchase; the rules by which it was judged, where this border has no such way."""
    if regime is None:
        return line.regime
    is_ours = regime.destination in border_in_force().sides
    return destination_text(regime.destination, tr) if is_ours else regime.title_in(tr.language)


@dataclass(frozen=True, slots=True)
class PurchaseText:
    """The text of one row. `token` is the colour of the state; `gone` rows count for another visitor now, or for none:
    their sale was voided.
    """

    icon: str
    day: str
    time: str
    name: str
    receipt: str
    pieces: str
    paid: str
    side: str
    state_icon: str
    state: str
    token: str
    remark: str
    gone: bool

    @classmethod
    def of(cls, line: LedgerLine, past: PurchaseContext, tr: Translator) -> PurchaseText:
        """Word a purchase."""
        language, at = tr.language, line.at.astimezone(past.zone)
        regime = past.regimes.get(line.regime)
        icon, state, token = _state(line, past, tr)
        return cls(
            icon=category_icon(line.category),
            day=date_text(at.date(), language),
            time=time_text(at),
            name=stated_name(line.name_in(language), tr),
            receipt=line.receipt,
            pieces=number_text(line.quantity, language),
            paid=money_text(line.unit_price * line.quantity - line.discount, language),
            side=_side(line, regime, tr),
            state_icon=icon,
            state=state,
            token=token,
            remark=BETWEEN.join(_remarks(line, tr)),
            gone=line.moved is AllowanceMove.AWAY or bool(line.voided_by),
        )

    @property
    def origin(self) -> str:
        """The receipt and the destination."""
        return f"{self.receipt}{BETWEEN}{self.side}"

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        parts = (self.name, self.receipt, self.day, self.time, self.pieces, self.paid, self.side, self.state)
        return ", ".join(part for part in (*parts, self.remark) if part)


def _state(line: LedgerLine, past: PurchaseContext, tr: Translator) -> tuple[str, str, str]:
    """Icon, words and token of the state of the goods."""
    if line.voided_by:
        return "circle-x", tr("voided"), "muted"
    if line.moved is AllowanceMove.AWAY:
        return "arrow-right-left", tr("moved to another visitor"), "muted"
    bought = line.at.astimezone(past.zone).date()
    if line.carried_out_at is not None:
        left = line.carried_out_at.astimezone(past.zone)
        return "log-out", _left_text(left, bought, tr), "within"
    regime = past.regimes.get(line.regime)
    if regime is not None and regime.parcels:
        return "package", tr("to be sent"), "muted"
    if past.is_taken_as_left(line):
        return "log-out", tr("assumed left"), "muted"
    return "clock", tr("not left yet"), "accent"


def _left_text(left: datetime, bought: date, tr: Translator) -> str:
    if left.date() == bought:
        return tr("left at {time}", time=time_text(left))
    return tr("left on {day}", day=date_text(left.date(), tr.language))


def _remarks(line: LedgerLine, tr: Translator) -> list[str]:
    remarks = []
    if line.moved is AllowanceMove.HERE:
        remarks.append(tr("moved to this visitor"))
    if line.key is not None and line.key.declared:
        remarks.append(tr("bought elsewhere"))
    if line.taxed:
        remarks.append(tr("{n} dutiable", n=number_text(line.taxed, tr.language)))
    return remarks
