"""The manager reads the allowance rules: today's, those of another day, and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos.application.quota.show_regimes import ShowRegimes
from pos.application.settings.settings import Settings
from pos.application.text.formatting import plain_text
from pos.languages.catalogue import load_translators
from pos.languages.refusals import reason_text
from pos.regimes.folders import load_regime_files
from pos.ui.quota.regimes.rule_rows import RuleColumns, rule_rows
from pos.ui.quota.regimes.screen import RegimesScreen
from tests.contexts import a_context
from tests.ui.conftest import Hand, Opener
from tests.ui.fakes_shop import MORNING, RESOURCES, STAFF, a_store

SHIPPED = RESOURCES / "regimes"
KZ = (SHIPPED / "kz-horgos.toml").read_text(encoding="utf-8")
Key = Qt.Key
Opening = Callable[..., Hand]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the shop's own rules."""
    folder = tmp_path / "regimes"
    folder.mkdir()
    return folder


@pytest.fixture
def at_the_rules(open_till: Opener, own: Path) -> Opening:
    """Opens the window on the rules, as the manager; `settings` are the shop's options."""

    def opened(**settings: str) -> Hand:
        context = a_context(now=lambda: MORNING, settings=lambda: Settings.read(settings))
        show = ShowRegimes(context, lambda: load_regime_files(SHIPPED, own))
        hand = open_till(
            a_store(*STAFF),
            screens=lambda session: [RegimesScreen(session)],
            show_regimes=show,
            reason_text=reason_text,
        )
        hand.sign_in("dana")
        hand.till.window.show_screen("regimes")
        hand.wait()
        return hand

    return opened


@pytest.fixture
def hand(at_the_rules: Opening) -> Hand:
    """The manager in a shop without rules of its own."""
    return at_the_rules()


def page(hand: Hand) -> RegimesScreen:
    on_show = hand.till.window.page
    assert isinstance(on_show, RegimesScreen)
    return on_show


def choices(hand: Hand) -> list[str]:
    """What there is to choose on the left."""
    rows = page(hand).list.rows
    return [plain_text(str(rows.index(index, 0).data())) for index in range(rows.rowCount())]


def rules(hand: Hand) -> list[str]:
    """The rules on show; the first of each section begins with the heading of the section."""
    rows = page(hand).rules.list.rows
    return [plain_text(str(rows.index(index, 0).data())) for index in range(rows.rowCount())]


def details(hand: Hand) -> str:
    """What stands beside the rules."""
    shown = page(hand).rules.details
    return plain_text(f"{shown.accessibleName()}: {shown.accessibleDescription()}")


def trouble(hand: Hand) -> str:
    """What the page says of a file that could not be used."""
    shown = page(hand).trouble.details
    assert shown.isVisible()
    return f"{shown.accessibleName()}. {shown.accessibleDescription()}"


def rule(hand: Hand, beginning: str) -> str:
    """The first rule whose row begins so."""
    return next(row for row in rules(hand) if row.rpartition(". ")[2].startswith(beginning) or beginning in row)


def test_the_manager_sees_the_rules_of_today_with_source_and_confidence(hand: Hand) -> None:
    assert rules(hand)[0] == (
        "In force on Tuesday 24 November 2026: 10 rules. Goods · all visitors · ¥ 8,000.00 · a calendar day · "
        "1 crossing · declare, pay duty · high confidence · State Council reply 国函〔2006〕15号; "
        "GACC order 276 (from 2025-04-01): beyond reasonable own use goods are cargo; "
        "that a day has one use is a reading of the reply (medium)"
    )
    assert rule(hand, "Alcohol, frequent") == (
        "Alcohol, frequent · more than 1 entry within 15 days · none allowed · each crossing · "
        "declare, pay duty · medium confidence · GACC announcement 176/2024"
    )


def test_the_rules_in_use_stand_first_and_say_so(hand: Hand) -> None:
    assert choices(hand)[:3] == [
        "To China · cn-horgos · built in · in use for China",
        "To Kazakhstan · kz-horgos · built in · in use for Kazakhstan",
        "To Belarus at Terespol · by-terespol · built in · not in use",
    ]


def test_keys_alone_lead_to_a_rule_and_back(hand: Hand) -> None:
    hand.press(Key.Key_Down)
    assert rules(hand)[0].endswith("that the month is a calendar month is a reading of it (medium)")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Down)
    assert details(hand).startswith("Weight: Allowance: 25 kg. Period: A calendar month · 1 crossing.")
    hand.press(Key.Key_Return)
    assert page(hand).rules.details.hasFocus()
    hand.press(Key.Key_Escape)
    assert page(hand).list.hasFocus()


