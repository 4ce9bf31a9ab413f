"""The manager takes the file of a central bank on the page of the rates. The files are samples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pos.application.text.formatting import plain_text
from pos.domain.pricing.rates import Rate
from pos.ui.pricing.rates.screen import RatesScreen
from pos.ui.session.rail_figures import RATE_FILES
from pos.ui.widgets.drawing import drawing
from tests import bank_rates as samples
from tests.horgos import USD
from tests.ui.at_the_counter import Hand, close_till, open_bare_till

Key = Qt.Key
TODAY = "24.11.2026"


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager on the page of the rates."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    opened.till.window.plug(RatesScreen(opened.till.session))
    opened.till.window.show_screen("rates")
    opened.wait()
    yield opened
    close_till(opened)


def page(hand: Hand) -> RatesScreen:
    screen = hand.till.window.screen_at("rates")
    assert isinstance(screen, RatesScreen)
    return screen


def rates(hand: Hand) -> dict[str, Rate]:
    return dict(hand.shop.show_rates().rates)


def texts(hand: Hand) -> list[str]:
    return [plain_text(text) for text in page(hand).plan.texts]


def test_a_banks_file_shows_old_and_new_rates_and_one_key_records_them(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "download.cfm"
    file.write_bytes(samples.nbk_day({"CNY": "72.55", "USD": "504.10", "RUB": "6.45"}, TODAY))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))

    hand.press(Key.Key_F7)
    panel, shown, before = page(hand).plan, texts(hand), rates(hand)["USD"]
    source, kept = plain_text(panel._source.text()), panel._lacking.text()
    hand.press(Key.Key_F12)

    assert source == "National Bank of Kazakhstan · 24 Nov 2026 · download.cfm · 3 rates"
    assert kept == "Not in the file, unchanged: EUR."
    assert shown[3:6] == [
        "$ USD · from 24 Nov 2026 12:00",
        "503.00 → 504.10 (+0.2 %)",
        "Buy and sell: 501.00 / 505.00",
    ]
    assert (before.customs, rates(hand)["USD"].customs) == (Decimal("503.00"), Decimal("504.1"))
    assert rates(hand)["USD"].buy == Decimal("501.00")
    with hand.shop.issue_receipt.store.reading() as work:
        assert work.rates.at(hand.shop.now())["EUR"].customs == Decimal("593.00")


def test_the_same_file_makes_the_shops_own_rates_with_its_spread(hand: Hand, tmp_path: Path) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        work.settings.set("bank_spread_percent", "0.8")
        work.commit()
    hand.till.session.take_settings(hand.shop.settings())
    file = tmp_path / "rates.xml"
    file.write_bytes(samples.nbk_feed(day=TODAY))
    page(hand).import_file(file)
    hand.wait()
    panel = page(hand).plan
    as_customs = (panel.use.choice(), panel._spread.isVisible())
    panel.use._buttons[1].click()
    hand.wait()
    as_shop, shown = (panel.use.choice(), plain_text(panel._spread.text())), texts(hand)
    hand.press(Key.Key_F12)

    assert as_customs == ("customs", False)
    assert as_shop == ("shop", "Spread: 0.8 %")
    assert shown[4:6] == ["501.00 / 505.00 → 502.0836 / 506.1164 (+0.2 %)", "Customs: 503.00"]
    assert (rates(hand)["USD"].buy, rates(hand)["USD"].sell) == (Decimal("502.0836"), Decimal("506.1164"))
    page(hand).import_file(file)
    hand.wait()
    assert panel.use.choice() == "shop", "the next file is taken as the last one was"


def test_rates_to_buy_and_sell_that_would_become_one_are_asked_about(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "rates.xml"
    file.write_bytes(samples.nbk_feed(day=TODAY))
    panel = page(hand).plan
    page(hand).import_file(file)
    hand.wait()
    for_customs = panel.card.accessibleName()
    page(hand).import_file(file, "shop")
    hand.wait()

    assert for_customs == "No unusual values"
    assert panel.card.accessibleName().startswith("Confirm these rates?")
    assert plain_text(panel.card.accessibleDescription()) == (
        "Buying and selling become one rate. The setting Spread on a bank's rates (%) says how far apart they are."
    )
    hand.press(Key.Key_F12)
    hand.wait()
    assert rates(hand)["USD"].buy == rates(hand)["USD"].sell == Decimal("504.1")
    page(hand).import_file(file)
    hand.wait()
    assert panel.card.accessibleName() == "No unusual values", "they were one already"


def test_a_jump_and_a_file_of_last_week_are_asked_about_before_they_are_recorded(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "rates.xml"
    file.write_bytes(samples.nbk_feed({**samples.NBK, "RUB": "7.70"}, "17.11.2026"))
    page(hand).import_file(file)
    hand.wait()
    said = plain_text(page(hand).plan.card.accessibleDescription())
    before = rates(hand)["RUB"].customs
    hand.press(Key.Key_F12)

    assert page(hand).plan.card.accessibleName().startswith("Confirm these rates?")
    assert "National Bank of Kazakhstan: the file is of 17 Nov 2026" in said
    assert "RUB: 7.7 differs by 20.3 % from the last rate 6.4 (limit 20 %)" in said
    assert (before, rates(hand)["RUB"].customs) == (Decimal("6.40"), Decimal("7.7"))


def test_another_manager_who_sets_a_rate_meanwhile_is_not_overruled_by_a_banks_file(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "rates.xml"
    file.write_bytes(samples.nbk_feed(day=TODAY))
    page(hand).import_file(file)
    hand.wait()
    manager = hand.till.session.person
    assert manager is not None
    hand.shop.set_rate(manager, USD, Decimal(510), Decimal(515), None, None)
    hand.press(Key.Key_F12)

    assert page(hand).form.sentence == "The rates have changed in the meantime. Check them and save again."
    assert rates(hand)["USD"].buy == Decimal(510)


def test_what_is_wrong_with_a_banks_file_is_said_in_the_readers_language(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "ecb.xml"
    file.write_bytes(samples.ecb())
    page(hand).import_file(file)
    hand.wait()
    assert not page(hand).is_asking
    assert page(hand).form.sentence.startswith("European Central Bank: the file has no rate for KZT")
    hand.till.session.speak("zh")
    assert page(hand).form.sentence.startswith("欧洲中央银行：文件中没有 KZT 的汇率")


def test_a_file_in_the_folder_is_offered_with_a_badge_and_taken_only_when_it_is_saved(
    hand: Hand, qtbot: QtBot, tmp_path: Path
) -> None:
    session, form = hand.till.session, page(hand).form

    def look() -> None:
        page(hand).offer.look()
        qtbot.waitUntil(lambda: page(hand).offer.is_idle)

    assert form.offer.text == ""
    hand.press(Key.Key_F8)
    assert form.sentence == "No folder with files of rates is set. A manager can set it."
    folder = name_a_folder(hand, tmp_path)
    look()
    hand.press(Key.Key_F8)
    qtbot.waitUntil(lambda: form.sentence == "No new file of rates lies in the folder.")
    (folder / "today").write_bytes(samples.nbk_day({"CNY": "72.55", "USD": "504.10"}, TODAY))
    look()
    assert plain_text(form.offer.text) == "New in the folder: National Bank of Kazakhstan, 24 Nov 2026."
    assert form.sentence == ""
    assert session.figures.of(RATE_FILES) == 1
    before = rates(hand)
    hand.press(Key.Key_F8)
    assert page(hand).is_asking
    assert any("504.10" in text for text in texts(hand))
    assert rates(hand) == before
    hand.press(Key.Key_F12)
    hand.wait()
    assert rates(hand)["USD"].customs == Decimal("504.1")
    qtbot.waitUntil(lambda: form.offer.text == "")
    assert session.figures.of(RATE_FILES) == 0
    folder.rename(tmp_path / "away")
    look()
    assert str(folder) in form.offer.text
    assert form.offer.button.isHidden()


def test_the_key_of_the_folder_shows_a_file_that_came_since_the_last_look(
    hand: Hand, qtbot: QtBot, tmp_path: Path
) -> None:
    folder, form = name_a_folder(hand, tmp_path), page(hand).form
    page(hand).offer.look()
    qtbot.waitUntil(lambda: page(hand).offer.is_idle)
    (folder / "today").write_bytes(samples.nbk_day({"CNY": "72.55", "USD": "504.10"}, TODAY))

    hand.press(Key.Key_F8)
    assert form.sentence == ""  # nobody knows yet
    qtbot.waitUntil(lambda: page(hand).is_asking)
    hand.press(Key.Key_F12)
    hand.wait()
    assert rates(hand)["USD"].customs == Decimal("504.1")
    assert form.sentence == ""


def test_a_page_that_was_left_answers_no_key_of_the_folder(hand: Hand, qtbot: QtBot, tmp_path: Path) -> None:
    name_a_folder(hand, tmp_path)
    page(hand)._look_at_offered()
    page(hand).left()
    qtbot.waitUntil(lambda: page(hand).offer.is_idle)
    hand.wait()
    assert page(hand).form.sentence == ""


def test_a_folder_that_cannot_be_read_is_said_once(hand: Hand, qtbot: QtBot, tmp_path: Path) -> None:
    folder, form = name_a_folder(hand, tmp_path), page(hand).form
    folder.rmdir()
    hand.press(Key.Key_F8)
    qtbot.waitUntil(lambda: str(folder) in form.offer.text)
    assert form.sentence == ""


def test_what_was_said_of_a_bad_file_falls_when_the_next_one_is_read(hand: Hand, tmp_path: Path) -> None:
    (bad := tmp_path / "ecb.xml").write_bytes(samples.ecb())
    (good := tmp_path / "nbk.xml").write_bytes(samples.nbk_day({"CNY": "72.55", "USD": "504.10"}, TODAY))
    page(hand).import_file(bad)
    hand.wait()
    assert page(hand).form.sentence.startswith("European Central Bank")
    page(hand).import_file(good)
    hand.wait()
    hand.press(Key.Key_F12)
    hand.wait()
    assert rates(hand)["USD"].customs == Decimal("504.1")
    assert page(hand).form.sentence == ""


def name_a_folder(hand: Hand, tmp_path: Path) -> Path:
    """An empty folder that the settings name."""
    (folder := tmp_path / "rates").mkdir()
    with hand.shop.context.store.begin() as work:
        work.settings.set("rate_folder", str(folder))
        work.commit()
    hand.till.session.take_settings(hand.shop.settings())
    return folder


def test_no_rate_is_cut_on_a_small_screen(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of a figure would be another figure, and *бағам…* for *no rate* was the word for rate."""
    cut: list[str] = []
    shorten = drawing.shortened

    def seen(font: QFont, text: str, room: int, *, ends: bool = False) -> str:
        cut.append(text)
        return shorten(font, text, room, ends=ends)

    monkeypatch.setattr(drawing, "shortened", seen)
    hand.till.window.resize(1024, 768)
    file = tmp_path / "download.cfm"
    file.write_bytes(samples.nbk_day({"CNY": "72.551234", "USD": "504.103412", "RUB": "6.451234"}, TODAY))
    page(hand).import_file(file)
    hand.wait()
    hand.press(Key.Key_F12)
    board = page(hand).board
    for language in ("en", "zh", "ru", "kk"):
        hand.till.session.speak(language)
        hand.wait(20)
        for part in (board, *board.rows):
            part.grab()
        hints = [field for fields in page(hand).form.fields for field in fields.values()]
        cut += [
            field.placeholderText()
            for field in hints
            if field.fontMetrics().horizontalAdvance(field.placeholderText()) > field.room
        ]
    shown = board._board
    assert shown is not None
    tr = hand.till.session.translator
    board.rows[1].present(replace(shown.lines[1], current=None), shown, "", hand.shop.settings().zone, tr)
    board.rows[1].grab()

    assert board.rows[1].texts[6] == "бағам жоқ"
    assert cut == []
