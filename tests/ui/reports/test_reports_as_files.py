"""The manager takes the day and the accountant's month along: by one key each, with the filters on show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pos.application.reports.day_json import day_answer
from pos.application.text.formatting import date_text
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.reports.screen import ReportsScreen
from pos.ui.widgets.cards.notice_bar import Notice
from tests.ui.at_the_counter import Hand, a_past, close_till, open_bare_till
from tests.ui.reports.test_day_at_a_glance import YESTERDAY, page, see

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the reports of a shop with a past; it is morning, so yesterday is on show."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager", a_past)
    opened.till.window.plug(ReportsScreen(opened.till.session))
    opened.till.window.show_screen("reports")
    see(opened)
    yield opened
    close_till(opened)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where whatever the dialog of the system proposes is put, as a workbook."""
    folder = tmp_path / "files"
    folder.mkdir()

    def chosen(_parent: object, _title: str, proposed: str, kinds: str) -> tuple[str, str]:
        return str(folder / Path(proposed).name), kinds.split(";;")[0]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    return folder


def manager(hand: Hand) -> Person:
    return next(one for one in hand.shop.sign_in.people() if one.name == "manager")


def figure(path: Path, name: str, column: int) -> object:
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book[book.sheetnames[0]]
    return next(row[column] for row in sheet.iter_rows(values_only=True) if row[0] == name)


def test_the_day_on_show_is_saved_by_one_key_with_its_filters(hand: Hand, folder: Path) -> None:
    hand.press(Key.Key_S, CONTROL)
    hand.wait()
    report = day_answer(hand.shop.report_day(manager(hand), YESTERDAY))
    [path] = folder.iterdir()
    assert path.name.endswith(f"Day report - {YESTERDAY}.xlsx")
    assert figure(path, "Sales", 1) == report["sales"]["count"]
    assert hand.heard.sounds[-1] is Sound.COMPLETE

    page(hand).bar.person_chosen.emit("li")
    see(hand)
    hand.press(Key.Key_S, CONTROL)
    hand.wait()

    of_li = day_answer(hand.shop.report_day(manager(hand), YESTERDAY, None, YESTERDAY, "li"))
    [path] = folder.glob("*li*")
    assert figure(path, "Sales", 1) == of_li["sales"]["count"]
    assert 0 < of_li["sales"]["count"] < report["sales"]["count"]


def test_the_month_of_the_days_on_show_is_one_click(hand: Hand, folder: Path) -> None:
    QTest.mouseClick(page(hand).month_button, Qt.MouseButton.LeftButton)
    hand.wait()

    month = json.loads(hand.shop.report_files.month(manager(hand), "json", hand.shop.translators["en"], YESTERDAY))
    [path] = folder.iterdir()
    assert path.name.endswith("Monthly report for accounting - 2026-11.xlsx")
    assert figure(path, "Sales", 1) == month["total"]["sales"]["count"] > 0
    zs = openpyxl.load_workbook(path, data_only=True)["Z reports of the month"]
    named = [row[0] for row in zs.iter_rows(values_only=True) if row[0] and "-Z" in str(row[0])]
    assert named == [one["z"] for one in month["zs"]]
    assert month["check"]["agrees"]


def test_the_accountant_gets_the_shifts_of_a_day_or_one_z_as_the_kind_of_file_chosen(
    hand: Hand, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zs = hand.shop.report_day(manager(hand), YESTERDAY).closed
    asked: list[str] = []
    for kind in range(3):

        def chosen(_parent: object, title: str, proposed: str, kinds: str, kind: int = kind) -> tuple[str, str]:
            asked.append(title)
            return str(folder / Path(proposed).name), kinds.split(";;")[kind]

        monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
        hand.press(Key.Key_F7)
        hand.wait()

    book, table, xml = (next(folder.glob(f"*Day voucher - {YESTERDAY}.{ending}")) for ending in ("xlsx", "csv", "xml"))
    assert set(asked) == {"Files for accounting"}
    assert zs_in(book) == {one.name for one in zs}
    assert all(one.name in file.read_text(encoding="utf-8-sig") for file in (table, xml) for one in zs)
    assert hand.heard.sounds[-1:] == [Sound.COMPLETE]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _parent, _title, name, kinds: (
        str(folder / Path(name).name), kinds.split(";;")[0]
    ))  # fmt: skip
    page(hand).day.opened.emit(zs[0].till, zs[0].number)
    hand.wait()
    QTest.mouseClick(page(hand).z_voucher_button, Qt.MouseButton.LeftButton)
    hand.wait()
    assert zs_in(next(folder.glob(f"*Day voucher - {zs[0].name}.xlsx"))) == {zs[0].name}

    notices: list[Notice] = []
    hand.till.session.notified.connect(lambda one: notices.append(one.news()))
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F4)  # today, on which no shift is closed yet
    hand.wait()
    hand.press(Key.Key_F7)
    hand.wait()
    assert "No shift was closed on" in notices[-1].text
    assert hand.heard.sounds[-1:] == [Sound.REFUSE]
    assert len(list(folder.iterdir())) == 4


def zs_in(book: Path) -> set[object]:
    """The Zs of the postings of a workbook."""
    rows = openpyxl.load_workbook(book)["Day voucher"].iter_rows(values_only=True)
    return {row[1] for row in rows if row[2] and "-Z" in str(row[1])}


def test_a_list_of_receipts_and_a_z_are_saved_as_what_they_are(hand: Hand, folder: Path) -> None:
    for key in (Key.Key_Tab, Key.Key_Right, Key.Key_Return):
        hand.press(key)
    hand.wait()
    assert page(hand).behind.behind is not None
    hand.press(Key.Key_F9)  # the month is not what is on show
    hand.press(Key.Key_S, CONTROL)
    hand.wait()

    [path] = folder.iterdir()
    assert "Day report" not in path.name
    assert "2026-11.xlsx" not in path.name
    said = {row[0]: row[1] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(max_row=9, values_only=True)}
    assert (said["Figure"], said["Days"]) == (page(hand)._title.text(), date_text(YESTERDAY, "en"))


def test_a_file_that_cannot_be_written_is_reported_and_the_next_one_is_saved(
    hand: Hand, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices: list[Notice] = []
    hand.till.session.notified.connect(lambda one: notices.append(one.news()))
    with monkeypatch.context() as away:
        nowhere = folder / "away"
        away.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(nowhere / "day.pdf"), "Pages to print (*.pdf)"))
        hand.press(Key.Key_S, CONTROL)
        hand.wait()
    assert "day.pdf" in notices[-1].text
    assert hand.heard.sounds[-1] is Sound.REFUSE
    with monkeypatch.context() as cancelling:
        cancelling.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
        hand.press(Key.Key_F9)
        hand.wait()
    assert list(folder.iterdir()) == []

    hand.press(Key.Key_F9)
    hand.wait()
    assert len(list(folder.iterdir())) == 1
