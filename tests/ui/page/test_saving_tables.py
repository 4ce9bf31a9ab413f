"""What a page lists is saved by one key, whole, in the background; what fails is reported with its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

import main
from pos.application.ports.journal_ports import JournalFilter
from pos.domain.reports.report_slice import ReportSlice
from pos.ui.look.sounds import Sound
from pos.ui.page.save_table import kept_apart
from pos.ui.reports.screen import ReportsScreen
from pos.ui.shell.application import TillWindow
from tests.ui.at_the_counter import PATIENCE, Hand, a_demo_shop, a_past, close_till

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
PAGES = (
    "products", "gaps", "receive", "orders", "count", "labels", "prices", "rates", "history", "journal",
    "staff", "regimes", "parked", "workshop",
)  # fmt: skip


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the window with all its pages, of a shop that has traded for eight days."""
    shop = a_demo_shop(tmp_path / "shop", a_past)
    habits = tmp_path / "till.json"
    habits.write_text('{"language": "en", "theme": "light"}', encoding="utf-8")
    till = TillWindow(qapp, shop, main.RESOURCES, habits, tmp_path / "border-pos.log")
    opened = Hand(till, shop, qtbot)
    till.show()
    qtbot.waitUntil(lambda: till.is_idle, timeout=PATIENCE)
    till.window.activateWindow()
    opened.wait()
    opened.sign_in("manager")
    yield opened
    close_till(opened)


class Dialog:
    """Stands for the system's dialog: takes what is proposed into a folder, as the kind of an ending."""

    def __init__(self, folder: Path, kind: str = "xlsx") -> None:
        self.folder, self.kind = folder, kind
        self.proposed: list[str] = []

    def __call__(self, _parent: object, _title: str, proposed: str, kinds: str) -> tuple[str, str]:
        name = Path(proposed).name
        self.proposed.append(name)
        kind = next(kind for kind in kinds.split(";;") if f"*.{self.kind})" in kind)
        return str(self.folder / name), kind


@pytest.fixture
def dialog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dialog:
    """A folder of someone's own."""
    folder = tmp_path / "files"
    folder.mkdir()
    chosen = Dialog(folder)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    return chosen


def notice(hand: Hand) -> str:
    shown = hand.till.window.work.notices.notice
    return "" if shown is None else shown.text


def show(hand: Hand, screen_id: str) -> None:
    hand.till.window.show_screen(screen_id)
    hand.wait()
    page = hand.till.window.page
    assert page is not None
    assert page.screen_id == screen_id


def test_every_page_with_a_table_saves_it_by_the_same_key(hand: Hand, dialog: Dialog) -> None:
    for screen_id in PAGES:
        show(hand, screen_id)
        assert not hand.till.window.work.status.saving.isHidden()
        before = set(dialog.folder.iterdir())
        hand.press(Key.Key_S, CONTROL)
        assert " saved" in notice(hand), (screen_id, notice(hand))
        [file] = set(dialog.folder.iterdir()) - before
        assert file.name in notice(hand)
        assert openpyxl.load_workbook(file).sheetnames
    assert [name for name in dialog.proposed if not name.endswith(" - 2026-11-24.xlsx")] == []
    show(hand, "search")
    assert hand.till.window.work.status.saving.isHidden()


def test_all_receipts_are_in_the_file_and_the_button_does_the_same(hand: Hand, dialog: Dialog) -> None:
    dialog.kind = "csv"
    show(hand, "history")
    hand.till.window.work.status.saving.click()
    hand.wait()
    [file] = dialog.folder.iterdir()
    rows = file.read_text(encoding="utf-8-sig").splitlines()

    assert file.suffix == ".csv"
    assert len(rows) > 100
    assert notice(hand) == f"{file.name} saved: {len(rows) - 1:,} rows."
    assert hand.heard.sounds[-1] is Sound.COMPLETE
    person = hand.till.session.person
    assert person is not None
    entry = next(iter(hand.shop.read_journal.newest(JournalFilter(("export",)), person, 1)))
    assert (entry.person, entry.details["what"], entry.details["form"]) == ("manager", "receipts", "csv")


def test_the_receipts_behind_a_mark_are_saved_from_there(hand: Hand, dialog: Dialog) -> None:
    show(hand, "reports")
    page = hand.till.window.screen_at("reports")
    assert isinstance(page, ReportsScreen)
    page.day.slice_opened.emit(ReportSlice("method", "cash"))
    hand.wait()
    hand.press(Key.Key_S, CONTROL)
    [file] = dialog.folder.iterdir()
    assert "Receipts" in file.name


def test_who_closes_the_dialog_saves_nothing(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    show(hand, "journal")
    hand.press(Key.Key_S, CONTROL)

    assert notice(hand) == ""


def test_a_folder_that_is_gone_is_reported_and_the_next_one_taken(hand: Hand, dialog: Dialog) -> None:
    show(hand, "products")
    dialog.folder = dialog.folder / "gone"
    hand.press(Key.Key_S, CONTROL)
    assert str(dialog.folder) in notice(hand)
    assert hand.heard.sounds[-1] is Sound.REFUSE
    dialog.folder = dialog.folder.parent
    hand.press(Key.Key_S, CONTROL)
    assert " saved" in notice(hand)


def test_the_kind_that_was_chosen_is_the_kind_of_the_file_and_nothing_is_written_over(tmp_path: Path) -> None:
    taken = tmp_path / "Lots - 2026.csv"
    taken.write_text("of yesterday", encoding="utf-8")

    assert kept_apart(tmp_path / "a.pdf", ".xlsx") == tmp_path / "a.pdf"
    assert kept_apart(tmp_path / "a.b", ".xlsx") == tmp_path / "a.b.xlsx"
    assert kept_apart(tmp_path / "Lots - 2026.xlsx", ".csv") == tmp_path / "Lots - 2026 (2).csv"
    assert kept_apart(tmp_path / "Lots - 2026.xlsx", ".xlsx") == tmp_path / "Lots - 2026.xlsx"


def test_a_dialog_that_is_left_open_closes_when_the_till_locks_and_saves_nothing(hand: Hand) -> None:
    hand.till.window.show_screen("staff")
    hand.wait()
    seen: list[tuple[bool, QWidget | None]] = []

    def walk_away() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        hand.till.idle.idle.emit()
        seen.append((dialog.isVisible(), QApplication.activeModalWidget()))
        dialog.reject()

    QTimer.singleShot(50, hand.till, walk_away)
    hand.press(Key.Key_S, CONTROL)

    assert seen == [(False, None)]
    assert (hand.screen_id, hand.till.session.person) == ("sign_in", None)
    assert notice(hand) == ""
