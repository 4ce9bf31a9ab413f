"""The fiscal register at the settings: its login and a try, what was refused and why, once more, set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos.application.shop.shop import Shop
from pos.domain.staff.staff import Person
from pos.keys.credentials import CredentialFile
from pos.ui.settings.fiscal_rows import LOGIN_ROW, RECEIPTS_ROW
from pos.ui.settings.screen import SettingsScreen
from pos.ui.settings.setting_rows import SettingRow
from pos.ui.shifts.report_words import event_rows
from tests.fiscal.fake_webkassa import CASHBOX, PASSWORD, FakeWebkassa, credentials
from tests.ui import at_the_counter
from tests.ui.at_the_counter import Hand, close_till, open_bare_till
from tests.ui.shifts.test_shift_pages import sell


@dataclass
class At:
    """The manager at the settings of a shop with a register, and two receipts that wait."""

    hand: Hand
    page: SettingsScreen
    server: FakeWebkassa
    file: Path

    def value(self, name: str) -> str:
        rows = [self.page.list.rows.text(index) for index in range(self.page.list.rows.rowCount())]
        return next(row.value for row in rows if isinstance(row, SettingRow) and row.key == name)

    @property
    def news(self) -> str:
        return "" if self.page.news.notice is None else self.page.news.notice.text

    def until_value(self, row: str, value: str) -> None:
        self.hand.until(lambda: self.value(row) == value)

    def look_at(self, name: str) -> None:
        self.page.look_at(name)
        self.hand.wait()

    def sign_in(self) -> None:
        self.look_at(LOGIN_ROW)
        for name, value in credentials().items():
            self.page.fiscal_login.fields[name].setText(value)
        self.page.save()
        self.until_value(LOGIN_ROW, "set up")


@pytest.fixture
def at(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    usual, file = at_the_counter.a_demo_shop, tmp_path / "credentials.json"
    with FakeWebkassa() as server:

        def registers(folder: Path, *how: object) -> Shop:
            shop = usual(folder, *how)  # type: ignore[arg-type]  # as it was called
            vars(shop.adapters)["provider_credentials"] = CredentialFile(file, shop.till)
            for name, value in (
                ("fiscal_address", server.address), ("fiscal_register", "webkassa"), ("fiscal_cashbox", CASHBOX),
            ):  # fmt: skip
                shop.office.set_setting(Person.at_the_console("root"), name, value)
            return shop

        monkeypatch.setattr(at_the_counter, "a_demo_shop", registers)
        hand = open_bare_till(qapp, qtbot, tmp_path, "manager")
        for _ in range(2):
            sell(hand)
        page = SettingsScreen(hand.till.session)
        hand.till.window.plug(page)
        hand.till.window.show_screen("settings")
        hand.wait()
        yield At(hand, page, server, file)
        close_till(hand)


def test_the_login_is_kept_on_the_till_tried_and_never_shown_again(at: At) -> None:
    assert at.value(LOGIN_ROW) == "not complete"
    at.sign_in()
    assert PASSWORD in at.file.read_text(encoding="utf-8")
    assert not any(PASSWORD in one.text() for one in at.page.findChildren(QLineEdit))
    at.page.fiscal_login.tried.emit()
    at.hand.until(lambda: at.news == "The fiscal register answers.")
    at.page.fiscal_login.fields["password"].setText("wrong")
    at.page.save()
    at.hand.until(lambda: at.news == "Saved.")
    at.page.fiscal_login.tried.emit()
    at.hand.until(lambda: at.news.startswith("the login of the register is missing or wrong"))
    assert not any(
        PASSWORD.encode() in one.read_bytes() for one in (at.file.parent / "shop").rglob("*") if one.is_file()
    )


def test_what_was_refused_stands_with_its_reason_is_sent_again_and_set_aside(at: At) -> None:
    at.sign_in()
    at.server.rejects.extend([9, 9])
    at.look_at(RECEIPTS_ROW)
    assert at.value(RECEIPTS_ROW) == "2 fiscal receipts wait"
    at.page.save()
    at.until_value(RECEIPTS_ROW, "2 fiscal receipts refused")
    panel = at.page.fiscal
    assert panel.why.text().startswith("the register finds a mistake in the receipt")
    assert "send the receipt again" in panel.why.text()
    panel.again_button.click()
    at.until_value(RECEIPTS_ROW, "1 fiscal receipt refused")
    panel.give_up_button.click()
    assert panel.row.complaint == "It cannot be empty."
    panel.reason.setText("Registered at the cabinet")
    panel.give_up_button.click()
    at.until_value(RECEIPTS_ROW, "none")
    assert at.news == "T1-000002 is set aside."
    report = at.hand.shop.read_shift(Person.at_the_console("root"))
    assert report is not None
    said = [[cell.text for cell in row] for row in event_rows(report, at.hand.till.session.translator)]
    assert ["Fiscal receipts registered", "1"] in said
    assert ["Fiscal receipts set aside", "1"] in said


def test_the_mark_in_the_status_line_leads_there(at: At) -> None:
    at.look_at("shop_name")
    mark = at.hand.till.window.work.status.devices.fiscal
    assert mark.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(mark, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    at.hand.wait()
    assert at.page.fiscal.isVisible()
