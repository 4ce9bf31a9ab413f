"""The rows of the stock pages in the current language."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.ports.stock_ports import MovementRow
from pos.application.settings.settings import Settings
from pos.application.stock.read_stock import EXPIRED, THIS_WEEK, ExpiringLot, ProductStock
from pos.application.text.formatting import date_text, instant_text, money_text, number_text
from pos.application.text.names import STOCK_LOCATIONS, STOCK_REASONS, STOCK_WHYS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled, noted
from pos.domain.money import Money
from pos.domain.stock.stock import LotBalance
from pos.ui.look.icons import category_icon
from pos.ui.widgets.tables.line_table import Cell, LineRow


def location_text(location: str, tr: Translator) -> str:
    """The name of a location."""
    return name_of(STOCK_LOCATIONS, location, tr)


def movement_row(row: MovementRow, settings: Settings, names: Mapping[str, str], tr: Translator) -> LineRow:
    """A movement as a row of the list."""
    language = tr.language
    lot = f" · {row.lot}" if row.lot else ""
    why = name_of(STOCK_WHYS, row.why, tr) if row.why else ""
    cost = "" if row.cost is None else money_text(Money(row.cost, settings.price), language, plus=True)
    if row.reason == "transfer":
        cost = ""
    return LineRow(
        row.id,
        "arrow-right" if row.quantity < 0 else "arrow-left",
        (
            Cell(row.names.get(language) or row.name, f"{row.code}{lot}", bold=True),
            Cell(number_text(row.quantity, language, plus=True), cost, bold=True),
            Cell(name_of(STOCK_REASONS, row.reason, tr), why or row.note),
            Cell(location_text(row.location, tr)),
            Cell(row.document or row.receipt or "—", "", token="text" if row.document or row.receipt else "muted"),
            Cell(instant_text(row.at, settings.zone, language), names.get(row.person, row.person)),
        ),
    )


def expiring_row(one: ExpiringLot, tr: Translator) -> LineRow:
    """A lot that expires soon or has expired."""
    language, balance = tr.language, one.balance
    expiry = balance.lot.expiry
    day = "" if expiry is None else date_text(expiry, language)
    if one.urgency == EXPIRED:
        state = Cell(tr("expired"), token="over", bold=True, icon="circle-x")
    elif one.urgency == THIS_WEEK:
        state = Cell(tr("this week"), token="nearly", bold=True, icon="circle-alert")
    else:
        days = tr.plural("{n} day", "{n} days", one.days, n=number_text(one.days, language))
        state = Cell(days, token="text", icon="hourglass")
    locations = " · ".join(
        f"{location_text(location, tr)} {number_text(n, language)}" for location, n in balance.locations.items()
    )
    return LineRow(
        balance.lot.id,
        category_icon(balance.category),
        (
            Cell(balance.name_in(language), balance.code, bold=True),
            Cell(balance.lot.code, balance.lot.entry),
            Cell(day),
            state,
            Cell(number_text(balance.on_hand, language), locations, bold=True),
        ),
        warns=one.urgency == EXPIRED,
    )


def lot_row(one: LotBalance, tr: Translator) -> LineRow:
    """The balance of a lot."""
    language = tr.language

    def number(value: int, *, plus: bool = False) -> Cell:
        text = number_text(value, language, plus=plus) if value else "–"
        return Cell(text, token="text" if value else "muted")

    expiry = "" if one.lot.expiry is None else date_text(one.lot.expiry, language)
    return LineRow(
        one.lot.id,
        category_icon(one.category),
        (
            Cell(one.name_in(language), one.code, bold=True),
            Cell(one.lot.code, expiry),
            Cell(one.lot.entry or tr("no document"), token="text" if one.lot.entry else "muted"),
            number(one.received),
            number(-one.sold),
            number(one.returned, plus=True),
            number(-one.destroyed),
            _counted(one, tr),
            Cell(number_text(one.on_hand, language), bold=True, large=True),
        ),
    )


def _counted(one: LotBalance, tr: Translator) -> Cell:
    """What counts changed, and below it what the workshop did."""
    language = tr.language
    text = number_text(one.other, language, plus=True) if one.other else "–"
    workshop = tr("{n} workshop", n=number_text(one.workshop, language, plus=True)) if one.workshop else ""
    return Cell(text, workshop, token="text" if one.other or one.workshop else "muted")


def locations_text(product_stock: ProductStock, tr: Translator) -> str:
    """Stock of a product, one line per location and lot."""
    language = tr.language
    lines = []
    for at in product_stock.locations:
        where = location_text(at.location, tr)
        if at.lot is not None:
            where = f"{where} · {at.lot.code}"
            where = where if at.lot.expiry is None else noted(tr, where, date_text(at.lot.expiry, language))
        lines.append(labelled(tr, where, number_text(at.on_hand, language)))
    if product_stock.held:
        lines.append(tr("{n} held for customers", n=number_text(product_stock.held, language)))
    value = tr("unknown") if product_stock.value is None else money_text(product_stock.value, language)
    lines.append(tr("Value: {value}", value=value))
    return "\n".join(lines)


def goods_icon(product_stock: ProductStock) -> str:
    """The icon of a product."""
    return category_icon(product_stock.product.category or "")
