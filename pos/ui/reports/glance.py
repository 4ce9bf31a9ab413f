"""The charts of a day: tiles, and by hour, currency, payment method, destination, people and goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from math import ceil

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.reports.day_figures import FIGURES
from pos.application.text.formatting import currency_symbol, money_text, number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.money import CURRENCIES
from pos.domain.period import Period
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.slow_goods import SlowProduct
from pos.ui.look.theme import Space, Theme
from pos.ui.reports import bar_words, row_words, tile_words
from pos.ui.reports.card import BarCard, RowsCard
from pos.ui.reports.chart_library import ChartLibrary
from pos.ui.reports.scale import scale_of
from pos.ui.reports.share_rows import ShareRows
from pos.ui.reports.slice_field import SliceField
from pos.ui.reports.tile import Tile
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox

_MOST_TILES = 6
"""In one row; more are spread over several rows."""
_COLUMNS, _WIDE = 5, 3
_TILE, _BESIDE = 136, 700
"""The least width of a tile, and of a page with two charts beside each other."""


@dataclass(frozen=True, slots=True)
class ShownReport:
    """View model: the report, the shown names of people, and slow sellers (None until they are loaded)."""

    report: DayReport
    names: Mapping[str, str]
    slow: Sequence[SlowProduct] | None = None


class Glance(QWidget):
    """Shows a ShownReport; `opened` carries the Mark whose receipts are requested."""

    opened = Signal(object)

    def __init__(self, theme: Theme, library: ChartLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = [Tile(theme) for figure in FIGURES if figure.window is not None]
        self.days = BarCard(theme, library)
        self.hours = BarCard(theme, library)
        self.currencies = RowsCard(theme, together=True)
        self.destinations = RowsCard(theme, together=True)
        self.products = RowsCard(theme)
        self.quota = BarCard(theme, library, every=True)
        self.categories = RowsCard(theme)
        self.methods = RowsCard(theme)
        self.nationalities = RowsCard(theme)
        self.slow = RowsCard(theme)
        self.cashiers = RowsCard(theme)
        self.tills = RowsCard(theme)
        for field in self.fields:
            field.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        in_row = ceil(len(self.tiles) / ceil(len(self.tiles) / _MOST_TILES))
        column.addWidget(Cells(*self.tiles, least=_TILE, most=in_row))
        column.addWidget(self.days)
        column.addWidget(_two(self.hours, _above(self.currencies, self.destinations)))
        column.addWidget(_two(self.products, self.quota))
        column.addWidget(_two(self.categories, _above(self.methods, self.nationalities)))
        column.addWidget(_two(self.slow, _above(self.cashiers, self.tills)))

    @property
    def fields(self) -> list[SliceField]:
        """All charts in reading order."""
        return [
            self.days.bars, self.hours.bars, self.currencies.rows, self.destinations.rows, self.products.rows,
            self.quota.bars, self.quota.rows, self.categories.rows, self.methods.rows, self.nationalities.rows,
            self.slow.rows, self.cashiers.rows, self.tills.rows,
        ]  # fmt: skip

    def suit(self, *, finger: bool) -> None:
        """Make room for a finger on each row, or for more rows."""
        for field in self.fields:
            if isinstance(field, ShareRows):
                field.suit(finger=finger)

    def present(self, seen: ShownReport, zone: tzinfo, tr: Translator) -> None:
        """Show the report in a language."""
        for tile, text in zip(self.tiles, tile_words.tiles(seen.report, tr), strict=True):
            tile.present(text)
        self._present_sales(seen.report, zone, tr)
        self._present_quota(seen.report, tr)
        self._present_goods(seen, tr)
        self._present_shares(seen, tr)

    def _present_sales(self, report: DayReport, zone: tzinfo, tr: Translator) -> None:
        language, none = tr.language, tr("No sales on these dates.")
        sold = money_text(report.sales.amount, language)
        slices = bar_words.days(report, tr)
        self.days.setVisible(report.first != report.last)
        title = tr("Sales by day, {sign}", sign=currency_symbol(report.currency))
        self.days.present(title, slices, none, scale_of(bar_words.highest(slices, report), language), sold)
        slices, compared, before = bar_words.hours(report, tr), report.compared, ""
        if compared is not None and compared.by_hour:
            days = tile_words.period_text(Period(compared.first, compared.last), language, short=True)
            before = labelled(tr, days, money_text(compared.whole.amount, language))
        title = bar_words.hours_title(report, str(zone), tr)
        self.hours.present(title, slices, none, scale_of(bar_words.highest(slices, report), language), sold, before)

    def _present_quota(self, report: DayReport, tr: Translator) -> None:
        self.quota.present(
            tr("Allowance used, highest known gauge"),
            bar_words.quota(report, tr),
            tr("No known use of an allowance on these days."),
        )
        visitors = sum(use.count for use in report.quota_use)
        visitor_count = tr.plural("{n} visit", "{n} visits", visitors, n=number_text(visitors, tr.language))
        note = f"{tr('% of the limit')} · {visitor_count}" if visitors else ""
        self.quota.explain(note, row_words.over(report, tr))

    def _present_goods(self, seen: ShownReport, tr: Translator) -> None:
        report, none, symbol = seen.report, tr("No sales on these dates."), currency_symbol(seen.report.currency)
        note = tr("pieces · {sign}", sign=symbol)
        self.products.present(tr("Top products"), row_words.products(report, tr), none, note)
        self.categories.present(tr("Categories"), row_words.categories(report, tr), none, note)
        self.present_slow(seen, tr)

    def present_slow(self, seen: ShownReport, tr: Translator) -> None:
        """Show the slow sellers, which are loaded later than the rest."""
        self.slow.present(
            tr("Slow sellers"),
            row_words.slow(seen.slow or (), tr),
            tr("No slow sellers. Products added on these days do not count.") if seen.slow is not None else "",
            tr("last sold · pieces · {sign}", sign=currency_symbol(seen.report.currency)),
        )

    def _present_shares(self, seen: ShownReport, tr: Translator) -> None:
        report, none, symbol = seen.report, tr("No sales on these dates."), currency_symbol(seen.report.currency)
        paid, note = tr("No payments on these days."), tr("receipts · {sign}", sign=symbol)
        titled = tr("Currencies taken, in {sign}", sign=symbol)
        self.currencies.present(titled, row_words.currencies(report, tr), paid)
        self.currencies.setVisible(len(CURRENCIES) > 1)
        self.methods.present(tr("Payment methods"), row_words.methods(report, tr), paid)
        self.destinations.present(tr("Destination"), row_words.destinations(report, tr), none)
        self.nationalities.present(tr("Nationality"), row_words.nationalities(report, tr), none, note)
        self.cashiers.present(tr("Cashiers"), row_words.cashiers(report, seen.names, tr), none, note)
        tills = row_words.tills(report, tr)
        self.tills.present(tr("Tills"), tills, none, note)
        self.tills.setVisible(bool(tills))


def _two(wide: QWidget, beside: QWidget) -> Folding:
    """Two parts side by side, in the ratio three to two, or below each other."""
    return Folding(Stretched(wide, _WIDE), Stretched(beside, _COLUMNS - _WIDE), room=_BESIDE)


def _above(*parts: QWidget) -> QWidget:
    holder = QWidget()
    vbox(*parts, spacing=Space.M, margins=0, parent=holder)
    return holder
