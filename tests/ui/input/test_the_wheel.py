"""The wheel of a mouse scrolls what is on show, and changes nothing that was chosen or typed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, QDateTime, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.day_box import DateBox, InstantBox
from pos.ui.widgets.fields.spin_box import SpinBox
from tests.ui.at_the_counter import Hand, a_demo_shop, whole_window
from tests.ui.keyboard import NO_MODIFIER

_NOTCH = QPoint(0, -120)
_DAY = QDate(2026, 11, 24)


def scroll_over(widget: QWidget) -> bool:
    """One notch down with the pointer on `widget`; whether it was for the widget itself."""
    place, nothing = widget.rect().center(), Qt.MouseButton.NoButton
    event = QWheelEvent(
        QPointF(place), QPointF(widget.mapToGlobal(place)), QPoint(), _NOTCH, nothing, NO_MODIFIER,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_the_wheel_chooses_no_currency_no_figure_and_no_day_in_passing(qtbot: QtBot) -> None:
    page, field, currency = QWidget(), QLineEdit(), ComboBox()
    currency.addItems(("CNY", "KZT", "USD"))
    figure, day, instant = SpinBox("Copies", 0, 9, 5), DateBox("Day", _DAY), InstantBox()
    instant.setDateTime(QDateTime(_DAY.startOfDay()))
    column = QVBoxLayout(page)
    for widget in (field, currency, figure, day, instant):
        column.addWidget(widget)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    field.setFocus()
    for widget in (currency, figure, day, instant):
        scroll_over(widget)
    assert (currency.currentText(), figure.value(), day.date(), instant.date()) == ("CNY", 5, _DAY, _DAY)
    assert page.focusWidget() is field


def test_no_box_of_any_page_takes_the_wheel(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop"), Hand) as hand:
        hand.sign_in("manager")
        window = hand.till.window
        boxes: list[QWidget] = [*window.findChildren(QComboBox), *window.findChildren(QAbstractSpinBox)]
        ours = [box for box in boxes if not isinstance(box.window(), QCalendarWidget)]
        assert len(ours) > 20
        assert [type(box).__name__ for box in ours if scroll_over(box)] == []
