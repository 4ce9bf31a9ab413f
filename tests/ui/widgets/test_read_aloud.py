"""What a screen reader learns of the widgets that draw themselves: role, name, state, value."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.look.theme import Theme
from pos.ui.page.form_page import FormRow
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.notice_bar import Notice, NoticeBar
from pos.ui.widgets.cards.quota_gauge import GaugeState, GaugeView, QuotaGauge
from pos.ui.widgets.cards.verdict_card import VerdictCard, VerdictView
from pos.ui.widgets.drawing.surface import Surface
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.money_edit import MoneyEdit
from pos.ui.widgets.fields.pin_field import PinField
from pos.ui.widgets.spoken.announcements import Announcer
from pos.ui.widgets.spoken.serving import serve_screen_readers
from tests.horgos import CNY
from tests.ui.reader import Reader, listening

Role, Text = QAccessible.Role, QAccessible.Text


@pytest.fixture(autouse=True)
def readers_are_served() -> None:
    serve_screen_readers()


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    with listening(monkeypatch, QApplication.processEvents) as reader:
        reader.cursor_is_heard = False
        yield reader


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    """The window that holds it, on show."""
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(widget)
    holder.show()
    qtbot.waitExposed(holder)
    return holder


def asked(widget: QWidget) -> QAccessibleInterface:
    told = QAccessible.queryAccessibleInterface(widget)
    assert told is not None
    return told


def test_the_keys_of_a_pin_are_not_read_aloud(theme: Theme, qtbot: QtBot) -> None:
    field = PinField(theme, "PIN of Amina")
    qtbot.addWidget(field)
    QTest.keyClicks(field, "246810")
    told = asked(field)
    assert (told.role(), told.text(Text.Name)) == (Role.EditableText, "PIN of Amina")
    assert told.state().passwordEdit, "a reader echoes the keys of every other field"
    assert "2" not in told.text(Text.Value) + told.text(Text.Description)


def test_an_amount_is_a_field_with_what_stands_in_it(theme: Theme, qtbot: QtBot) -> None:
    field = MoneyEdit(theme, "Amount", CNY, symbol="¥")
    qtbot.addWidget(field)
    QTest.keyClicks(field, "12.5")
    told = asked(field)
    assert (told.role(), told.text(Text.Name), told.text(Text.Value)) == (Role.EditableText, "Amount", "12.5")
    assert not told.state().passwordEdit


def test_the_pages_behind_each_other_are_nothing_that_is_named(qtbot: QtBot) -> None:
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    page = QWidget()
    pages.addWidget(page)
    told = asked(pages)
    assert told.role() is Role.Client, "else every change of page is read as “layered pane, 0 items”"
    assert told.childCount() == 1


def test_a_figure_that_is_drawn_is_a_text_and_the_ground_of_others_is_nothing(theme: Theme, qtbot: QtBot) -> None:
    ground = Surface(Tone.NEUTRAL)
    qtbot.addWidget(ground)
    figure = AmountLabel(theme, parent=ground)
    assert asked(figure).role() is Role.Client
    figure.present("¥ 130.00")
    assert (asked(figure).role(), asked(figure).text(Text.Name)) == (Role.StaticText, "¥ 130.00")
    assert asked(ground).role() is Role.Client, "else every label on it is read before the field that has the cursor"
    assert [asked(ground).child(0).text(Text.Name), asked(ground).childCount()] == ["¥ 130.00", 1]


def test_a_gauge_has_its_words_and_how_much_of_it_is_used(theme: Theme, qtbot: QtBot) -> None:
    gauge = QuotaGauge(theme)
    qtbot.addWidget(gauge)
    gauge.present(
        GaugeView("Tobacco", GaugeState.OVER, "over", 200, 400, 400, "over by", "200 sticks", "earlier 200 · now 400")
    )
    told = asked(gauge)
    value = told.valueInterface()
    gc.collect()
    assert (told.role(), told.text(Text.Name)) == (Role.ProgressBar, "Tobacco")
    assert told.text(Text.Description) == "over, over by 200 sticks, earlier 200 · now 400"
    assert (value.currentValue(), value.minimumValue(), value.maximumValue()) == (600, 0, 400)
    for other in (told.textInterface, told.selectionInterface, told.tableCellInterface):
        assert other() is None


def test_a_verdict_is_said_when_it_is_settled_and_once(theme: Theme, qtbot: QtBot, reader: Reader) -> None:
    card = VerdictCard(theme)
    holder = shown(qtbot, card)
    over = VerdictView(Tone.OVER, "Over: to declare", figure=("Estimated duty", "…"), unsettled=True)
    card.present(over)
    assert reader.heard() == [], "the duty is still being computed"
    settled = replace(over, figure=("Estimated duty", "¥ 130.00"), unsettled=False)
    for _repaint in range(3):
        card.present(settled)
    assert reader.heard() == ["Over: to declare. Estimated duty ¥ 130.00."]
    card.present(settled)
    assert reader.heard() == []
    card.hide()
    card.show()
    card.present(settled)
    assert reader.heard() == ["Over: to declare. Estimated duty ¥ 130.00."], "of the next customer"
    holder.close()


def test_a_notice_is_said_each_time_it_is_given_and_not_as_it_goes_on(
    theme: Theme, qtbot: QtBot, reader: Reader
) -> None:
    bar = NoticeBar(theme, dismiss="Close")
    holder = shown(qtbot, bar)
    refused = Notice(Tone.OVER, "Only 2 left", action="Ask for approval", action_key="Enter")
    for _pressed in range(2):
        bar.present(refused)
        assert reader.heard() == ["Only 2 left. Ask for approval Enter."]
    for percent in (10, 50, 90):
        bar.present(Notice(Tone.INFO, f"Saving, {percent} %", progress=percent))
    assert reader.heard() == ["Saving, 10 %."]
    bar.present(Notice(Tone.INFO, "Saved"))
    bar.clear()
    assert reader.heard() == [], "it was gone before it could be said"
    holder.close()


def test_a_complaint_is_said_when_it_comes(qtbot: QtBot, reader: Reader) -> None:
    field = QLineEdit()
    row = FormRow(field)
    row.present("Price")
    holder = shown(qtbot, row)
    row.complain(lambda: "More than 0, please.")
    assert reader.heard() == ["More than 0, please."]
    assert asked(field).text(Text.Description) == "More than 0, please."
    row.complain(lambda: "More than 0, please.")
    assert reader.heard() == []
    row.excuse()
    assert reader.heard() == []
    holder.close()


def test_asking_a_thousand_fields_keeps_none(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    for _ in range(1_000):
        field = PinField(theme, "PIN", parent=holder)
        assert asked(field).state().passwordEdit
        field.deleteLater()
    gc.collect()
    qtbot.waitUntil(lambda: not holder.findChildren(PinField))


def test_the_same_text_is_announced_once_until_it_is_forgotten(qtbot: QtBot, reader: Reader) -> None:
    widget = QLineEdit()
    holder = shown(qtbot, widget)
    announcer = Announcer(widget)
    for text, heard in (("Total: 5", ["Total: 5."]), ("Total: 5", []), ("", []), ("Total: 5", ["Total: 5."])):
        announcer.update(text)
        assert reader.heard() == heard
    announcer.forget()
    announcer.update("Total: 5")
    announcer.update("")
    assert reader.heard() == [], "it was withdrawn before it was said"
    holder.close()
