"""The words of one basket row, written once and kept until something about the row changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from pos.application.quota.evaluate_quota import LineQuota
from pos.application.returns.exchange_returns import ExchangeReturns, ReceiptReturn
from pos.application.sales.checkout_view import CheckoutView, LineView
from pos.application.text.formatting import NO_BREAK, amount_text, date_text, kg_text, number_text, percent_text
from pos.application.text.translator import Translator
from pos.domain.catalogue.piece import short_serial
from pos.domain.money import Money
from pos.domain.quota.assess import Assessment, RuleResult
from pos.domain.quota.rule import Each, Exact, Regime
from pos.domain.quota.tally import Usage
from pos.domain.returns.goods_return import ReturnedLine
from pos.domain.sales.cart_line import CartLine
from pos.ui.look.icons import category_icon
from pos.ui.quota.quota_words import excess_of, harm_of, measured, missing_text, pool_part, state_of, title_of
from pos.ui.widgets.cards.quota_gauge import GaugeState

_MEASURE_ICONS = {"value": "package", "gross_kg": "scale"}


@dataclass(frozen=True, slots=True)
class RowText:
    """A row as it is painted. `product` is the id of the goods, whose picture takes the place of the icon.

    `quota_token` is the colour of the quota's words; "muted" while nothing is over.
    """

    id: int
    product: int
    quantity: str
    icon: str
    name: str
    code: str
    quota_icon: str
    quota: str
    quota_token: str
    price: str
    discount: str
    total: str
    carrier: str
    catalogue: str = ""
    """The catalogue price where another price was typed."""
    promotion: str = ""
    """The name of the promotion that gave the discount."""
    note: str = ""
    back: bool = False
    """The line is returned goods; its figures are below zero."""

    @property
    def spoken(self) -> str:
        """The row's text for a screen reader."""
        off = " ".join(text for text in (self.discount, self.promotion) if text)
        parts = (f"{self.quantity} × {self.name}", self.note, self.quota, off, self.total, self.carrier)
        return ", ".join(part for part in parts if part)


_Said = tuple[GaugeState, tuple[Exact, str] | None]
"""What a row can say of a rule: its state, and by how much it is over."""
_States = Mapping[str, _Said]
"""By rule, for the visitor who carries the row: the same rule may be over for another visitor."""
_Worst = tuple[Usage, GaugeState, RuleResult]


class _Written(NamedTuple):
    """A written row, and the data that it was written from."""

    row: LineView
    basis: object
    text: RowText


class RowWriter:
    """Writes the rows of a view; an unchanged row is neither written again nor compared in full.

    A scan changes what every row's rule has used, but not the words of the rows: the text of a row depends on its line,
    on its usage and on the states of the rules that it uses.
    """

    def __init__(self) -> None:
        self._written: dict[int, _Written] = {}
        self._translator = Translator.english()
        self._regime: Regime | None = None
        self._states: Mapping[str, _States] = {}

    def write(self, view: CheckoutView, tr: Translator) -> list[RowText]:
        """The rows of `view`, in its order."""
        if tr is not self._translator or view.regime is not self._regime:
            self._translator, self._regime, self._written, self._states = tr, view.regime, {}, {}
        states = {
            label: {result.rule.id: _said_of(result) for result in assessment.rules}
            for label, assessment in view.shown.items()
        }
        changed = {label: _changed(self._states.get(label, {}), said) for label, said in states.items()}
        before, self._states = self._written, states
        self._written = written = {}
        for row in view.lines:  # every row at every scan: nearly all rows keep their text
            line = row.line
            label, known = line.carrier or "", before.get(line.id)
            if known is None or known.row.line is not line or not _is_judged_as(row, known.row, changed.get(label)):
                known = self._look(row, known, view.shown.get(label), states.get(label, {}))
            written[line.id] = known
        return [*(one.text for one in written.values()), *_back_rows(view.back, tr)]

    def _look(self, row: LineView, known: _Written | None, assessment: Assessment | None, states: _States) -> _Written:
        worst = None if row.judged is None or assessment is None else _worst(row.judged, assessment, states)
        basis = (row.line, worst and (worst[0], worst[1], excess_of(worst[2]) if worst[1] is GaugeState.OVER else None),
                row.judged and row.judged.missing)  # fmt: skip
        if known is not None and known.basis == basis:
            return known._replace(row=row)
        return _Written(row, basis, _write(row, worst, self._regime, self._translator))


_NONE: frozenset[str] = frozenset()


def _said_of(result: RuleResult) -> _Said:
    state = state_of(result)
    if "*" in result.rule.scope.names:
        state = GaugeState.WITHIN  # the gauge shows what all goods share: no single row is to blame
    return state, excess_of(result) if state is GaugeState.OVER else None


def _changed(before: _States, now: _States) -> frozenset[str]:
    """The rules whose rows may have another text than before."""
    if before == now:
        return _NONE
    return frozenset(rule for rule in {*before, *now} if before.get(rule) != now.get(rule))


def _is_judged_as(row: LineView, known: LineView, changed: Collection[str] | None) -> bool:
    """Whether the quota text of a row must stay the same."""
    now, before = row.judged, known.judged
    if now is None or before is None:
        return now is before
    if now.eaten is not before.eaten or now.missing != before.missing:
        return False
    return not changed or all(use.rule not in changed for use in now.eaten)