def test_tab_goes_from_the_list_through_the_days_to_the_rules(hand: Hand) -> None:
    met: list[QWidget | None] = []
    for _ in range(7):
        hand.press(Key.Key_Tab)
        met.append(hand.till.window.focusWidget())
    days, shown = page(hand).rules.days, page(hand).rules
    assert list(dict.fromkeys(met)) == [days.box, days.today, days.earlier, shown.list, shown.details]


def test_one_press_leads_to_the_day_of_the_last_change_and_another_to_the_one_before(hand: Hand) -> None:
    days = page(hand).rules.days
    assert days.earlier.text() == "1 Dec 2024"
    assert not days.later.isEnabled()
    QTest.mouseClick(days.earlier, Qt.MouseButton.LeftButton)
    QTest.mouseClick(days.earlier, Qt.MouseButton.LeftButton)
    assert page(hand).rules.day == date(2022, 11, 1)
    assert days.later.text() == "1 Dec 2024"
    assert any("Tobacco · 1 Dec" in row or "Tobacco · since 1 Dec 2024" in row for row in rules(hand))


def test_a_typed_day_shows_the_rules_of_that_day(hand: Hand) -> None:
    page(hand).rules.days.box.setFocus()
    hand.type("2023")
    assert page(hand).rules.day == date(2023, 11, 24)
    assert rules(hand)[0].startswith("In force on Friday 24 November 2023: 8 rules. Goods")
    assert rule(hand, "Alcohol · from 16 years of age").endswith("GACC order 58/1996")


def test_escape_comes_back_to_today(hand: Hand) -> None:
    page(hand).rules.go_to(date(2020, 1, 1))
    assert not page(hand).rules.days.today.isChecked()
    hand.press(Key.Key_Escape)
    assert page(hand).rules.day == date(2026, 11, 24)
    assert page(hand).rules.days.today.isChecked()


def test_the_chosen_rule_stays_chosen_from_day_to_day_in_the_version_in_force(hand: Hand) -> None:
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    assert "500.00" in details(hand)
    page(hand).rules.go_to(date(2023, 1, 1))
    assert "Allowance: € 1,000.00" in details(hand)
    page(hand).rules.go_to(None)
    assert "Allowance: € 500.00" in details(hand)


def test_a_day_before_every_rule_says_so(hand: Hand) -> None:
    hand.press(Key.Key_Down)
    page(hand).rules.go_to(date(2005, 1, 1))
    assert page(hand).rules.nothing.isVisible()
    assert rules(hand)[0].startswith("Later versions. Goods · 1 Jul 2010 – 31 Dec 2018 · all visitors · € 1,500.00")


def test_duty_is_shown_as_it_is_charged_on_each_side(hand: Hand) -> None:
    assert rule(hand, "Duty over the allowance") == (
        "Duty over the allowance. Watches · 50 % · a piece from ¥ 10,000.00"
    )  # fmt: skip
    hand.press(Key.Key_Down)
    assert rule(hand, "Duty over the allowance") == (
        "Duty over the allowance. Goods over the allowance · 30 % of the excess value · minimum € 4.00 per kg"
    )


def test_a_permitted_set_is_shown_in_full_beside_the_rules(hand: Hand) -> None:
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    for _ in range(3):
        hand.press(Key.Key_Down)
    assert "250 g · Tobacco, including at most 200 sticks (Cigarettes), 200 sticks (Heated tobacco)" in details(hand)
    assert "Visitors under the age limit: Not allowed" in details(hand)


def test_a_bad_file_is_named_with_rule_and_field_and_the_good_one_holds(at_the_rules: Opening, own: Path) -> None:
    (own / "kz-horgos.toml").write_text(KZ.replace('limit = "1500"', "limit = 1500"), encoding="utf-8")
    hand = at_the_rules()
    assert choices(hand)[0] == "kz-horgos.toml · rule value · field limit · it is not a decimal number in quotes"
    assert "To Kazakhstan · kz-horgos · built in · in use for Kazakhstan" in choices(hand)
    hand.press(Key.Key_Up)
    assert "The built-in rules with this name are in use." in trouble(hand)
    hand.till.session.speak("ru")
    assert "не десятичное число в кавычках" in choices(hand)[0]
    assert "Не десятичное число в кавычках" in trouble(hand)


def test_a_file_that_is_no_toml_is_named_with_its_line(at_the_rules: Opening, own: Path) -> None:
    (own / "ferry.toml").write_text('id = "ferry"\ntitle = ?', encoding="utf-8")
    hand = at_the_rules()
    assert choices(hand)[0] == "ferry.toml · line 2 · the file is not TOML"
    assert rules(hand)[0].startswith("In force on")  # the rules in use are on show, not the trouble


