"""Backups that the till makes by itself, at the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.maintenance.keep_backups import KeepBackups
from pos.domain.errors import StoreError
from pos.ui.settings.screen import SettingsScreen
from tests.ui.at_the_counter import Hand, close_till, open_bare_till


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the till."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    yield opened
    close_till(opened)


def made(hand: Hand) -> list[Path]:
    return sorted((hand.shop.folder / "backups").glob("shop_*.db"))


def notice(hand: Hand) -> str:
    shown = hand.till.window.work.notices.notice
    return "" if shown is None else shown.text


def test_a_quiet_till_makes_the_backup_of_the_day(hand: Hand) -> None:
    hand.till.upkeep.watch.set_minutes(0.0005)
    hand.until(lambda: hand.till.saving.is_idle and len(made(hand)) == 1)
    assert notice(hand) == ""


def test_a_backup_that_fails_is_reported_once_and_stands_in_the_status_line_until_one_succeeds(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: KeepBackups) -> None:
        raise StoreError("disk_full")

    mark = hand.till.window.work.status.devices.backup
    assert mark.isHidden()
    with monkeypatch.context() as patch:
        patch.setattr(KeepBackups, "step", full)
        for _ in range(2):
            hand.till.backups.begin()
            hand.until(lambda: hand.till.saving.is_idle)
            text = notice(hand)
            hand.till.window.work.notices.clear()
            if _ == 0:
                assert text.startswith("The disk is full.")
        assert text == ""
    assert not mark.isHidden()
    assert mark.toolTip().startswith("The disk is full.")

    hand.till.backups.begin()
    hand.until(lambda: hand.till.saving.is_idle)
    assert mark.isHidden()


def test_the_manager_sees_the_last_backup_and_makes_one_now(hand: Hand) -> None:
    page = SettingsScreen(hand.till.session)
    hand.till.window.plug(page)
    hand.till.window.show_screen("settings")
    hand.wait()
    hand.type("backup")
    hand.wait()
    assert "No backups yet." in page.form._known.text()
    page.form.backup.click()
    hand.until(lambda: hand.till.saving.is_idle and page.form.backup.isEnabled())
    (file,) = made(hand)
    assert file.name in page.form._known.text()
    shown = page.news.notice
    assert shown is not None
    assert shown.text == "Backup complete."
    page.search.clear()
    hand.type("address")
    assert page.form.backup.isHidden()


def test_a_second_folder_that_is_away_is_reported_until_a_backup_succeeds_and_the_last_one_named_is_there(
    hand: Hand, tmp_path: Path
) -> None:
    manager = hand.till.session.person
    assert manager is not None
    hand.shop.office.set_setting(manager, "backup_folder", str(tmp_path / "stick"))
    hand.till.session.take_settings(hand.shop.settings())
    page = SettingsScreen(hand.till.session)
    hand.till.window.plug(page)
    hand.till.window.show_screen("settings")
    hand.wait()
    hand.type("backup")

    def now() -> None:
        page.form.backup.click()
        hand.until(lambda: hand.till.saving.is_idle and page.form.backup.isEnabled())
        hand.wait()

    for _ in range(2):  # the second takes the place of the first in its folder
        now()
        assert notice(hand).startswith(f"Backups cannot be written to the folder {tmp_path / 'stick'}")
        (file,) = made(hand)
        assert file.name in page.form._known.text()
        hand.typing.wait(2)
    (tmp_path / "stick").mkdir()
    now()
    assert notice(hand) == ""


def test_a_second_folder_that_is_no_setting_any_more_has_no_fault(hand: Hand, tmp_path: Path) -> None:
    session, mark = hand.till.session, hand.till.window.work.status.devices.backup
    manager = session.person
    assert manager is not None
    hand.shop.office.set_setting(manager, "backup_folder", str(tmp_path / "stick"))
    session.take_settings(hand.shop.settings())
    hand.till.backups.begin()
    hand.until(lambda: hand.till.saving.is_idle)
    assert notice(hand).startswith(f"Backups cannot be written to the folder {tmp_path / 'stick'}")
    assert len(made(hand)) == 1
    assert not mark.isHidden()
    assert mark.accessibleName() == "Backup problem"  # there is a backup

    hand.shop.office.set_setting(manager, "backup_folder", "")
    session.take_settings(hand.shop.settings())
    hand.wait()
    assert mark.isHidden()
    assert notice(hand) == ""
