"""An X or a Z on the screen: every figure is whole, however narrow the page."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.domain.money import Money
from pos.domain.shifts.shift_report import ShiftReport
from pos.languages.catalogue import load_translators
from pos.ui.look.theme import Theme
from pos.ui.shifts.report_view import ReportView
from pos.ui.widgets.drawing.see_through import Sideways
from pos.ui.widgets.tables.figure_table import FigureTable
from tests.horgos import CNY, KZT
from tests.printing.test_shift_sheet import a_handed_z

WORDS = load_translators(main.RESOURCES / "translations")


def a_busy_z() -> ShiftReport:
    z = a_handed_z()
    paid = replace(z.payments[0], amount=Money(123_456_700, KZT), value=Money(1_408_55, CNY))
    return replace(z, payments=(*z.payments, paid))


def _is_cut_below(table: FigureTable) -> bool:
    """Whether the last row stands lower than what is seen: a header in two lines pushes it down."""
    [area] = table.findChildren(Sideways)
    inside = area.widget()
    return inside is not None and area.viewport().height() < inside.heightForWidth(inside.width())


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
@pytest.mark.parametrize("width", [1270, 1100, 920, 560])
def test_no_figure_is_scrolled_out_of_sight(qapp: QApplication, qtbot: QtBot, language: str, width: int) -> None:
    theme, view = Theme(qapp, main.RESOURCES), ReportView()
    theme.dress(view)
    qtbot.addWidget(view)
    view.resize(width, 700)
    view.present(a_busy_z(), {"amina": "Амина Сапарова"}, ZoneInfo("Asia/Almaty"), WORDS[language])
    view.show()
    tables = [view.turnover, view.payments, view.events, *view.details.findChildren(FigureTable)]

    qtbot.wait(50)  # layouts follow each other

    assert [table.accessibleName() for table in tables if table.is_scrolled] == []
    assert [table.accessibleName() for table in (*tables, view.cash) if _is_cut_below(table)] == []
    assert len([table for table in tables if table.isVisible()]) > 5
