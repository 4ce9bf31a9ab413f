"""A till joins a center, tries its line and leaves it at the settings, while the program runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from pos.application.center.refusals import CredentialUnknown
from pos.application.center.till_pass import TillPass
from pos.application.membership.membership import Membership
from pos.application.membership.offered import OfferedRate, OfferedRules
from pos.application.membership.refusals import CenterAway
from pos.application.shop.shop import Shop
from pos.domain.errors import RuleBroken
from pos.ui.settings.center_row import CENTER_ROW
from pos.ui.settings.screen import SettingsScreen
from pos.ui.settings.setting_rows import SettingRow
from pos.ui.shell.status_line import StatusLine
from tests.center.shops import KEYS
from tests.ui import at_the_counter
from tests.ui.at_the_counter import Hand, close_till, open_bare_till

PASS = TillPass("https://center.test:8443", "credential", KEYS.members)


@dataclass
class Kept:
    """The pass of the till, in memory."""

    given: TillPass | None = None

    def read(self) -> TillPass | None:
        return self.given

    def keep(self, given: TillPass) -> None:
        self.given = given

    def forget(self) -> None:
        self.given = None


class Line:
    """A line to a center that answers as the test says."""

    trouble: RuleBroken | None = None

    def check(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def regimes(self) -> list[OfferedRules]:
        self.check()
        return []

    def rates(self) -> list[OfferedRate]:
        return []

    def close(self) -> None: ...


@pytest.fixture
def joining(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Hand, SettingsScreen, Line, Kept]]:
    line, kept, usual = Line(), Kept(), at_the_counter.a_demo_shop

    def may_join(folder: Path, *how: object) -> Shop:
        shop = usual(folder, *how)  # type: ignore[arg-type]  # as it was called
        membership = Membership(kept, lambda _given: line, timedelta)  # type: ignore[arg-type, return-value]  # a part
        vars(shop.adapters)["membership"] = membership
        return shop

    monkeypatch.setattr(at_the_counter, "a_demo_shop", may_join)
    hand = open_bare_till(qapp, qtbot, tmp_path, "manager")
    page = SettingsScreen(hand.till.session)
    hand.till.window.plug(page)
    hand.till.window.show_screen("settings")
    hand.wait()
    page.look_at(CENTER_ROW)
    hand.wait()
    yield hand, page, line, kept
    close_till(hand)


def news(page: SettingsScreen) -> str:
    notice = page.news.notice
    return "" if notice is None else notice.text


def value(page: SettingsScreen) -> str:
    rows = [page.list.rows.text(index) for index in range(page.list.rows.rowCount())]
    return next(row.value for row in rows if isinstance(row, SettingRow) and row.key == CENTER_ROW)


def in_field(page: SettingsScreen) -> str:
    return page.center.pass_field.text()


def test_a_till_joins_by_the_text_of_its_pass_tries_the_line_and_leaves(
    joining: tuple[Hand, SettingsScreen, Line, Kept],
) -> None:
    hand, page, line, kept = joining
    panel = page.center
    assert value(page) == "not joined"
    assert panel.pass_field.echoMode() is QLineEdit.EchoMode.Password
    hand.type("center1.nonsense\r")
    assert panel.row.complaint == "This is not the pass of a till."
    panel.pass_field.setText(PASS.to_text())
    line.trouble = CenterAway("certificate")
    page.save()
    hand.wait()
    assert news(page) == "The center does not answer: its certificate is not trusted or has expired."
    assert kept.read() is None
    line.trouble = None
    page.save()
    hand.wait(400)
    assert kept.read() == PASS
    assert in_field(page) == "", "the pass is never shown again"
    assert news(page) == "This till takes part in the center."
    assert value(page) == "center.test"
    assert panel.where.text() == f"Address: {PASS.address}\nShop: {hand.till.session.settings.shop_name}\nTill T1"
    assert not hand.till.window.findChildren(StatusLine)[0].devices.center.isHidden()
    line.trouble = CredentialUnknown()
    panel.test.click()
    hand.wait()
    assert news(page).startswith("The center does not know this till.")
    line.trouble = None
    panel.test.click()
    hand.wait()
    assert news(page) == "The center answers."
    panel.leave.click()
    hand.wait()
    assert kept.read() == PASS, "it asks once"
    page.news.action_pressed.emit()
    hand.wait(400)
    assert kept.read() is None
    assert value(page) == "not joined"
    assert hand.till.window.findChildren(StatusLine)[0].devices.center.isHidden()


def test_a_pass_is_taken_from_its_file(
    joining: tuple[Hand, SettingsScreen, Line, Kept], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, page, _line, kept = joining
    file = tmp_path / "pass.txt"
    chosen = [tmp_path / "gone.txt", file]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(chosen.pop(0)), ""))
    file.write_text(PASS.to_text() + "\n", encoding="utf-8")
    page.center.choose.click()
    hand.wait()
    assert page.center.row.complaint == "gone.txt cannot be read."
    page.center.choose.click()
    hand.wait(400)
    assert kept.given == PASS
