"""A payment provider is set up at the settings: its fields, a test of the line, the pairing of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from pos.application.shop.shop import Shop
from pos.domain.outside_partners.answers import Declined, Lost
from pos.keys.credentials import CredentialFile
from pos.payments.practice_provider import PracticeProvider
from pos.ui.page.form_page import FormRow
from pos.ui.settings.provider_words import PROVIDER_ROW
from pos.ui.settings.screen import SettingsScreen
from pos.ui.settings.setting_rows import SettingRow
from tests.ui import at_the_counter
from tests.ui.at_the_counter import Hand, close_till, open_bare_till

SECRET = "-----BEGIN PRIVATE KEY-----\nverysecret\n-----END PRIVATE KEY-----\n"


@dataclass
class Tried(PracticeProvider):
    """A provider of which the line is tried."""

    answer: Declined | Lost | None = None

    def check(self) -> Declined | Lost | None:  # type: ignore[override]
        return self.answer


@dataclass
class Terminal:
    """Implements `PaymentProviders` and `TerminalPairing`."""

    provider: Tried = field(default_factory=Tried)
    is_practice: bool = False
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def named(self, name: str) -> Tried:
        return self.provider

    def certificate_shown(self, address: str) -> str | Lost:
        return Lost("no_line") if "nowhere" in address else "ab" * 32

    def pair(self, address: str, certificate: str, till_name: str) -> Mapping[str, str] | Declined | Lost:
        self.asked.append((address, certificate, till_name))
        return {"address": address, "till_name": till_name, "certificate": certificate,
                "access_token": "a-token", "refresh_token": "another"}  # fmt: skip


At = tuple[Hand, SettingsScreen, Terminal, Path]


@pytest.fixture
def at_settings(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    terminal, usual, file = Terminal(), at_the_counter.a_demo_shop, tmp_path / "credentials.json"

    def may_pay(folder: Path, *how: object) -> Shop:
        shop = usual(folder, *how)  # type: ignore[arg-type]  # as it was called
        vars(shop.adapters)["provider_credentials"] = CredentialFile(file, shop.till)
        monkeypatch.setattr(type(shop.adapters), "pairing", terminal)
        vars(shop.adapters)["providers"] = terminal
        return shop

    monkeypatch.setattr(at_the_counter, "a_demo_shop", may_pay)
    hand = open_bare_till(qapp, qtbot, tmp_path, "manager")
    page = SettingsScreen(hand.till.session)
    hand.till.window.plug(page)
    hand.till.window.show_screen("settings")
    hand.wait()
    yield hand, page, terminal, file
    close_till(hand)


def look_at(hand: Hand, page: SettingsScreen, name: str) -> None:
    page.look_at(f"{PROVIDER_ROW}{name}")
    hand.wait()


def put(page: SettingsScreen, name: str, field: str, text: str) -> None:
    row = page.provider._rows[name, field]
    assert isinstance(row, FormRow)
    assert isinstance(row.field, QLineEdit)
    row.field.setText(text)


def value(page: SettingsScreen, name: str) -> str:
    rows = [page.list.rows.text(index) for index in range(page.list.rows.rowCount())]
    return next(row.value for row in rows if isinstance(row, SettingRow) and row.key == f"{PROVIDER_ROW}{name}")


def news(page: SettingsScreen) -> str:
    return "" if page.news.notice is None else page.news.notice.text


def texts(page: SettingsScreen) -> str:
    return " ".join(one.text() for one in page.findChildren(QLineEdit))


def test_fields_are_kept_on_the_till_and_secret_ones_are_never_shown_again(
    at_settings: At, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hand, page, _terminal, file = at_settings
    look_at(hand, page, "alipay")
    assert value(page, "alipay") == "not set up"
    put(page, "alipay", "app_id", "2021000000000000")
    page.save()
    hand.wait()
    assert value(page, "alipay") == "not complete"
    key = tmp_path / "key.pem"
    key.write_text(SECRET, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(key), ""))
    for name in ("app_key", "alipay_public_key"):
        page.provider._rows["alipay", name].button.click()  # type: ignore[union-attr]  # a file
        hand.wait()

    assert value(page, "alipay") == "set up"
    assert "verysecret" in file.read_text(encoding="utf-8")
    assert "verysecret" not in texts(page)
    assert not any(b"verysecret" in one.read_bytes() for one in (tmp_path / "shop").rglob("*") if one.is_file())
    page.provider.forgotten.emit()
    page.news.action_pressed.emit()
    hand.wait()
    assert value(page, "alipay") == "not set up"
    assert "verysecret" not in (file.read_text(encoding="utf-8") if file.exists() else "")


def test_the_line_is_tried_and_the_answer_stands_in_a_sentence(at_settings: At) -> None:
    hand, page, terminal, _file = at_settings
    look_at(hand, page, "wechat")
    page.provider.tested.emit()
    hand.wait()
    assert news(page) == "WeChat Pay answers."
    terminal.provider.answer = Lost("signature")
    page.provider.tested.emit()
    hand.wait()
    assert news(page) == "WeChat Pay: the answer is not signed by the provider"


def test_a_terminal_is_paired_after_a_person_has_compared_its_certificate(at_settings: At) -> None:
    hand, page, terminal, file = at_settings
    look_at(hand, page, "kaspi")
    page.save()
    assert news(page) == "Enter the terminal's address and a name for this till."
    put(page, "kaspi", "address", "https://192.168.1.50:8080")
    put(page, "kaspi", "till_name", "T1")
    page.save()
    hand.wait()
    asked = news(page)
    assert terminal.asked == []
    page.news.action_pressed.emit()
    hand.wait()

    assert "ABAB ABAB" in asked
    assert terminal.asked == [("https://192.168.1.50:8080", "ab" * 32, "T1")]
    assert value(page, "kaspi") == "set up"
    assert "a-token" in file.read_text(encoding="utf-8")
