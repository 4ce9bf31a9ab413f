"""The checkout through the real window over a real shop: scans, search, keys, visitor, quota, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Never

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from pos.application.catalogue.find_product import FindProduct
from pos.application.text.formatting import money_text
from pos.domain.catalogue.barcode import check_digit
from pos.domain.errors import Collided
from pos.domain.quota.rule import Verdict
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Mode
from pos.ui.sales.search.typed_text import Meaning, read_typed_text
from tests.ui.at_the_counter import CARTON, NOT_COMPLETE, VOLUME_UNKNOWN, Hand, close_till, open_till

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


@pytest.fixture
def boss(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path, "manager")
    yield opened
    close_till(opened)


def quota_of(hand: Hand) -> Verdict:
    return hand.view.quota["A"].verdict


# ── scans ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_scan_is_a_row_with_its_total_in_five_currencies(hand: Hand) -> None:
    sweets = hand.goods("food.sweets")

    hand.scan(sweets.code)

    assert sweets.price is not None
    assert hand.rows() == [f"1 | {sweets.name_in('en')} | {money_text(sweets.price, 'en', symbol=False)}"]
    assert [money.currency.code for money in hand.view.others] == ["KZT", "USD", "EUR", "RUB"]
    assert hand.heard.sounds == [Sound.ACCEPT]


def test_ten_scans_in_a_second_are_ten_pieces(hand: Hand) -> None:
    sweets, honey = hand.goods("food.sweets"), hand.goods("food.honey")

    for _ in range(5):
        hand.checkout.scanned(sweets.code)
        hand.checkout.scanned(honey.code)
    hand.wait()

    assert [row.split(" | ")[0] for row in hand.rows()] == ["5", "5"]
    assert len(hand.heard.sounds) == 10


def test_a_scan_is_taken_whatever_has_the_focus(hand: Hand) -> None:
    sweets, honey = hand.goods("food.sweets"), hand.goods("food.honey")
    hand.scan(sweets.code)
    hand.press(Key.Key_F4)  # a quantity is being typed

    hand.scan(honey.code)
    hand.checkout.total.pay_button.setFocus()
    hand.scan(honey.code)

    assert [row.split(" | ")[0] for row in hand.rows()] == ["1", "2"]
    assert hand.screen_id == "checkout"


def test_five_times_then_a_scan_is_five_pieces_and_the_next_scan_one(hand: Hand) -> None:
    sweets, honey = hand.goods("food.sweets"), hand.goods("food.honey")

    hand.type("5 *")
    hand.press(Key.Key_Return)
    chip = hand.checkout.page.scan.chip
    waiting = (chip.isVisible(), chip.text())
    hand.scan(sweets.code)
    hand.scan(honey.code)

    assert waiting == (True, "5 ×")
    assert [row.split(" | ")[0] for row in hand.rows()] == ["5", "1"]
    assert not chip.isVisible()


def test_a_typed_code_is_a_scan(hand: Hand) -> None:
    sweets = hand.goods("food.sweets")

    hand.type(sweets.code)
    hand.press(Key.Key_Return)

    assert len(hand.rows()) == 1
    assert hand.checkout.page.scan.box.text() == ""


@pytest.mark.parametrize(
    ("text", "meaning", "quantity"),
    [
        ("5 *", Meaning.QUANTITY, 5),
        ("５＊", Meaning.QUANTITY, 5),
        ("12х", Meaning.QUANTITY, 12),
        ("3 * 4870204320060", Meaning.CODE, 3),
        ("4870 2043 20060", Meaning.CODE, None),
        ("0104870204320060215hK<2e", Meaning.CODE, None),
        ("honey 1 kg", Meaning.WORDS, None),
        ("  ", Meaning.NOTHING, None),
        ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", Meaning.DOCUMENT, None),
    ],
)
def test_what_is_typed_is_read_as_it_is_meant(text: str, meaning: Meaning, quantity: int | None) -> None:
    typed = read_typed_text(text)

    assert (typed.meaning, typed.quantity) == (meaning, quantity)


def test_a_misread_code_is_reported_and_sounds_and_changes_nothing(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    before = hand.rows()

    body = "487000100011"
    hand.scan(body + str((int(check_digit(body)) + 1) % 10))
    hand.scan("4870009999993")

    assert hand.rows() == before
    assert hand.heard.sounds[-2:] == [Sound.UNREAD, Sound.UNREAD]
    assert len(hand.news.splitlines()) == 2  # neither hides the other


def test_more_than_is_on_hand_is_refused_in_words(hand: Hand) -> None:
    hand.type("9000 *")
    hand.press(Key.Key_Return)
    hand.scan(hand.goods("food.sweets").code)

    assert hand.rows() == []
    assert "9,000" in hand.news
    assert hand.heard.sounds == [Sound.REFUSE]


def test_a_quantity_is_not_written_behind_what_was_sought_in_vain(hand: Hand) -> None:
    hand.type("99")
    hand.press(Key.Key_Return)
    hand.type("3*")
    hand.scan(hand.goods("food.sweets").code)

    assert [row.split(" | ")[0] for row in hand.rows()] == ["3"]


@pytest.mark.parametrize("quantity", ["0", "999999"])
def test_a_quantity_that_cannot_be_takes_no_scan_for_one_piece(hand: Hand, quantity: str) -> None:
    hand.type(f"{quantity}*")
    hand.scan(hand.goods("food.sweets").code)

    assert hand.rows() == []
    assert f"“{quantity}”" in hand.news
    hand.scan(hand.goods("food.sweets").code)
    assert [row[0] for row in hand.rows()] == ["1"]


# ── search ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_search_offers_as_someone_types_and_enter_adds_the_chosen(hand: Hand) -> None:
    hand.type("honey")
    hand.wait(200)
    popup = hand.checkout.page.scan.popup
    second = popup.rows.text(1)
    assert popup.isVisible()

    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)

    assert [row.split(" | ")[1] for row in hand.rows()] == [second.name]
    assert not popup.isVisible()


def test_an_amount_with_decimals_sells_nothing_either(hand: Hand) -> None:
    hand.type("0.5")
    hand.wait(200)
    popup = hand.checkout.page.scan.popup
    found = popup.rows.rowCount()
    hand.press(Key.Key_Return)

    assert found
    assert hand.rows() == []


def test_figures_that_are_no_code_sell_only_what_is_chosen(hand: Hand) -> None:
    """100 may be an amount that was meant for a payment, and stands in many codes."""
    figures = CARTON[4:9]
    hand.type(figures)
    hand.wait(200)
    popup = hand.checkout.page.scan.popup
    for _ in range(2):
        hand.press(Key.Key_Return)
    before, said, sounds = hand.rows(), popup.foot, list(hand.heard.sounds)
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)

    assert before == []
    assert said == f"“{figures}” is not a code. Press ↓ to choose."
    assert sounds == [Sound.NOTE] * 2
    assert len(hand.rows()) == 1


@pytest.mark.parametrize("digits", [6, 9, 12])
def test_a_part_of_a_code_as_long_as_a_code_sells_what_was_chosen_below_it(hand: Hand, digits: int) -> None:
    part = CARTON[:digits]
    hand.type(part)
    hand.wait(200)
    popup = hand.checkout.page.scan.popup
    for _ in range(popup.rows.rowCount()):
        hand.press(Key.Key_Down)
    last = popup.rows.text(popup.rows.rowCount() - 1)
    hand.press(Key.Key_Return)

    assert [row.split(" | ")[1] for row in hand.rows()] == [last.name]
    assert (hand.news, popup.isVisible()) == ("", False)


def test_a_row_chosen_for_a_part_of_a_code_is_not_sold_once_the_code_goes_on(hand: Hand) -> None:
    popup = hand.checkout.page.scan.popup
    hand.type(CARTON[:6])
    hand.wait(200)
    hand.press(Key.Key_Down)
    other = popup.rows.text(0).name
    hand.type(CARTON[6:])
    hand.wait(200)
    carton = popup.rows.text(0).name
    hand.press(Key.Key_Return)

    assert [row.split(" | ")[1] for row in hand.rows()] == [carton]
    assert other != carton


def test_figures_and_enter_at_once_sell_nothing_even_where_one_product_has_them(hand: Hand) -> None:
    figures = next(part for part in _parts(CARTON) if len(hand.shop.find(part)) == 1)
    hand.type(figures)
    hand.press(Key.Key_Return)
    hand.wait(200)

    assert hand.rows() == []
    assert hand.checkout.page.scan.popup.foot == f"“{figures}” is not a code. Press ↓ to choose."


def _parts(code: str) -> list[str]:
    return [code[start : start + 5] for start in range(len(code) - 4)]


def test_the_chosen_goods_stay_chosen_in_another_language(hand: Hand) -> None:
    hand.type("honey")
    hand.wait(200)
    popup = hand.checkout.page.scan.popup
    second = popup.rows.text(1).id
    hand.press(Key.Key_Down)
    hand.till.session.speak("ru")
    hand.wait()
    hand.press(Key.Key_Return)

    assert [line.line.product.id for line in hand.view.lines] == [second]


def test_no_goods_of_before_stay_under_a_text_that_cannot_be_sought(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.type("honey")
    hand.wait(200)
    popup = hand.checkout.page.scan.popup
    before = popup.isVisible()
    with monkeypatch.context() as patch:
        patch.setattr(FindProduct, "__call__", _busy)
        hand.type("z")
        hand.wait(200)

    assert (before, popup.isVisible()) == (True, False)


def _busy(*_asked: object, **_how: object) -> Never:
    raise Collided("10.0.0.5")


def test_the_beginning_of_a_scan_is_not_searched_for_but_what_proves_to_be_typing_is(hand: Hand) -> None:
    popup = hand.checkout.page.scan.popup
    hand.typing.begin_burst("hone")
    QTest.qWait(60)  # longer than a search waits for further keys; the scanner takes no time on its clock
    of_a_scan = (popup.isVisible(), popup.answered)

    hand.typing.go_on()
    hand.until(lambda: popup.answered == "hone")

    assert of_a_scan == (False, "")
    assert popup.isVisible()


def test_a_search_in_chinese_finds_the_same_goods(hand: Hand) -> None:
    honey = hand.goods("food.honey")
    hand.till.session.speak("zh")

    scan = hand.checkout.page.scan
    scan.box.set_text(honey.name_in("zh"))
    scan.box.typed.emit(scan.box.text())
    hand.wait(200)

    assert scan.popup.rows.text(0).name == honey.name_in("zh")


def test_a_search_without_a_find_says_so(hand: Hand) -> None:
    hand.type("qqqq")
    hand.press(Key.Key_Return)
    hand.wait(100)

    assert "qqqq" in hand.news


def test_a_quick_key_has_the_name_that_its_product_has_by_now(hand: Hand) -> None:
    tile, (product,) = hand.checkout.page.quick.tiles[0], hand.shop.find.with_codes(hand.shop.demo_goods[:1])
    before = tile.text()
    edit, boss = hand.shop.edit_product, next(one for one in hand.shop.sign_in.people() if one.name == "manager")
    card = edit.card_of(product.id, boss)
    edit(product.id, card, replace(card, names={**card.names, "en": "Bag, paper"}), boss)
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.till.window.show_screen("checkout")
    hand.wait()

    assert before != "Bag, paper"
    assert hand.checkout.page.quick.tiles[0].text() == "Bag, paper"


def test_quick_keys_add_one_piece_and_give_way_to_a_long_basket(hand: Hand) -> None:
    quick = hand.checkout.page.quick
    assert quick.isVisible()

    quick.tiles[0].click()
    hand.wait()
    for index in range(8):
        hand.scan(hand.goods("clothing", index).code)

    assert len(hand.rows()) == 9
    assert not quick.isVisible()


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_f4_changes_the_quantity_of_the_selected_row(hand: Hand) -> None:
    for category in ("food.sweets", "food.honey"):
        hand.scan(hand.goods(category).code)

    hand.press(Key.Key_Up)
    hand.press(Key.Key_F4)
    hand.type("3")
    hand.press(Key.Key_Return)

    assert [row.split(" | ")[0] for row in hand.rows()] == ["3", "1"]
    assert hand.checkout.page.scan.box.field.hasFocus()


def test_f5_gives_a_discount_up_to_the_role_and_asks_for_approval_above(hand: Hand) -> None:
    hand.scan(hand.goods("watch").code)
    hand.press(Key.Key_F5)
    hand.type("10")
    hand.press(Key.Key_Return)
    given = hand.checkout.page.rows.rows.row(0).discount

    hand.press(Key.Key_F5)
    hand.type("25")
    hand.press(Key.Key_Return)
    refused = hand.checkout.page.rows.rows.row(0).discount
    hand.checkout.page.news.action_pressed.emit()
    hand.wait(50)
    panel = hand.checkout.page.approval
    panel.pin.push("314159")
    hand.press(Key.Key_Return)
    hand.wait(50)

    assert (given, refused) == ("−10\u00a0%", "−10\u00a0%")
    assert hand.checkout.page.rows.rows.row(0).discount == "−25\u00a0%"


def test_f6_voids_the_selected_row_and_ctrl_z_brings_it_back(hand: Hand) -> None:
    for category in ("food.sweets", "food.honey"):
        hand.scan(hand.goods(category).code)
    before = hand.rows()

    hand.press(Key.Key_F6)
    one = hand.rows()
    hand.press(Key.Key_Z, CONTROL)

    assert one == before[:1]
    assert hand.rows() == before


def test_escape_closes_what_is_open_and_then_empties_the_field(hand: Hand) -> None:
    hand.type("honey")
    hand.wait(200)
    scan = hand.checkout.page.scan

    hand.press(Key.Key_Escape)
    closed = (scan.popup.isVisible(), scan.box.text())
    hand.press(Key.Key_Escape)

    assert closed == (False, "honey")
    assert scan.box.text() == ""


def test_keys_of_later_features_are_not_shown(hand: Hand) -> None:
    strip = hand.checkout.page.strip

    assert strip.shown() == ("quantity", "discount", "void", "park", "destination", "split", "drawer", "undo")


# ── visitor and quota ────────────────────────────────────────────────────────────────────────────────────────


def test_a_passport_at_the_scanner_is_the_visitor_never_a_product(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)

    hand.show_passport()

    person = hand.view.visitors[0].visitor
    assert (person.name, person.masked, hand.view.destination) == ("ZHANG W••", "E••••••01", "CN")
    assert len(hand.rows()) == 1
    assert quota_of(hand) is Verdict.OK
    assert hand.checkout.page.rows.rows.row(0).carrier == "A"


def test_f3_takes_a_typed_document_and_says_what_is_wrong_with_it(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    form = hand.checkout.form
    form.typed.emit("passport", "N12345684", "", "1984-02-03")
    hand.wait()
    wrong = form.sentence

    form.typed.emit("passport", "N12345684", "KAZ", "1984-02-03")
    hand.wait()

    assert "country" in wrong
    assert hand.view.visitors[0].visitor.country == "KAZ"
    assert hand.view.destination == "KZ"
    assert hand.checkout.panel.isVisible()


def test_a_birth_date_unlike_the_one_in_the_iin_is_asked_about_once(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    form = hand.checkout.form
    [kind] = form.findChildren(QComboBox)
    kind.setCurrentIndex(kind.findData("kz-id"))
    number, _country, born = form.findChildren(QLineEdit)
    number.setText("120115500012")  # of a child
    born.setText("1980-01-15")
    born.setFocus()

    hand.typing.look()
    hand.typing.hold(Key.Key_Return)
    hand.wait()
    assert not hand.view.visitors
    assert "Compare it with the document" in form.sentence

    hand.typing.look()
    hand.press(Key.Key_Return)
    assert hand.view.visitors[0].visitor.birth_date == date(1980, 1, 15)


def test_f8_switches_the_side_and_judges_again(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("watch").code)
    china = hand.view.regime

    hand.press(Key.Key_F8)

    assert hand.view.destination == "KZ"
    assert hand.view.regime is not china


def test_spirits_above_the_allowance_are_over_and_ctrl_l_leaves_them(hand: Hand) -> None:
    hand.show_passport()
    cognac = next(goods for n in range(9) if (goods := hand.goods("alcohol.spirit", n)).attributes.ml == 700)
    hand.type("4 *")
    hand.press(Key.Key_Return)
    hand.scan(cognac.code)
    row = hand.checkout.page.rows.rows.row(0)
    over = quota_of(hand)
    sounds = hand.heard.sounds[-1]

    hand.press(Key.Key_L, CONTROL)

    assert over is Verdict.DUTY
    assert row.quota == "alcohol\u00a02.80\u00a0L, over by 1.30\u00a0L"
    assert sounds is Sound.OVER
    assert quota_of(hand) is Verdict.OK
    assert hand.view.pieces == 2


def test_payment_does_not_open_without_a_visitor_or_over_the_allowance(hand: Hand) -> None:
    hand.press(Key.Key_F12)
    empty = hand.news
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    news = hand.news
    hand.show_passport()
    shown = hand.news
    hand.type("5 *")
    hand.press(Key.Key_Return)
    hand.scan("7630204322047")  # watches at 5,660.00
    hand.press(Key.Key_F12)

    assert "basket is empty" in empty
    assert "document first" in news
    assert shown == ""  # the document was what it asked for
    assert "document first" not in hand.news
    assert quota_of(hand) is Verdict.DUTY
    assert "Goods" in hand.news
    assert hand.screen_id == "checkout"


def test_what_is_not_on_file_is_filled_in_by_the_person_who_may_and_judged_again(boss: Hand) -> None:
    boss.show_passport()
    boss.scan(VOLUME_UNKNOWN)
    unknown = quota_of(boss)
    news = boss.news

    boss.wait(200)  # longer than a scanner's second Enter
    boss.checkout.page.news.action_pressed.emit()
    panel = boss.checkout.page.fill_in
    for name, field in panel.fields.items():
        assert isinstance(field, QLineEdit)
        field.setText({"ml": "500", "abv": "40"}[name])
    boss.press(Key.Key_Return)

    assert unknown is Verdict.UNKNOWN
    assert "Brandy of the region" in news
    assert quota_of(boss) is Verdict.OK
    assert boss.news == ""


def test_an_incomplete_product_is_sold_after_its_category_and_price_are_filled_in(boss: Hand) -> None:
    boss.scan(NOT_COMPLETE)
    refused = (boss.rows(), boss.news)

    boss.wait(200)
    boss.checkout.page.news.action_pressed.emit()
    category, price = boss.checkout.page.fill_in.fields.values()
    assert isinstance(category, QComboBox)
    assert isinstance(price, QLineEdit)
    category.setCurrentIndex(category.findData("toy"))
    price.setText("15.50")
    boss.press(Key.Key_Return)

    assert refused[0] == []
    assert "Something new" in refused[1]
    assert boss.rows() == ["1 | Something new | 15.50"]


def test_a_cashier_is_shown_whom_to_ask(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(VOLUME_UNKNOWN)

    notice = hand.checkout.page.news.notice
    assert notice is not None
    assert "stock clerk" in notice.text
    assert notice.action == ""


# ── language and light ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "ru", "kk"])
def test_everything_changes_its_language_at_once(hand: Hand, language: str) -> None:
    hand.show_passport()
    cognac = hand.goods("alcohol.spirit")
    hand.scan(cognac.code)
    hand.checkout.panel.question.no.click()
    hand.wait()

    hand.till.session.speak(language)
    hand.till.theme.switch(Mode.DARK)

    tr = hand.till.session.translator
    assert hand.rows()[0].split(" | ")[1] == cognac.name_in(language)
    assert hand.checkout.total.pay_button.text() == tr("Pay") != "Pay"
    assert hand.checkout.panel.verdict.accessibleName() == tr("Within the allowance")
    assert hand.checkout.page.grab().width() > 0


def test_only_the_rows_that_change_are_reported(hand: Hand, qtbot: QtBot) -> None:
    hand.show_passport()
    for category in ("food.sweets", "food.honey", "toy"):
        hand.scan(hand.goods(category).code)
    changed: list[int] = []
    model = hand.checkout.page.rows.rows
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))

    hand.scan(hand.goods("food.honey").code)

    assert changed == [1]