def test_the_shops_own_file_is_marked_as_its_own(at_the_rules: Opening, own: Path) -> None:
    (own / "kz-horgos.toml").write_text(KZ, encoding="utf-8")
    (own / "kz-lake.toml").write_text(KZ.replace('id = "kz-horgos"', 'id = "kz-lake"'), encoding="utf-8")
    shown = choices(at_the_rules())
    assert "To Kazakhstan · kz-horgos · custom file replaces the built-in one · in use for Kazakhstan" in shown
    assert "To Kazakhstan · kz-lake · custom file · not in use" in shown


def test_rules_that_the_settings_want_in_vain_are_reported(at_the_rules: Opening) -> None:
    hand = at_the_rules(regime_kz="kz-lake")
    assert choices(hand)[0] == "“kz-lake” is missing. The settings use these rules for visitors to Kazakhstan."
    hand.press(Key.Key_Up)
    assert "Correct or add the file kz-lake.toml" in trouble(hand)


def test_what_was_chosen_stays_when_the_language_changes(hand: Hand) -> None:
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Down)
    page(hand).rules.go_to(date(2023, 1, 1))
    hand.till.session.speak("ru")
    assert page(hand).list.key == "kz-horgos"
    assert page(hand).rules.day == date(2023, 1, 1)
    assert details(hand).startswith("Вес")


@pytest.mark.parametrize("language", sorted(load_translators(RESOURCES / "translations")))
def test_every_rule_of_every_day_is_worded_whole_in_every_language(hand: Hand, language: str) -> None:
    hand.till.session.speak(language)
    shown = page(hand)
    for view in shown.session.shop.show_regimes().regimes:
        shown.rules.present(view, hand.till.session.translator)
        for day in view.changes:
            shown.rules.go_to(day)
            texts = [*rules(hand), details(hand)]
            assert not [text for text in texts if "{" in text or " ·  · " in text]


@pytest.mark.parametrize("language", sorted(load_translators(RESOURCES / "translations")))
def test_no_word_of_a_row_is_wider_than_its_column(hand: Hand, language: str) -> None:
    hand.till.window.showNormal()
    hand.till.window.resize(1366, 768)
    hand.till.session.speak(language)
    hand.wait()
    shown, theme = page(hand), hand.till.theme
    columns = RuleColumns.of(shown.rules.list.viewport().width())
    mark = 22  # the icon or the bars before the words
    for view in shown.session.shop.show_regimes().regimes:
        for row in rule_rows(view, view.on(view.today), hand.till.session.translator):
            for paragraphs, width in (
                (row.name, columns.title_width),
                (row.limit, columns.limit_width),
                ((*row.over, row.sure), columns.over_width - mark),
            ):
                for one in paragraphs:
                    metrics = QFontMetrics(theme.font(one.size, bold=one.bold))
                    box = metrics.boundingRect(0, 0, width, 10_000, Qt.TextFlag.TextWordWrap, one.text)
                    assert box.width() <= width, one.text


def test_no_row_covers_the_next_in_a_window_of_any_width(hand: Hand) -> None:
    view, window = page(hand).rules.list, hand.till.window
    for width in (1366, 1100, 1500):
        window.showNormal()
        window.resize(width, 768)
        hand.wait()
        boxes = [view.visualRect(view.rows.index(index, 0)) for index in range(view.rows.rowCount())]
        assert [box.bottom() + 1 for box in boxes[:-1]] == [box.top() for box in boxes[1:]]


def test_what_is_planned_and_what_is_not_checked_stands_below_the_rules_in_force(at_the_rules: Opening) -> None:
    hand = at_the_rules(parcel_regime_kz="kz-parcel", parcel_regime_cn="cn-cross-border")
    assert [one.split(" · ")[1] for one in choices(hand)[:4]] == [
        "cn-horgos", "kz-horgos", "cn-cross-border", "kz-parcel",
    ]  # fmt: skip
    view = hand.till.session.shop.show_regimes()
    parcels = {one.regime.id: one for one in view.regimes if one.regime.parcels}
    tr = hand.till.session.translator
    to_kazakhstan = parcels["kz-parcel"]
    spoken = [row.spoken for row in rule_rows(to_kazakhstan, to_kazakhstan.on(to_kazakhstan.today), tr)]
    planned = [one for one in spoken if "planned from 1 Jul 2026, not confirmed" in one]
    assert [one.startswith("Planned, not confirmed, and not in force") for one in planned] == [True, False]
    to_china = parcels["cn-cross-border"]
    last = rule_rows(to_china, to_china.on(to_china.today), tr)[-1]
    assert last.spoken.startswith("Not checked. The positive list of cross-border goods is not checked.")
    page(hand).rules.present(to_china, tr)
    page(hand).rules._show_details(last.key)
    assert page(hand).rules.details.accessibleName() == last.name[0].text
