"""The journal at the real window: sought, narrowed, checked and given out, by keys and scanner alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Never

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pos.application.ports.journal_ports import JournalCursor, JournalPage
from pos.application.reports.read_journal import ReadJournal
from pos.application.sales.complete_sale import Payment
from pos.domain.errors import Collided
from pos.domain.visitors.document import read_typed
from pos.ui.reports.journal.screen import JournalScreen
from pos.ui.session.rail_entries import entries_for
from tests.builders import cash_for
from tests.horgos import CNY
from tests.shops import DemoShop
from tests.ui.at_the_counter import NOON, Hand, close_till, open_bare_till
from tools.window_look import Painters

Key = Qt.Key
LI = ("passport", "E87654321", "CHN", "1990-01-01")


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at a till where a toy was taken out of a basket and another one sold."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    amina = next(one for one in opened.shop.sign_in.people() if one.name == "amina")
    basket = opened.shop.new_checkout()
    basket.identify(read_typed(*LI, NOON.date()))
    basket.leave_to("CN")
    toy = opened.goods("toy")
    view = basket.add(toy.id, 1)
    basket.void(view.lines[0].line.id, amina)
    basket.add(toy.id, 1)
    order = basket.order(amina)
    opened.shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),), CNY))
    opened.till.window.plug(JournalScreen(opened.till.session))
    opened.till.window.show_screen("journal")
    opened.wait()
    yield opened
    close_till(opened)


def page(hand: Hand) -> JournalScreen:
    screen = hand.till.window.screen_at("journal")
    assert isinstance(screen, JournalScreen)
    return screen


def rows(hand: Hand) -> list[str]:
    return page(hand).list.rows.texts()


def test_what_happened_stands_there_newest_first_with_every_fact_beside_it(hand: Hand) -> None:
    first, second, *_ = rows(hand)
    assert first.startswith("Sale T1-000001: ¥")
    assert second.startswith("Line voided: 1 × ")
    assert "Amina S." in first
    panel = page(hand).list.panel
    assert "Receipt: T1-000001" in panel.text
    assert "Chain: intact · " in panel.text
    hand.press(Key.Key_Down)
    toy = hand.goods("toy")
    assert "Quantity: 1" in panel.text
    assert f"Goods: {toy.name_in('en')} ({toy.code})" in panel.text
    assert f"1 × {toy.name_in('en')} ({toy.code}), ¥" in second.replace("\u200b", "")
    assert '"quantity"' not in panel.text
    hand.press(Key.Key_F3)
    assert '"quantity": 1' in panel.text
    hand.press(Key.Key_Up)
    assert '"quantity"' not in panel.text


def test_keys_narrow_it_and_escape_shows_everything(hand: Hand) -> None:
    everything = rows(hand)
    hand.press(Key.Key_F4)
    assert [row for row in rows(hand) if not row.startswith("Sale ")] == []
    hand.press(Key.Key_F4)  # returns: there are none
    assert rows(hand) == []
    assert page(hand).list.empty.accessibleName() == "No matching entries"
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F6)  # today
    assert len(rows(hand)) < len(everything)
    hand.press(Key.Key_Escape)
    assert rows(hand) == everything


def test_the_field_says_that_its_words_wait_for_enter(hand: Hand) -> None:
    before = rows(hand)
    hand.press(Key.Key_F2)
    hand.type("24.11.2026 t1-000001")
    assert rows(hand) == before
    assert page(hand).list.box.key == "Enter"


def test_words_and_scans_are_sought(hand: Hand) -> None:
    hand.press(Key.Key_F2)
    hand.type("24.11.2026 t1-000001")
    hand.press(Key.Key_Return)
    assert len(rows(hand)) == 1
    hand.scan(hand.goods("toy").code)
    assert [row.split(":")[0] for row in rows(hand)] == ["Line voided"]


def test_the_check_says_that_it_is_whole_or_what_is_not(hand: Hand) -> None:
    hand.press(Key.Key_F9)
    walked = page(hand).walked
    assert walked is not None
    assert walked.is_done
    assert page(hand)._state.text().startswith("Journal verified: ")
    with DemoShop(hand.shop.folder).raw(writing=True) as connection:
        connection.execute("UPDATE journal SET person = 'nobody' WHERE act = 'void'")
    hand.press(Key.Key_F9)
    assert "was changed" in page(hand)._state.text()
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_Down)
    assert "Chain: broken here · " in page(hand).list.panel.text


def test_it_is_written_to_a_file_and_says_that_itself(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    file = hand.shop.folder / "journal.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    before = rows(hand)
    hand.press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        saved = list(csv.DictReader(stream))
    assert [row["Event"].split(":")[0] for row in saved[1:]] == [row.split(":")[0] for row in before]
    assert saved[0]["Event"] == "Exported to a file: the journal."
    hand.press(Key.Key_Escape)
    assert rows(hand)[0].startswith("Exported to a file: the journal.")


def test_it_is_a_managers_page_and_speaks_the_language_of_the_moment(hand: Hand) -> None:
    people = {one.name: one for one in hand.shop.sign_in.people()}
    assert entries_for(people["amina"], ["journal"]) == entries_for(people["clerk"], ["journal"]) == []
    hand.till.session.speak("ru")
    hand.wait()
    assert rows(hand)[0].startswith("Продажа T1-000001: ")


def test_no_figure_of_a_chinese_sentence_is_broken_into_two_lines(hand: Hand) -> None:
    """¥ 1,03 stood on one line and 2.00 on the next."""
    hand.till.session.speak("zh")
    hand.wait()
    hand.press(Key.Key_Down)
    sentence = page(hand).list.panel.text.splitlines()[0]
    assert re.search("[）)]\u200b?，", sentence)
    assert not re.search("[0-9.,]\u200b[0-9.,]|¥\u200b|\u00a0\u200b", sentence)


def test_a_day_that_can_be_two_days_is_asked_about_and_the_list_stays(hand: Hand) -> None:
    before = rows(hand)
    hand.press(Key.Key_F2)
    hand.type("11.12")
    hand.press(Key.Key_Return)
    hand.wait()
    notice = hand.till.window.work.notices.notice
    assert notice is not None
    assert notice.text.startswith("11.12 can be ")
    assert rows(hand) == before
    assert page(hand).list.filters.text == ""


def test_words_that_were_not_sought_do_not_stand_over_the_list_when_the_page_is_shown_again(hand: Hand) -> None:
    box = page(hand).list.box
    box.field.setFocus()
    hand.type("T1-000001")
    hand.press(Key.Key_Return)
    listed = rows(hand)
    box.field.setFocus()
    box.field.selectAll()
    hand.type("price")
    hand.till.window.show_screen("checkout")
    hand.wait()
    hand.till.window.show_screen("journal")
    hand.wait()

    assert box.text() == "T1-000001"
    assert rows(hand) == listed


def test_entries_of_before_do_not_stay_under_what_is_chosen_now_where_these_cannot_be_read(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = rows(hand)
    with monkeypatch.context() as patch:
        patch.setattr(ReadJournal, "__call__", _busy)
        hand.press(Key.Key_F4)

    assert rows(hand) == []
    assert not page(hand).list.empty.isVisible()
    hand.press(Key.Key_Escape)
    assert rows(hand) == everything


def test_the_search_for_older_entries_is_not_said_to_go_on_once_it_has_failed(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ReadJournal.__call__

    def in_parts(journal: ReadJournal, *asked: Any) -> JournalPage:
        if asked[-1] is not None:
            _busy()
        listed = read(journal, *asked)
        return replace(listed, next=JournalCursor(listed.entries[-1].at, listed.entries[-1].id))

    with monkeypatch.context() as patch:
        patch.setattr(ReadJournal, "__call__", in_parts)
        hand.press(Key.Key_F4)

    assert page(hand).list.summary.text() == ""
    assert len(rows(hand)) == 1


def _busy(*_asked: object) -> Never:
    raise Collided("10.0.0.5")


def test_a_check_that_has_failed_is_not_said_to_go_on(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    idle = page(hand)._state.text()
    with monkeypatch.context() as patch:
        patch.setattr(ReadJournal, "walk", _busy)
        hand.press(Qt.Key.Key_F9)

    assert (page(hand).walked, page(hand)._state.text()) == (None, idle)


def test_a_narrow_journal_names_the_person_beneath_the_event(hand: Hand) -> None:
    hand.till.window.resize(1080, 1920)
    hand.wait()

    painters = Painters()
    with painters.listening():
        hand.till.window.grab()
    drawn = [one.text for one in painters.heard]

    assert "Who" not in drawn
    assert "Sales · Amina S." in drawn
