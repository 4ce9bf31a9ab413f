"""The manager looks at the rates, sets new ones from the keyboard, and looks at a file before it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pos.application.text.formatting import plain_text
from pos.ui.pricing.rates.rate_words import age_text
from pos.ui.pricing.rates.screen import RatesScreen
from tests.horgos import EUR, USD
from tests.ui.at_the_counter import NOON, Hand, close_till, open_bare_till
from tests.ui.input.test_finishing_keys import double_tap
from tests.ui.slow_store import SlowStore

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager on the page of the rates."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    since = max(rate.since for rate in opened.shop.show_rates().rates.values())
    a_day = timedelta(days=1)  # the demo took a moment to set its rates, and the till may open in less
    qtbot.waitUntil(lambda: opened.shop.show_rate_board.now() - since >= a_day, timeout=60_000)
    opened.till.window.plug(RatesScreen(opened.till.session))
    opened.till.window.show_screen("rates")
    opened.wait()
    yield opened
    close_till(opened)


def page(hand: Hand) -> RatesScreen:
    screen = hand.till.window.screen_at("rates")
    assert isinstance(screen, RatesScreen)
    return screen


def rows(hand: Hand) -> list[str]:
    return [plain_text(" | ".join(row.texts)) for row in page(hand).board.rows]


def notice(hand: Hand) -> str:
    shown = hand.till.window.work.notices.notice
    return "" if shown is None else shown.text


def buys(hand: Hand) -> dict[str, Decimal]:
    return {code: rate.buy for code, rate in hand.shop.show_rates().rates.items()}


def test_the_board_shows_what_holds_since_when_and_how_old_it_is(hand: Hand) -> None:
    assert rows(hand) == [
        "¥ CNY yuan | 72.40 | 72.80 | 72.80 | 0.6 % | 23 Nov 2026 12:00 Dana K. | 24 h",
        "$ USD dollars | 501.00 | 505.00 | 503.00 | 0.8 % | 23 Nov 2026 12:00 Dana K. | 24 h",
        "€ EUR euros | 590.00 | 596.00 | 593.00 | 1 % | 23 Nov 2026 12:00 Dana K. | 24 h",
        "₽ RUB roubles | 6.36 | 6.44 | 6.40 | 1.3 % | 23 Nov 2026 12:00 Dana K. | 24 h",
    ]


def test_an_old_rate_says_so_in_words(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        work.settings.set("stale_rate_hours", "12")
        work.commit()
    page(hand).read()
    hand.wait()

    assert rows(hand)[0].endswith("24 h old")


def test_new_rates_are_typed_from_field_to_field_and_recorded_by_the_last_enter(hand: Hand) -> None:
    hand.press(Key.Key_Return)  # the yuan stays as it is
    for figure in ("503.1", "507", "-"):  # no rate of the customs: the mean
        hand.type(figure)
        hand.press(Key.Key_Return)
    hand.press(Key.Key_Return)  # so does the euro
    for figure in ("6,40", "6,48", "6,44"):
        hand.type(figure)
        hand.press(Key.Key_Return)

    rates = hand.shop.show_rates().rates
    assert (rates["USD"].buy, rates["USD"].sell, rates["USD"].customs) == (Decimal("503.1"), Decimal(507), None)
    assert (rates["RUB"].buy, rates["RUB"].sell, rates["RUB"].customs) == (
        Decimal("6.40"),
        Decimal("6.48"),
        Decimal("6.44"),
    )
    assert rates["EUR"].buy == Decimal("590.00")
    assert "507.00 | 505.05 mean |" in rows(hand)[1]
    assert page(hand).form.is_empty()
    assert page(hand).waiting() == ""


def test_enter_pressed_twice_behind_a_rate_saves_no_rates_without_the_last_currency(hand: Hand) -> None:
    for _ in range(2):
        hand.press(Key.Key_Return)
    for figure in ("595", "600", "597"):
        hand.type(figure)
        hand.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)
    hand.wait()
    twice = buys(hand)["EUR"], page(hand).form.field("RUB", "buy").hasFocus()
    hand.wait(500)
    hand.press(Key.Key_Return)

    assert twice == (Decimal("590.00"), True)
    assert buys(hand)["EUR"] == Decimal(595), "an Enter of its own leaves the last currency as it is"


def test_two_quick_taps_on_enter_behind_a_rate_save_no_rates_without_the_last_currency(hand: Hand) -> None:
    type_into(hand, EUR_buy="595", EUR_sell="600")
    hand.typing.finger(page(hand).form.field("EUR", "customs"))
    hand.wait(10)
    keys = hand.till._attendants.touch.panel
    for figure in "597":
        hand.typing.finger(keys.pad.key(figure))
    hand.wait(500)
    for _ in range(2):
        hand.typing.tap(keys.pad.key("enter"))
        hand.wait()
        hand.typing.wait(0.12)
    twice = buys(hand)["EUR"], page(hand).form.field("RUB", "buy").hasFocus()
    hand.wait(500)
    hand.typing.tap(keys.pad.key("enter"))
    hand.wait()

    assert twice == (Decimal("590.00"), True)
    assert buys(hand)["EUR"] == Decimal(595)


def type_into(hand: Hand, **figures: str) -> None:
    for name, figure in figures.items():
        code, side = name.split("_")
        page(hand).form.field(code, side).setText(figure)


def test_a_changed_rate_says_by_how_much_buy_and_sell_change_each(hand: Hand) -> None:
    type_into(hand, USD_buy="400.8")
    hand.press(Key.Key_F12)

    assert plain_text(page(hand).plan.texts[1]) == "501.00 / 505.00 → 400.80 / 505.00 (-20 % / 0 %)"


def test_a_rate_that_looks_like_a_slip_is_looked_at_once_more_with_both_figures_and_the_percent(hand: Hand) -> None:
    type_into(hand, USD_buy="50.1", USD_sell="50.5")
    hand.press(Key.Key_F12)
    asked = page(hand).is_asking
    text = plain_text(page(hand).plan.card.accessibleDescription())
    before = buys(hand)["USD"]
    hand.press(Key.Key_Escape)
    left = (page(hand).is_asking, page(hand).form.field("USD", "buy").text())
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)

    assert asked
    assert all(figure in text for figure in ("50.1", "501", "-90", "20 %"))
    assert before == Decimal("501.00")
    assert left == (False, "50.1")
    assert buys(hand)["USD"] == Decimal("50.1")


@pytest.mark.parametrize(
    ("figures", "sentence", "focused"),
    [
        ({}, "Type the new buying and selling rates first", None),
        (
            {"USD_buy": "510", "USD_sell": "507"},
            "USD · Buy: “510” is not valid: the buying rate is above the selling rate",
            ("USD", "buy"),
        ),
        (
            {"USD_buy": "510"},  # the shop sells at 505 as before
            "USD · Buy: “510” is not valid: the buying rate is above the selling rate",
            ("USD", "buy"),
        ),
        ({"EUR_buy": "5x", "EUR_sell": "6"}, "EUR · Buy: “5x” is not a number.", ("EUR", "buy")),
        ({"EUR_buy": "0", "EUR_sell": "6"}, "EUR · Buy: “0” is not an exchange rate.", ("EUR", "buy")),
    ],
)
def test_what_cannot_be_a_rate_is_said_where_it_is(
    hand: Hand, figures: dict[str, str], sentence: str, focused: tuple[str, str] | None
) -> None:
    type_into(hand, **figures)
    hand.press(Key.Key_F12)

    assert page(hand).form.sentence.startswith(sentence)
    if focused is not None:
        assert page(hand).form.field(*focused).hasFocus()
    assert buys(hand)["USD"] == Decimal("501.00")


def test_what_stays_empty_stays_as_it_is(hand: Hand) -> None:
    def rates() -> dict[str, tuple[Decimal, Decimal, Decimal | None]]:
        return {code: (rate.buy, rate.sell, rate.customs) for code, rate in hand.shop.show_rates().rates.items()}

    before = rates()
    type_into(hand, USD_buy="502")
    assert not page(hand).form.field("USD", "buy").font().italic()
    assert page(hand).form.field("USD", "sell").font().italic()  # the figure of now, which no one has typed
    hand.press(Key.Key_F12)
    _, sell, customs = before["USD"]
    assert rates() == {**before, "USD": (Decimal(502), sell, customs)}


def test_what_stays_empty_of_planned_rates_stays_as_it_is_planned_for_then(hand: Hand) -> None:
    """A planned selling rate was undone by the next plan, whose field for it was empty."""
    manager = hand.till.session.person
    assert manager is not None
    form, now = page(hand).form, hand.shop.now()
    hand.shop.set_rate(manager, USD, Decimal(501), Decimal(509), Decimal(505), now + timedelta(days=2))
    page(hand).read()
    hand.wait()
    shown = form.field("USD", "sell").placeholderText()
    form.choose_later()
    form.set_instant((now + timedelta(days=3)).astimezone(hand.till.session.settings.zone))
    then = form.field("USD", "sell").placeholderText()
    type_into(hand, USD_buy="502")
    hand.press(Key.Key_F12)
    hand.wait(450)

    assert (shown != "509.00", then) == (True, "509.00")
    with hand.shop.issue_receipt.store.reading() as work:
        planned = work.rates.at(now + timedelta(days=4))["USD"]
    assert (planned.buy, planned.sell, planned.customs) == (Decimal(502), Decimal(509), Decimal(505))


def test_rates_that_another_manager_has_set_in_the_meantime_are_looked_at_before_empty_fields_keep_them(
    hand: Hand,
) -> None:
    manager = hand.till.session.person
    assert manager is not None
    hand.shop.set_rate(manager, USD, Decimal(510), Decimal(515), None, None)
    type_into(hand, USD_buy="503")
    hand.press(Key.Key_F12)
    hand.typing.press_again(Key.Key_F12)
    hand.wait(450)

    assert page(hand).form.sentence == "The rates have changed in the meantime. Check them and save again."
    assert page(hand).form.field("USD", "sell").placeholderText() == "515.00"
    assert buys(hand)["USD"] == Decimal(510)
    hand.till.session.speak("ru")
    assert page(hand).form.sentence.startswith("Курсы за это время изменились")

    hand.press(Key.Key_F12)
    rate = hand.shop.show_rates().rates["USD"]
    assert (rate.buy, rate.sell) == (Decimal(503), Decimal(515))


def test_a_plan_is_not_confirmed_over_rates_that_another_manager_has_set_since(hand: Hand) -> None:
    manager = hand.till.session.person
    assert manager is not None
    type_into(hand, USD_buy="50.1", USD_sell="50.5")
    hand.press(Key.Key_F12)
    asked = page(hand).is_asking
    hand.shop.set_rate(manager, USD, Decimal(510), Decimal(515), None, None)
    hand.press(Key.Key_F12)

    assert asked
    assert not page(hand).is_asking
    assert page(hand).form.sentence == "The rates have changed in the meantime. Check them and save again."
    assert page(hand).form.field("USD", "sell").placeholderText() == "515.00"
    assert buys(hand)["USD"] == Decimal(510)


def test_rates_from_a_time_stand_as_to_come_until_then(hand: Hand) -> None:
    type_into(hand, USD_buy="510", USD_sell="515")
    form = page(hand).form
    form.choose_later()
    form.set_instant(datetime(2026, 11, 25, 9, 0))  # noqa: DTZ001 # as the clock of the shop shows it
    hand.press(Key.Key_F12)
    page(hand).board.rows[1].click()

    [entry] = [texts for texts in page(hand).board.entries.texts if "scheduled" in texts]
    assert plain_text(entry[0]) == "25 Nov 2026 09:00"
    assert buys(hand)["USD"] == Decimal("501.00")
    board = hand.shop.show_rate_board(hand.shop.sign_in.people()[3])
    assert [one.rate.since for one in board.lines[1].coming] == [NOON + timedelta(hours=21)]


def test_a_start_of_rates_that_is_typed_and_not_entered_is_taken(hand: Hand) -> None:
    type_into(hand, USD_buy="510", USD_sell="515")
    form = page(hand).form
    form.choose_later()
    form.set_instant(datetime(2026, 12, 25, 0, 0))  # noqa: DTZ001 # as the clock of the shop shows it
    form.instant.setFocus()
    form.instant.setSelectedSection(form.instant.Section.DaySection)
    hand.type("3")
    shown = form.instant.text()
    hand.press(Key.Key_F12)

    board = hand.shop.show_rate_board(hand.shop.sign_in.people()[3])
    assert shown == "2026-12-3 00:00"
    assert [one.rate.since for one in board.lines[1].coming] == [datetime(2026, 12, 2, 16, tzinfo=UTC)]


def test_a_start_of_rates_that_is_no_day_is_said_and_nothing_is_recorded(hand: Hand) -> None:
    type_into(hand, USD_buy="510", USD_sell="515")
    form = page(hand).form
    form.choose_later()
    form.instant.setFocus()
    form.instant.setSelectedSection(form.instant.Section.YearSection)
    hand.type("203")
    hand.press(Key.Key_F12)

    assert form.sentence.startswith("Valid from: “203-")
    assert buys(hand)["USD"] == Decimal("501.00")

    form.instant.setFocus()
    form.instant.setSelectedSection(form.instant.Section.YearSection)
    hand.type("2")
    assert form.sentence == ""  # another start is being typed


def test_a_start_that_was_discarded_with_esc_refuses_no_start_that_stands_there(hand: Hand) -> None:
    form = page(hand).form
    form.choose_later()
    form.instant.setFocus()
    form.instant.setSelectedSection(form.instant.Section.YearSection)
    hand.type("510")
    form.field("USD", "buy").setText("510")
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_Escape)
    assert form.is_empty()
    form.choose_later()
    form.field("USD", "buy").setText("510")
    form.field("USD", "sell").setText("515")
    form.instant.setFocus()
    form.instant.setSelectedSection(form.instant.Section.DaySection)
    hand.type("28")
    hand.press(Key.Key_F12)
    assert form.sentence == ""


def test_a_file_is_shown_before_it_counts(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "bank.csv"
    file.write_text("currency,buy,sell,unit\nUSD,50310,50700,100\nRUB,640,648,100\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))

    hand.press(Key.Key_F7)
    shown = [plain_text(text) for text in page(hand).plan.texts]
    before = buys(hand)["USD"]
    hand.press(Key.Key_F12)

    assert shown[1] == "501.00 / 505.00 → 503.10 / 507.00 (+0.4 %)"
    assert shown[4] == "6.36 / 6.44 → 6.40 / 6.48 (+0.6 %)"
    assert (before, buys(hand)["USD"], buys(hand)["RUB"]) == (Decimal("501.00"), Decimal("503.1"), Decimal("6.4"))


def test_a_customs_rate_that_a_file_replaces_by_the_mean_is_shown_with_it(hand: Hand, tmp_path: Path) -> None:
    """*Customs: mean 72.35* alone stood there, and *No unusual values*: the rate of the customs was gone unseen."""
    file = tmp_path / "bank.csv"
    file.write_text("currency,buy,sell,customs\nUSD,501,507,\nRUB,6.40,6.48,6.40\n", encoding="utf-8")
    page(hand).import_file(file)
    hand.wait()

    shown = [plain_text(text) for text in page(hand).plan.texts]
    assert (shown[2], shown[5]) == ("Customs: 503.00 → mean 504.00", "Customs: 6.40")


def test_the_first_rate_of_a_currency_is_not_called_usual(hand: Hand, tmp_path: Path) -> None:
    """*No unusual values*: there was nothing to compare 72.40 with, which is 7.24."""
    file = tmp_path / "bank.csv"
    file.write_text("currency,buy,sell\nRUB,6.40,6.48\n", encoding="utf-8")
    page(hand).import_file(file)
    hand.wait()
    panel, session = page(hand).plan, hand.till.session
    usual = panel.card.accessibleName()
    assert panel.plan is not None
    first = replace(panel.plan, rates=tuple(replace(one, before=None) for one in panel.plan.rates))
    panel.present(first, panel.drafts, panel.file, session.settings.zone, session.translator)

    assert usual.startswith("No unusual values")
    assert panel.card.accessibleName().startswith("First rate: check each figure")


def test_rates_that_were_typed_before_a_file_was_chosen_are_still_there_after_it(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text("currency,buy,sell\nRUB,6.40,6.48\n", encoding="utf-8")
    type_into(hand, USD_buy="503")
    page(hand).import_file(file)
    hand.wait()
    hand.press(Key.Key_F12)

    assert buys(hand)["RUB"] == Decimal("6.40")
    assert page(hand).form.field("USD", "buy").text() == "503"


def test_a_file_with_a_mistake_changes_nothing_and_is_reported(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text("currency,buy,sell\nUSD,five,507\n", encoding="utf-8")

    page(hand).import_file(file)
    hand.wait()

    assert not page(hand).is_asking
    assert "row 2, buy" in page(hand).form.sentence
    assert "five" in page(hand).form.sentence
    hand.till.session.speak("ru")
    assert "строка 2" in page(hand).form.sentence
    hand.till.window.show_screen("checkout")
    hand.till.window.show_screen("rates")
    hand.wait()
    assert page(hand).form.sentence == ""


def test_a_file_without_a_column_of_currencies_is_reported_as_such(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    page(hand).import_file(file)
    hand.wait()
    assert page(hand).form.sentence.startswith("File: “currency” is not valid: the file has no column with this name")


def test_another_currency_is_chosen_with_the_arrows_and_its_past_is_shown(hand: Hand) -> None:
    board = page(hand).board
    board.rows[0].setFocus()
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Down)

    assert board.line is not None
    assert board.line.currency == EUR
    assert board.rows[2].hasFocus()
    assert [plain_text(text) for text in board.entries.texts[0]] == [
        "23 Nov 2026 12:00", "590.00", "596.00", "593.00", "1 %", "Dana K.", "in force",
    ]  # fmt: skip


def test_each_mark_of_the_chart_opens_its_row_and_a_row_shows_its_mark(hand: Hand) -> None:
    type_into(hand, USD_buy="510", USD_sell="515")
    page(hand).form.choose_later()
    page(hand).form.set_instant(datetime(2026, 11, 25, 9, 0))  # noqa: DTZ001 # as the clock of the shop shows it
    hand.press(Key.Key_F12)
    board = page(hand).board
    board.rows[1].click()
    hand.wait()
    assert [one.rate.buy for one in board.chart.marks] == [Decimal("501.00"), Decimal(510)]
    assert board.chart.index == 0, "the one in force"
    board.chart.setFocus()
    hand.press(Key.Key_Right)
    assert board.entries.key == "1"
    hand.press(Key.Key_Return)
    assert board.entries.hasFocus()
    hand.press(Key.Key_Down)
    assert board.chart.index == 0
    assert "501.00 / 505.00" in plain_text(board.chart.accessibleName())
    scale = board.chart._scale()
    assert scale is not None
    assert board.chart.index_at(scale.x(board.chart.marks[1].rate.since) + 3) == 1


def test_a_currency_without_a_rate_says_so_and_one_rate_is_one_mark(hand: Hand) -> None:
    board = page(hand).board
    board.rows[2].click()
    assert len(board.chart.marks) == 1
    assert board.line is not None
    nothing = replace(board.line, current=None, past=(), coming=())
    assert board._board is not None
    board.chart.present(nothing, board._board, hand.till.session.settings.zone, hand.till.session.translator)
    assert board.chart.index_at(50) == -1
    board.chart.grab()
    hand.press(Key.Key_Right)
    assert not board.chart.marks


def test_nothing_is_said_of_rates_before_they_are_read(hand: Hand) -> None:
    unread = RatesScreen(hand.till.session)
    unread.retranslate(hand.till.session.translator)
    drawn = unread.board.chart.grab().toImage()
    colours = {drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())}
    unread.deleteLater()

    assert len(colours) == 1


def test_the_page_speaks_every_language_and_keeps_what_was_typed(hand: Hand) -> None:
    type_into(hand, USD_buy="510")
    for language in ("zh", "ru", "kk"):
        hand.till.session.speak(language)
        assert page(hand).form.field("USD", "buy").text() == "510"
    assert page(hand).waiting() == "сақталмаған бағамдар"


def test_rates_typed_but_not_recorded_are_no_basket_where_the_till_is_locked_or_closed(hand: Hand) -> None:
    type_into(hand, USD_buy="510")
    assert hand.till.window.unfinished.basket() == ""
    assert not hand.till.window.close()
    notice = hand.till.window.work.notices.notice
    assert notice is not None
    assert notice.text == "Not finished: unsaved rates. Closing the program discards it."


def test_a_cashier_has_no_such_page(hand: Hand) -> None:
    hand.sign_in("amina")

    assert hand.till.window.work.rail.item("rates") is None


@pytest.mark.parametrize(
    ("age", "text"), [(timedelta(minutes=59), "59 min"), (timedelta(hours=47), "47 h"), (timedelta(hours=49), "2 days")]
)
def test_an_age_is_shown_in_one_unit(hand: Hand, age: timedelta, text: str) -> None:
    assert age_text(age, hand.till.session.translator) == text


def test_a_rate_just_recorded_is_the_one_chosen_in_its_history(hand: Hand) -> None:
    hand.press(Key.Key_Return)
    for figure in ("503.1", "507", "505"):
        hand.type(figure)
        hand.press(Key.Key_Return)
    page(hand).board.rows[1].setChecked(True)
    hand.press(Key.Key_F12)
    entries = page(hand).board.entries

    assert entries.texts[0][1:3] == ("503.10", "507.00")
    assert entries.currentIndex().row() == 0


def test_that_rates_are_saved_is_news_of_their_page_and_does_not_go_along_to_the_next(hand: Hand) -> None:
    type_into(hand, USD_buy="502")
    hand.press(Key.Key_F12)
    assert notice(hand) == "Rates saved: USD."

    hand.till.window.show_screen("checkout")
    hand.wait()
    assert notice(hand) == ""


def test_a_rate_typed_while_others_are_saved_stays_and_is_not_saved_yet(hand: Hand) -> None:
    type_into(hand, USD_buy="503", USD_sell="507")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_F12)
        slow.press(Key.Key_F12)
        slow.fill(page(hand).form.field("EUR", "buy"), "593")
    form = page(hand).form

    assert (buys(hand)["USD"], buys(hand)["EUR"]) == (Decimal(503), Decimal(590))
    assert (form.field("USD", "buy").text(), form.field("EUR", "buy").text()) == ("", "593")
    assert (form.field("EUR", "buy").hasFocus(), page(hand).waiting()) == (True, "unsaved rates")
    hand.press(Key.Key_F12)
    assert buys(hand)["EUR"] == Decimal(593)


def test_a_doubt_about_rates_does_not_open_over_figures_that_are_typed_by_then(hand: Hand) -> None:
    type_into(hand, USD_buy="50.1", USD_sell="50.5")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_F12)
        slow.fill(page(hand).form.field("USD", "buy"), "501")

    assert (page(hand).is_asking, page(hand).form.field("USD", "buy").text()) == (False, "501")


def test_esc_on_the_question_before_the_close_keeps_the_rates_that_it_names(hand: Hand) -> None:
    hand.type("72.5")
    hand.till.window.close()
    hand.wait()
    asked = notice(hand)
    hand.press(Key.Key_Escape)
    stayed, kept = notice(hand), page(hand).form.field("CNY", "buy").text()
    hand.press(Key.Key_Escape)

    assert asked.startswith("Not finished: unsaved rates.")
    assert (stayed, kept) == ("", "72.5")
    assert page(hand).form.is_empty()


def test_f12_twice_in_a_moment_asks_about_a_doubtful_rate_and_does_not_set_it(hand: Hand) -> None:
    type_into(hand, USD_buy="50.1", USD_sell="50.5")
    hand.press(Key.Key_F12)
    hand.typing.press_again(Key.Key_F12)
    hand.wait()
    asked = (page(hand).is_asking, buys(hand)["USD"])
    hand.press(Key.Key_Escape)
    double_tap(hand, page(hand).form.button)

    assert asked == (page(hand).is_asking, buys(hand)["USD"]) == (True, Decimal("501.00"))


def test_rates_that_are_not_saved_are_reported_on_the_page_that_is_on_show_by_then(hand: Hand) -> None:
    before = buys(hand)["USD"]
    type_into(hand, USD_buy="50.1", USD_sell="50.5")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_F12)
        hand.till.window.show_screen("checkout")
    notice = hand.till.window.work.notices.notice

    assert buys(hand)["USD"] == before
    assert notice is not None
    assert "USD" in notice.text


def test_one_esc_does_not_empty_several_typed_rates(hand: Hand) -> None:
    form = page(hand).form
    type_into(hand, USD_buy="502", USD_sell="506", EUR_buy="591")
    hand.press(Key.Key_Escape)
    asked, kept = notice(hand), form.figures
    form.field("EUR", "sell").setText("597")
    hand.press(Key.Key_Escape)  # the question was about three figures
    still = form.figures
    hand.press(Key.Key_Escape)

    assert asked == "Discard unsaved changes? Press Esc again to confirm."
    assert (len(kept), len(still), form.figures) == (3, 4, ())
    assert notice(hand) == ""


def test_esc_that_is_held_down_empties_no_typed_rates(hand: Hand) -> None:
    type_into(hand, USD_buy="502", USD_sell="506")
    hand.typing.hold(Key.Key_Escape)
    hand.wait()

    assert page(hand).form.figures == ("502", "506")
