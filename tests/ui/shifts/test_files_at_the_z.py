"""The files of a Z in the window: written beside it, or named in a sentence and written when the folder is back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.shifts.close_screen import CloseShiftScreen
from pos.ui.shifts.count_screen import Stage
from pos.ui.shifts.screen import ShiftScreen
from tests.ui.at_the_counter import NOON, Hand, close_till, open_till
from tests.ui.shifts.test_shift_pages import begin_close, confirm, count_exactly, person, sell, stage


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Amina, whose shift is open, in a shop whose accountant has a folder that is away."""
    opened = open_till(qapp, qtbot, tmp_path)
    opened.till.window.plug(ShiftScreen(opened.till.session), CloseShiftScreen(opened.till.session))
    for name, text in (("export_folder", str(tmp_path / "office")), ("export_forms", "csv,pdf")):
        opened.shop.office.set_setting(person(opened, "manager"), name, text)
    yield opened
    close_till(opened)


def close(hand: Hand) -> list[str]:
    """Close the shift by an exact count; give what the window said."""
    texts: list[str] = []

    hand.till.session.notified.connect(lambda one: texts.append(one.news().text))
    sell(hand)
    begin_close(hand)
    count_exactly(hand)
    confirm(hand)
    assert stage(hand) is Stage.DONE
    return texts


DAY = f"{NOON:%Y-%m-%d}_T1_Z0001"
FILES = [f"{DAY}.pdf", f"{DAY}_day.csv", f"{DAY}_day.pdf"]


def test_the_files_of_a_z_are_in_the_folder_when_it_is_on_show(hand: Hand, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()

    texts = close(hand)

    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert texts == [f"Saved to {folder}."]


def test_the_folder_that_is_named_is_the_one_of_now_also_where_it_was_chosen_at_another_till(
    hand: Hand, tmp_path: Path
) -> None:
    hand.till.session.take_settings(hand.shop.settings())
    folder = tmp_path / "accountant"
    folder.mkdir()
    hand.shop.office.set_setting(person(hand, "manager"), "export_folder", str(folder))

    texts = close(hand)

    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert texts == [f"Saved to {folder}."]


def test_files_for_a_folder_that_is_away_wait_and_come_by_themselves(hand: Hand, tmp_path: Path) -> None:
    folder = tmp_path / "office"

    [text] = close(hand)

    assert text.startswith(f"Files cannot be written to the folder {folder}.")
    folder.mkdir()
    hand.till.upkeep.watch.set_minutes(0.0005)  # no one is at the till
    hand.until(lambda: len(list(folder.glob("2*"))) == len(FILES))
    hand.wait()
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert not hand.shop.z_files.step()