def _back_rows(back: ExchangeReturns, tr: Translator) -> list[RowText]:
    """The returned goods, below the basket; their ids count down from −1."""
    return [_back_row(-1 - index, one, line, tr) for index, (one, line) in enumerate(back.rows())]


def _back_row(row_id: int, one: ReceiptReturn, line: ReturnedLine, tr: Translator) -> RowText:
    language = tr.language
    each = Money.rounded(Fraction(line.amount.units) / line.quantity, line.amount.currency)
    return RowText(
        id=row_id,
        product=line.product_id,
        quantity=number_text(-line.quantity, language),
        icon=category_icon(line.category),
        name=line.names.get(language) or line.name,
        code=one.receipt,
        quota_icon="undo-2",
        quota=tr("return"),
        quota_token="accent",
        price=amount_text(each, language),
        discount="",
        total=amount_text(-line.amount, language),
        carrier="",
        back=True,
    )


def _worst(judged: LineQuota, assessment: Assessment, states: _States) -> _Worst | None:
    """The rule to name in the row: the one in the worst state; of equals the most specific one (the last in the
    file).
    """
    worst: _Worst | None = None
    results = {result.rule.id: result for result in assessment.rules}
    for eaten in judged.eaten:
        result, (state, _over) = results[eaten.rule], states[eaten.rule]
        if state is GaugeState.WITHIN and result.limit is None and worst is not None:
            continue  # a rule that is not a sum has nothing to count
        if worst is None or harm_of(state) >= harm_of(worst[1]):
            worst = (eaten, state, result)
    return worst


def _write(row: LineView, worst: _Worst | None, regime: Regime | None, tr: Translator) -> RowText:
    line, language = row.line, tr.language
    icon, quota, token = _quota(row, worst, regime, tr)
    discount = line.discount
    percent = discount.percent if discount is not None else None
    return RowText(
        id=line.id,
        product=line.product.id,
        quantity=number_text(line.quantity, language),
        icon=category_icon(line.product.category or ""),
        name=line.product.name_in(language),
        code=_code(line, tr),
        quota_icon=icon,
        quota=quota,
        quota_token=token,
        price=amount_text(line.unit_price, language),
        discount=_discount(line, language, percent is not None),
        total=amount_text(line.net, language),
        carrier=line.carrier or "",
        catalogue="" if not line.catalogue else amount_text(line.catalogue, language),
        promotion=tr(", ").join(one.name for one in line.promotions),
        note=line.note,
    )


def _discount(line: CartLine, language: str, in_per_cent: bool) -> str:
    if line.discount is None:
        return amount_text(line.net - line.gross, language) if line.promotions else ""
    if in_per_cent and line.discount.percent is not None:
        return percent_text(-line.discount.percent, language)
    return amount_text(line.net - line.gross, language)


def _quota(row: LineView, worst: _Worst | None, regime: Regime | None, tr: Translator) -> tuple[str, str, str]:
    if (
        row.judged is not None
        and row.judged.unfilled
        and (worst is None or harm_of(worst[1]) <= harm_of(GaugeState.UNKNOWN))
    ):
        text = tr("missing: {attributes}", attributes=missing_text(row.judged.unfilled, tr))
        return "circle-question-mark", text, "nearly"
    if worst is None or regime is None:
        return "", "", "muted"
    eaten, state, result = worst
    amount, measure = eaten.amount, eaten.measure
    part = pool_part(result.rule, row.line.product.category or "")
    if part is not None and amount is not None and measure == "pool":
        amount, measure = amount * part.per, part.measure
    text = title_of(result, tr, inside=True)
    if amount is not None and measure:
        text = f"{text}{NO_BREAK}{measured(amount, measure, regime, tr)}"
    excess = excess_of(result) if state is GaugeState.OVER else None
    if excess is not None and not isinstance(result.rule.form, Each):
        text = tr("{quota}, over by {amount}", quota=text, amount=measured(*excess, regime, tr))
    elif state is GaugeState.OVER:
        text = tr("{quota}: not allowed", quota=text)
    icon = _MEASURE_ICONS.get(measure) or category_icon(row.line.product.category or "")
    if state is GaugeState.WITHIN:
        return icon, text, "muted"
    return state.icon, text, state.tone.ink


def _code(line: CartLine, tr: Translator) -> str:
    """The code, and what the scanned one added to it: weight and price per kilogram, serial, lot, last day."""
    piece, product, language = line.piece, line.product, tr.language
    parts = [] if piece.lot is not None and piece.expiry is not None else [short_code(product.code)]
    if line.has_open_price:
        parts.append(tr("Open price"))
    if line.agreed is not None:
        parts.append(tr("Agreed price"))
    if piece.grams is not None:
        weight = kg_text(Fraction(piece.grams, 1000), language)
        each = "" if product.price is None else f" × {amount_text(product.price, language)}"
        parts = [f"{'≈ ' if piece.computed else ''}{weight}{each}"]
    if piece.serial is not None:
        parts.append(f"№ {short_serial(piece.serial)}")
    if piece.lot is not None:
        parts.append(tr("lot {lot}", lot=piece.lot))
    if piece.expiry is not None:
        parts.append(tr("until {day}", day=date_text(piece.expiry, language)))
    return " · ".join(parts)


def short_code(code: str) -> str:
    """A code short enough for a second line: its first and last four characters."""
    return f"{code[:4]}…{code[-4:]}" if len(code) > 10 else code
