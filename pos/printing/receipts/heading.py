"""The heading of the shop's documents: shop, date, and time by both clocks of the border."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from pos.application.settings.settings import Settings
from pos.application.text.border_words import city_text
from pos.application.text.formatting import instant_text, time_text
from pos.domain.border import border_in_force
from pos.domain.sales.sale import Sale
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.logo import logo_of
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Banner, Heading, Pair, Paragraph, Row


def shop_rows(settings: Settings, *, large: bool = True) -> Iterator[Row]:
    """The shop's logo and, if `large`, its name as heading, and its addresses."""
    logo = logo_of(settings)
    if logo is not None and large:
        yield logo
    if settings.shop_name:
        name = printable(settings.shop_name)
        yield Heading(name) if large else Paragraph(name, centered=True)
    for address in dict.fromkeys((settings.address_1, settings.address_2)):
        if address:
            yield Paragraph(printable(address), centered=True, small=True)


def voided_rows(sale: Sale, tr: JoinedTranslator) -> Iterator[Row]:
    """That a sale was voided, by which document; nothing of a sale that stands."""
    if sale.voided_by is not None:
        yield Banner(tr("VOIDED"))
        yield Pair(tr("Voided by"), sale.voided_by, bold=True)


def time_row(instant: datetime, settings: Settings, tr: JoinedTranslator) -> Row:
    """The time by the shop's clock, its offset, and the time across the border."""
    at = instant_text(instant, settings.zone, tr.language)
    return Pair(at, _clocks(instant, settings.time_zone, tr), small=True)


def _clocks(at: datetime, own: str, tr: JoinedTranslator) -> str:
    offset = f"{at.astimezone(ZoneInfo(own)):%z}"
    others = (
        f"{tr.joined(tr.by(partial(city_text, clock.zone.key)))} {time_text(at.astimezone(clock.zone))}"
        for clock in border_in_force().clocks
        if clock.zone.key != own
    )
    return f"UTC{offset[:3]}:{offset[3:5]} ({', '.join(others)})"
