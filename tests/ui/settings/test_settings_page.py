"""The settings at the real window: found as one types, changed by the keys alone, refused at the field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pos.application.settings.device_ports import KnownDevices
from pos.application.settings.set_setting import SetSetting, SettingChange
from pos.application.settings.settings import Settings
from pos.domain.errors import StoreError
from pos.domain.staff.rights import GRANTED_PERMISSIONS
from pos.ui.look.sounds import Sound
from pos.ui.settings import screen
from pos.ui.settings.logo_file import read_logo
from pos.ui.settings.screen import SettingsScreen
from tests.ui.at_the_counter import Hand, close_till, open_bare_till
from tests.ui.slow_store import SlowStore

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the settings."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    opened.till.window.plug(SettingsScreen(opened.till.session))
    opened.till.window.show_screen("settings")
    opened.wait()
    yield opened
    close_till(opened)


def page(hand: Hand) -> SettingsScreen:
    screen = hand.till.window.screen_at("settings")
    assert isinstance(screen, SettingsScreen)
    return screen


def names(hand: Hand) -> list[str]:
    rows = page(hand).list.rows
    return [rows.text(index).key for index in range(rows.rowCount())]


def news(hand: Hand) -> str:
    notice = page(hand).news.notice
    return "" if notice is None else notice.text


def test_every_option_is_on_the_page_with_a_field_that_holds_its_value(hand: Hand) -> None:
    here = page(hand)
    assert sorted(names(hand)) == sorted(Settings.names())
    for language in ("en", "zh", "ru", "kk"):
        hand.till.session.speak(language)
        for index, name in enumerate(names(hand)):
            here.list.setCurrentIndex(here.list.rows.index(index, 0))
            assert here.form.name == name
            assert here.form.text() == here.settings.text(name)
            field = next(row.field for row in here.form.rows if not row.isHidden())
            assert field.accessibleName()


def test_what_is_set_is_on_show_before_the_store_has_answered(hand: Hand) -> None:
    here = SettingsScreen(hand.till.session)
    with SlowStore(hand):
        here.entered()
        shown = {name: here.settings.text(name) for name in Settings.names()}
    here.deleteLater()

    assert shown == {name: hand.shop.settings().text(name) for name in Settings.names()}


def test_an_option_is_found_as_one_types_and_changed_by_the_keys_alone(hand: Hand) -> None:
    hand.type("locks")
    assert names(hand)[0] == "lock_minutes"
    hand.press(Key.Key_Return)
    hand.press(Key.Key_5)
    assert (
        page(hand).list.rows.text(0).spoken.startswith("Staff and security. Lock the till after (minutes): not saved")
    )
    hand.press(Key.Key_Return)

    assert hand.shop.settings().lock_minutes == 5
    assert hand.till.session.settings.lock_minutes == 5  # the running till obeys at once
    assert news(hand) == "Lock the till after (minutes): 5. In force now."
    assert page(hand).search.field.hasFocus()


def test_an_option_that_is_saved_as_it_was_says_so(hand: Hand) -> None:
    before = hand.shop.settings()
    hand.type("locks")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Return)
    page(hand).save()
    hand.wait()

    assert news(hand) == f"Lock the till after (minutes): {before.lock_minutes}. No change."
    assert hand.heard.sounds[-1] is Sound.NOTE
    store: Any = hand.shop.issue_receipt.store  # the port knows no SQL
    with store.reading() as work:
        statement = "SELECT count(*) FROM journal WHERE act = 'set_setting' AND details LIKE '%lock_minutes%'"
        assert work.connection.exec_driver_sql(statement).scalar_one() == 0


def test_a_setting_that_is_saved_by_a_double_press_is_not_called_unchanged(hand: Hand, tmp_path: Path) -> None:
    page(hand).look_at("lock_minutes")
    hand.type("15")
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    assert hand.shop.settings().lock_minutes == 15
    assert news(hand) == "Lock the till after (minutes): 15. In force now."

    page(hand).look_at("backup_folder")
    page(hand).form.folder.line.setText(str(tmp_path / "stick"))
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    assert news(hand).endswith("This till does not find the folder now.")


def test_the_default_is_offered_as_soon_as_something_else_is_typed(hand: Hand) -> None:
    hand.type("locks")
    hand.press(Key.Key_Return)
    form = page(hand).form
    assert (form.name, form.default.isEnabled()) == ("lock_minutes", False)
    hand.press(Key.Key_5)
    assert form.default.isEnabled()
    form.default.click()
    assert (form.text(), form.default.isEnabled()) == (Settings().text("lock_minutes"), False)


def test_a_folder_that_is_not_there_is_said_when_it_is_saved(hand: Hand, tmp_path: Path) -> None:
    for folder, said in ((tmp_path / "stick", True), (tmp_path, False)):
        page(hand).look_at("backup_folder")
        page(hand).form.folder.line.setText(str(folder))
        page(hand).save()
        hand.wait()
        assert hand.shop.settings().backup_folder == str(folder)
        assert ("This till does not find the folder now." in news(hand)) == said


def test_what_another_manager_has_set_meanwhile_is_shown_before_it_is_overruled(hand: Hand) -> None:
    here = page(hand)
    here.look_at("lock_minutes")
    other = hand.till.session.person
    assert other is not None
    hand.shop.office.set_setting(other, "lock_minutes", "7")
    hand.type("15")
    hand.press(Key.Key_F12)
    hand.typing.press_again(Key.Key_F12)
    hand.wait(450)
    first = hand.shop.settings().lock_minutes
    said, still = news(hand), here.form.text()
    hand.press(Key.Key_F12)

    assert first == 7
    assert said.startswith("Another person has changed this in the meantime. Check it and save again. ")
    assert said.endswith("Lock the till after (minutes): 7. In force now.")
    assert still == "15"
    assert hand.shop.settings().lock_minutes == 15


def test_a_setting_that_is_not_touched_takes_back_no_other_managers_value(hand: Hand) -> None:
    here = page(hand)
    here.look_at("lock_minutes")
    other = hand.till.session.person
    assert other is not None
    hand.shop.office.set_setting(other, "lock_minutes", "7")
    hand.press(Key.Key_F12)

    assert hand.shop.settings().lock_minutes == 7
    assert here.form.text() == "7"


def test_what_cannot_be_is_said_at_the_field_and_esc_gives_it_up(hand: Hand) -> None:
    hand.type("scanner:")
    hand.press(Key.Key_Down)
    assert page(hand).form.name == "scanner_shortest"
    hand.press(Key.Key_Return)
    hand.press(Key.Key_9)
    hand.press(Key.Key_9)
    hand.press(Key.Key_F12)

    assert page(hand).form.complaint == "“99” is not valid. A whole number from 3 to 20."
    assert hand.shop.settings().scanner_shortest == 6
    assert page(hand).waiting()
    hand.press(Key.Key_Escape)
    assert (page(hand).form.text(), page(hand).form.complaint, page(hand).waiting()) == ("6", "", "")


def test_yes_or_no_and_one_of_a_list_are_chosen_with_the_arrows(hand: Hand) -> None:
    hand.type("fiscal")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Left)
    hand.press(Key.Key_Space)
    hand.press(Key.Key_Return)
    assert hand.shop.settings().fiscal_device is True

    page(hand).search.clear()
    hand.type("report paper")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    assert hand.shop.settings().z_paper == "a4"
    hand.press(Key.Key_F6)
    hand.press(Key.Key_F12)
    assert hand.shop.settings().z_paper == "80mm"


def choose(hand: Hand, name: str) -> None:
    rows = page(hand).list.rows
    index = next(index for index in range(rows.rowCount()) if rows.text(index).key == name)
    page(hand).list.setCurrentIndex(rows.index(index, 0))
    page(hand).form.begin()


def test_a_pair_of_languages_is_chosen_first_and_second_by_the_keys(hand: Hand) -> None:
    choose(hand, "receipt_languages")
    hand.press(Key.Key_Down)  # 中文 → Русский
    hand.press(Key.Key_Tab)
    hand.press(Key.Key_Down)  # Русский → Қазақша
    hand.press(Key.Key_F12)
    assert hand.shop.settings().receipt_languages == ("ru", "kk")
    assert news(hand) == "Receipt languages: Русский, Қазақша. In force now."


def test_categories_are_ticked_with_the_space_bar(hand: Hand) -> None:
    choose(hand, "marked_categories")
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Space)
    hand.press(Key.Key_Return)
    assert hand.shop.settings().marked_categories == ("tobacco",)
    choose(hand, "marked_categories")
    hand.press(Key.Key_Home)
    hand.press(Key.Key_Space)
    hand.press(Key.Key_F12)
    assert hand.shop.settings().marked_categories == ("*",)


def test_a_folder_is_chosen_and_some_of_a_few_names_are_ticked(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    choose(hand, "export_folder")
    page(hand).form.folder.choose.click()
    hand.press(Key.Key_F12)
    assert hand.shop.settings().export_folder == str(tmp_path)
    choose(hand, "export_forms")
    ticks = page(hand).form.scopes.list
    assert [ticks.item(index).text() for index in range(ticks.count())] == ["XLSX", "PDF", "CSV", "JSON"]
    before = hand.shop.settings().export_forms
    hand.press(Key.Key_Space)
    hand.press(Key.Key_F12)
    assert set(before) ^ set(hand.shop.settings().export_forms) == {"xlsx"}


def test_a_tap_on_the_words_of_a_category_ticks_it_and_one_on_its_box_once_only(hand: Hand) -> None:
    choose(hand, "clerk_permissions")
    ticks = page(hand).form.scopes.list
    row = next(index for index in range(ticks.count()) if ticks.item(index).checkState() is Qt.CheckState.Unchecked)
    ticks.scrollToItem(ticks.item(row))
    there = ticks.visualItemRect(ticks.item(row))
    assert there.height() >= 44
    states = []
    for x in (there.right() - 20, there.right() - 20, there.left() + 18, there.left() + 18):
        hand.typing.wait(1)
        hand.typing.finger(ticks.viewport(), QPoint(x, there.center().y()))
        states.append(ticks.item(row).checkState())
    on, off = Qt.CheckState.Checked, Qt.CheckState.Unchecked
    assert states == [on, off, on, off]


def test_the_rights_of_a_role_are_ticked_by_their_names(hand: Hand) -> None:
    choose(hand, "clerk_permissions")
    ticks = page(hand).form.scopes.list
    assert [ticks.item(index).text() for index in range(2)] == ["selling", "giving a discount"]
    assert ticks.count() == len(GRANTED_PERMISSIONS)
    hand.press(Key.Key_Home)
    hand.press(Key.Key_Space)
    hand.press(Key.Key_F12)
    assert hand.shop.settings().clerk_permissions == ("sell", "catalogue", "stock", "pickup")
    row = page(hand).list.rows.text(page(hand).list.rows.index_of("clerk_permissions"))
    assert row.spoken.startswith(f"Rights of stock clerks: 4 of {len(GRANTED_PERMISSIONS)}")
    choose(hand, "clerk_discount_percent")
    assert page(hand).form.number.number.suffix() == " %"


def test_a_printer_of_the_system_is_chosen_and_one_that_is_not_there_says_so(hand: Hand) -> None:
    here = page(hand)
    here._here.devices = KnownDevices(("Bar", "Front"))
    here._know()
    choose(hand, "printer")
    for _ in range(3):  # the folder, the system's usual one, Bar, Front
        hand.press(Key.Key_Down)
    hand.press(Key.Key_F12)
    assert hand.shop.settings().printer == "system:Front"
    here._here.devices = KnownDevices(("Bar",))
    here._know()
    choose(hand, "printer")
    assert here.form.printer.list.currentText() == "Front — not found"
    assert here.form.text() == "system:Front"


def test_each_till_has_the_printer_of_the_shop_or_one_of_its_own(hand: Hand) -> None:
    page(hand)._here.tills = ("T1", "T2")
    page(hand)._know()
    choose(hand, "till_printers")
    hand.press(Key.Key_Tab)
    hand.press(Key.Key_Down)
    hand.press(Key.Key_F12)
    assert hand.shop.settings().till_printers == ("T2=folder",)


def test_each_till_has_the_customer_display_of_the_shop_or_one_of_its_own(hand: Hand) -> None:
    wanted: list[str] = []
    hand.till.session.display_requested.connect(lambda: wanted.append("look"))
    page(hand)._here.tills = ("T1", "T2")
    page(hand)._know()
    choose(hand, "till_displays")
    page(hand).form.display.click()
    hand.press(Key.Key_Tab)
    for _ in range(3):  # automatic, a window, off
        hand.press(Key.Key_Down)
    hand.press(Key.Key_F12)
    settings = hand.shop.settings()
    assert settings.till_displays == ("T2=off",)
    assert (settings.display_of("T1"), settings.display_of("T2")) == ("auto", "off")
    assert wanted == ["look"]


def test_a_logo_is_shown_before_it_is_saved_and_taken_away_again(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0H30V10Z"/></svg>', "utf-8"
    )
    choose(hand, "logo")
    page(hand).take_logo(file)
    hand.wait()
    assert not page(hand).form.logo.preview.pixmap().isNull()
    assert page(hand).waiting()
    hand.press(Key.Key_F12)
    assert hand.shop.settings().logo
    assert news(hand) == "Logo: A picture. In force now."
    choose(hand, "logo")
    file.write_text("no picture", "utf-8")
    page(hand).take_logo(file)
    hand.wait()
    assert page(hand).form.complaint.startswith("logo.svg cannot be used as a logo")
    hand.press(Key.Key_F6)
    hand.press(Key.Key_F12)
    assert hand.shop.settings().logo == ""


@pytest.fixture
def slow_logo(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Event:
    """A logo is saved, and another one chosen that is read for as long as the event is not set."""
    file = tmp_path / "logo.png"
    image = QImage(30, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    assert image.save(str(file))
    choose(hand, "logo")
    page(hand).take_logo(file)
    hand.wait()
    hand.press(Key.Key_F12)
    came, read = Event(), read_logo
    monkeypatch.setattr(screen, "read_logo", lambda path: read(path) if came.wait(60) else "")
    image.fill(Qt.GlobalColor.white)
    image.save(str(file))
    choose(hand, "logo")
    page(hand).take_logo(file)
    return came


def test_a_logo_from_a_slow_disk_undoes_no_choice_made_since(hand: Hand, slow_logo: Event) -> None:
    page(hand).form.logo.none.click()
    slow_logo.set()
    hand.wait()
    assert page(hand).form.logo.text() == ""


def test_a_logo_from_a_slow_disk_is_nothing_for_the_next_person(hand: Hand, slow_logo: Event) -> None:
    hand.till.session.take_person(None)
    slow_logo.set()
    hand.wait()
    assert page(hand).waiting() == ""


def test_how_long_a_visitor_is_known_stands_beside_the_margin(hand: Hand) -> None:
    choose(hand, "visitor_margin_days")
    assert (
        page(hand)
        .form._known.text()
        .startswith("Longest period of the rules in force, days: 31. Visitor data is kept for, days: 61")
    )


def test_a_search_without_result_says_what_to_do_and_a_cashier_has_no_such_page(hand: Hand) -> None:
    hand.type("qqq")
    assert names(hand) == []
    assert page(hand)._pages.currentIndex() == 1
    hand.press(Key.Key_Escape)
    assert len(names(hand)) == len(Settings.names())

    hand.sign_in("amina")
    hand.till.window.show_screen("settings")
    assert hand.screen_id != "settings"


def test_what_the_store_cannot_write_is_reported_and_stays_typed(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> SettingChange:
        raise StoreError("disk_full")

    monkeypatch.setattr(SetSetting, "change", full)
    hand.type("locks")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_5)
    hand.press(Key.Key_Return)
    notice = hand.till.window.work.notices.notice
    assert notice is not None
    assert notice.text.startswith("The disk is full.")
    assert page(hand).form.text() == "5"


@pytest.mark.parametrize("typed", ["1,5", "-5", "1.5", "5x"])
def test_what_is_no_whole_number_is_refused_as_it_was_typed_and_not_made_another_number(hand: Hand, typed: str) -> None:
    choose(hand, "lock_minutes")
    hand.type(typed)
    hand.press(Key.Key_F12)

    assert page(hand).form.complaint.startswith(f"“{typed}” is not valid.")
    assert hand.shop.settings().lock_minutes == 10
    hand.press(Key.Key_Return)
    assert hand.shop.settings().lock_minutes == 10
    hand.press(Key.Key_F2)
    choose(hand, "backup_days")
    assert page(hand).form.text() == "14"
    choose(hand, "lock_minutes")
    assert page(hand).form.text() == typed  # not saved, not lost
    hand.press(Key.Key_Escape)
    choose(hand, "lock_minutes")
    hand.press(Key.Key_Up)
    choose(hand, "backup_days")
    choose(hand, "lock_minutes")
    assert page(hand).form.text() == "11"
    hand.press(Key.Key_Escape)
    assert page(hand).form.text() == "10"


def test_an_answer_that_comes_late_is_about_the_option_that_was_saved(hand: Hand) -> None:
    choose(hand, "lock_minutes")
    hand.type("999")
    page(hand).save()
    choose(hand, "shop_name")
    hand.wait()
    assert (page(hand).form.name, page(hand).form.text()) == ("lock_minutes", "999")
    assert page(hand).form.complaint == "“999” is not valid. A whole number from 1 to 600."

    page(hand).form.begin()
    hand.type("5")
    page(hand).save()
    hand.typing.press("5")
    hand.wait()
    assert hand.shop.settings().lock_minutes == 5
    assert page(hand).form.text() == "55"
    assert page(hand).waiting() == "unsaved settings"


def test_one_code_is_not_read_by_its_weight_and_by_its_price(hand: Hand) -> None:
    choose(hand, "price_codes")
    hand.type("22IIIIIVVVVVC")
    hand.press(Key.Key_F12)
    assert page(hand).form.complaint == (
        "Scale barcodes with price: “22IIIIIVVVVVC” is not valid: "
        "such a code would be read by its weight and by its price."
    )
    assert hand.shop.settings().price_codes == ()

    page(hand).form.begin()
    hand.type("23IIIIIVVVVVC")
    hand.press(Key.Key_F12)
    assert hand.shop.settings().price_codes == ("23IIIIIVVVVVC",)


def test_a_value_refused_late_does_not_take_the_cursor_from_another_option(hand: Hand) -> None:
    page(hand).look_at("lock_minutes")
    hand.type("no")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_F12)
        page(hand).look_at("shop_name")
        slow.type("B")
    slow.type("order")

    assert (page(hand).form.name, page(hand).form.text()[-6:]) == ("shop_name", "Border")
    assert page(hand).waiting() == "unsaved settings"


def test_a_logo_that_is_read_slowly_is_not_chosen_by_the_person_who_comes_next(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
    )
    page(hand).look_at("logo")
    with SlowStore(hand):
        page(hand).take_logo(file)
        hand.till.session.take_person(next(one for one in hand.shop.sign_in.people() if one.name == "amina"))
    assert page(hand).form.text() == ""
    assert page(hand).waiting() == ""


def test_that_there_is_no_backup_is_not_said_before_the_shop_has_looked(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = open_bare_till(qapp, qtbot, tmp_path, "manager")
    hand.till.window.plug(SettingsScreen(hand.till.session))
    assert hand.till.session.person is not None
    hand.shop.office.keep_backups.now_by(hand.till.session.person)
    with SlowStore(hand):
        hand.till.window.show_screen("settings")
        choose(hand, "backup_days")
        meanwhile = page(hand).form._known.text()
    known = page(hand).form._known.text()
    close_till(hand)

    assert meanwhile == ""
    assert known.startswith("Last good backup: ")


def test_a_backup_that_is_still_made_is_said_again_when_the_page_is_shown_again(hand: Hand) -> None:
    choose(hand, "backup_days")
    with SlowStore(hand):
        page(hand).back_up()
        hand.till.window.show_screen("checkout")
        hand.till.window.show_screen("settings")
        notice = page(hand).news.notice
        meanwhile = "" if notice is None else notice.text
    notice = page(hand).news.notice

    assert (meanwhile, "" if notice is None else notice.text) == ("Making a backup …", "Backup complete.")
