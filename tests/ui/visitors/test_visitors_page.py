"""The visitors' desk at the real window over a real shop: looking someone up, and the rare steps of a visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import main
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.returns.void_sale import VoidOrder, void_requirement
from pos.application.sales.complete_sale import Payment
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.application.text.formatting import NO_BREAK
from pos.application.visitors.show_visitor import ShowVisitor
from pos.domain.catalogue.product import Product
from pos.domain.errors import Collided
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, Person
from pos.domain.visitors.document import Document, read_mrz, read_typed
from pos.ui.look.theme import Mode
from pos.ui.visitors.screen import VisitorsScreen
from tests.application.sales.test_parcels import to_china
from tests.builders import cash_for
from tests.domain.visitors.zones import Holder, a_zone
from tests.horgos import CNY
from tests.ui.at_the_counter import NOON, PASSPORT, Hand, a_passport, close_till, open_bare_till
from tests.ui.keyboard import NO_MODIFIER
from tests.ui.slow_store import SlowStore

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NUMBER = "E00000001"
OTHER = ("passport", "EJ1234567", "CHN", "1985-05-05")
LI = ("passport", "E87654321", "CHN", "1990-01-01")
ZHANG_WEI = read_mrz(PASSPORT.split("\n"), NOON.date())


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A cashier at the desk."""
    opened = at_the_desk(open_bare_till(qapp, qtbot, tmp_path))
    yield opened
    close_till(opened)


@pytest.fixture
def boss(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Someone who may review, at the desk."""
    opened = at_the_desk(open_bare_till(qapp, qtbot, tmp_path, "manager"))
    yield opened
    close_till(opened)


def at_the_desk(hand: Hand) -> Hand:
    if hand.till.window.screen_at("visitors") is None:
        hand.till.window.plug(VisitorsScreen(hand.till.session))
    hand.till.window.show_screen("visitors")
    hand.wait()
    return hand


def page(hand: Hand) -> VisitorsScreen:
    screen = hand.till.window.screen_at("visitors")
    assert isinstance(screen, VisitorsScreen)
    return screen


def typed(document: tuple[str, str, str, str]) -> Document:
    return read_typed(*document, NOON.date())


def person(hand: Hand, name: str) -> Person:
    return next(one for one in hand.shop.sign_in.people() if one.name == name)


def sell(
    shop: Shop, document: Document, *products: Product, to: str = "CN", quantity: int = 1, entries: Sequence[date] = ()
) -> Sale:
    """What the counter does, without its pages."""
    amina = next(one for one in shop.sign_in.people() if one.name == "amina")
    basket = shop.new_checkout()
    basket.identify(document, entries=entries)
    basket.leave_to(to)
    for product in products:
        basket.add(product.id, quantity)
    order = basket.order(amina)
    return shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)))


def park(shop: Shop, document: Document, product: Product) -> None:
    """One piece, parked at the counter."""
    amina = next(one for one in shop.sign_in.people() if one.name == "amina")
    basket = shop.new_checkout()
    basket.identify(document)
    basket.leave_to("CN")
    basket.add(product.id, 1)
    shop.park_sale(basket.order(amina), "", amina)


def sell_yesterday(hand: Hand, document: Document, *products: Product) -> Sale:
    at = NOON - timedelta(hours=20)
    yesterday = main.build(Options(data=hand.shop.folder, demo=True, at=at), quick_pins=True, demo_size=400)
    try:
        return sell(yesterday, document, *products)
    finally:
        yesterday.close()


def show(hand: Hand, text: str = PASSPORT) -> None:
    """A document at the scanner."""
    hand.till.window.document_scanned(text)
    hand.wait()


def type_document(hand: Hand, document: tuple[str, str, str, str]) -> None:
    """A passport typed into the form, and entered."""
    kind, *texts = document
    assert kind == "passport"
    hand.press(Key.Key_F3)
    fields = page(hand).form.findChildren(QLineEdit)
    for field, text in zip(fields, texts, strict=True):
        field.setText(text)
    fields[-1].setFocus()
    hand.press(Key.Key_Return)


def rows(hand: Hand) -> list[str]:
    """The purchases on show: receipt, pieces, what became of them, remark."""
    texts = [page(hand).rows.text(index) for index in range(page(hand).rows.rowCount())]
    return [" | ".join(part for part in (t.receipt, t.pieces, t.state, t.remark) if part) for t in texts]


def gauge(hand: Hand, title: str) -> str:
    """What the gauge with this title says."""
    return next(g.accessibleDescription() for g in page(hand).person.gauges() if g.accessibleName() == title)


def news(hand: Hand) -> str:
    notice = page(hand).news.notice
    return "" if notice is None else notice.text


def give_pin(hand: Hand, pin: str) -> None:
    page(hand).review.pin.push(pin)
    hand.press(Key.Key_Return)
    hand.wait()


def everything_said(hand: Hand) -> str:
    """Every word of the page, shown or spoken."""
    said: list[str] = []
    for widget in page(hand).findChildren(QWidget):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QLineEdit):
            said.append(widget.text())
    return "\n".join([*said, *rows(hand)])


# ── looked up ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_scanned_passport_shows_what_the_person_bought_and_what_is_left(hand: Hand) -> None:
    sweets, honey = hand.goods("food.sweets"), hand.goods("food.honey")
    sell(hand.shop, ZHANG_WEI, sweets)
    sell(hand.shop, ZHANG_WEI, honey, quantity=2)

    show(hand)

    assert rows(hand) == ["T1-000002 | 2 | not left yet", "T1-000001 | 1 | not left yet"]
    assert page(hand).pending.text() == "3 pieces not taken out yet"
    summary = page(hand).person.summary_text()
    assert "ZHANG W••" in summary
    assert "Passport CHN E••••••01" in summary
    assert "First visit 24 Nov 2026" in summary
    assert page(hand).person.regime == "cn-horgos"
    assert "earlier 0.00" not in gauge(hand, "Goods")


def test_only_masked_numbers_are_anywhere_on_the_page(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    show(hand)
    type_document(hand, LI)
    said = everything_said(hand)
    assert "E••••••21" in said
    assert not any(number in said for number in (NUMBER, LI[1], "ZHANG WEI"))


def test_a_stranger_has_every_allowance_whole_and_no_purchases(hand: Hand) -> None:
    type_document(hand, LI)
    # The person who was here before may be erased by now: the till says what it knows, not that they are new
    assert "No earlier visit is known: all allowances are unused." in page(hand).person.summary_text()
    assert "Visitor data that no allowance needs is erased." in page(hand).empty.accessibleDescription()
    assert rows(hand) == []
    assert "earlier 0.00" in gauge(hand, "Goods")
    assert page(hand).move_sale.isHidden()
    assert page(hand).has_left.isHidden()


def test_a_number_that_cannot_be_is_shown_beside_the_field(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    page(hand).form.typed.emit("cn-id", "110101198505050011", "CHN", "")
    hand.wait()
    assert page(hand).form.sentence != ""
    assert page(hand).controller.account is None


def test_f8_shows_the_other_side(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    show(hand)
    hand.press(Key.Key_F8)
    assert page(hand).person.regime == "kz-horgos"
    hand.press(Key.Key_F8)
    assert page(hand).person.regime == "cn-horgos"


def test_a_stranger_is_shown_the_allowance_of_the_side_their_document_comes_from(hand: Hand) -> None:
    hand.till.window.document_scanned(a_passport(1, country="KAZ"))
    hand.wait()
    assert page(hand).person.regime == "kz-horgos"


def test_rules_that_the_shop_judges_by_no_more_are_there_for_those_who_bought_under_them(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    hand.till.session.take_settings(hand.till.session.settings.with_text("regime_cn", "cn-hainan"))
    show(hand)
    assert page(hand).person.regime == "cn-horgos"
    for regime in ("cn-hainan", "kz-horgos", "cn-horgos"):
        hand.press(Key.Key_F8)
        assert page(hand).person.regime == regime
    type_document(hand, LI)
    assert page(hand).person.regime == "cn-hainan"
    assert page(hand).person.regimes[1].isHidden()


def test_goods_of_an_earlier_day_count_as_left_where_the_rules_take_them_so(hand: Hand) -> None:
    sell_yesterday(hand, ZHANG_WEI, hand.goods("toy"))
    show(hand)
    assert rows(hand) == ["T1-000001 | 1 | assumed left"]
    assert page(hand).pending.text() == ""


def test_who_is_on_show_is_gone_when_the_page_is_left_or_the_till_locked(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    show(hand)
    hand.till.window.lock()
    assert page(hand).controller.account is None
    assert "ZHANG" not in everything_said(hand)
    assert "E••" not in everything_said(hand)

    hand.sign_in()
    at_the_desk(hand)
    assert rows(hand) == []
    show(hand)
    hand.till.window.show_screen("checkout")
    assert page(hand).controller.account is None


def test_an_answer_that_comes_after_the_page_was_left_shows_no_one(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    hand.till.window.document_scanned(PASSPORT)
    hand.till.window.show_screen("checkout")
    hand.wait()
    assert page(hand).controller.account is None
    assert rows(hand) == []


def test_everything_is_said_in_the_language_just_chosen_and_stays(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    show(hand)
    hand.press(Key.Key_F8)
    hand.till.session.speak("zh")
    hand.till.theme.switch(Mode.DARK)
    hand.wait()
    assert "护照" in page(hand).person.summary_text()
    assert page(hand).person.regime == "kz-horgos"
    assert len(rows(hand)) == 1


def test_goods_are_not_for_this_desk(hand: Hand) -> None:
    hand.scan(hand.goods("toy").code)
    assert "Scan goods at the checkout" in news(hand)
    assert hand.screen_id == "visitors"


def test_what_is_left_is_the_most_that_can_be_of_a_visitor_who_was_not_asked_about_entries_today(hand: Hand) -> None:
    show(hand)
    assert "at most 400 sticks" in gauge(hand, "Tobacco")
    assert "left ¥ 8,000.00" in gauge(hand, "Goods").replace(NO_BREAK, " ")


def test_that_a_visitor_had_no_other_days_of_entry_is_said_of_the_day_on_which_they_were_asked(hand: Hand) -> None:
    then = NOON - timedelta(days=3)
    earlier = main.build(Options(data=hand.shop.folder, demo=True, at=then), quick_pins=True, demo_size=400)
    earlier.visits.record_entry_dates(ZHANG_WEI, (), person(hand, "amina"))
    earlier.close()
    show(hand)
    of_then = page(hand).person.summary_text()
    hand.shop.visits.record_entry_dates(ZHANG_WEI, (), person(hand, "amina"))
    show(hand)

    assert of_then.splitlines()[-1] == "Other entry days: none, asked on 21 Nov 2026"
    assert page(hand).person.summary_text().splitlines()[-1] == "Other entry days: none"


def test_of_two_limits_of_the_same_goods_the_page_shows_the_one_that_leaves_less(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"), entries=(NOON.date() - timedelta(days=2), NOON.date()))
    show(hand)
    assert "left 0 ml" in gauge(hand, "Alcohol, frequent").replace(NO_BREAK, " ")
    assert "Alcohol" not in [one.accessibleName() for one in page(hand).person.gauges()]


def test_what_was_sent_this_year_is_shown_beside_what_one_parcel_may_be(hand: Hand) -> None:
    with hand.shop.context.store.begin() as work:
        work.settings.set("parcel_regime_cn", "cn-cross-border")
        work.commit()
    hand.till.session.take_settings(hand.shop.settings())
    hand.shop.ring_sale(to_china())

    show(hand)
    page(hand).person.choose("cn-cross-border")

    assert "left ¥ 5,000.00" in gauge(hand, "One purchase").replace(NO_BREAK, " ")
    assert "of ¥ 26,000.00" in gauge(hand, "Purchases of the year").replace(NO_BREAK, " ")


def test_what_a_parked_sale_holds_for_a_visitor_is_not_called_left(hand: Hand) -> None:
    park(hand.shop, ZHANG_WEI, hand.goods("toy"))
    counter = hand.shop.new_checkout()
    counter.identify(ZHANG_WEI)
    at_the_counter = counter.leave_to("CN").shown["A"]

    show(hand)

    account = hand.shop.visits.show(ZHANG_WEI, person(hand, "amina"))
    here = {one.rule.id: one.left for one in account.judged["cn-horgos"].assessment.rules}
    assert {one.rule.id: one.left for one in at_the_counter.rules}.items() <= here.items()
    assert "earlier 0.00" not in gauge(hand, "Goods")
    assert "1 piece held" in page(hand).person.summary_text()


# ── has left ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_has_left_asks_once_more_and_then_marks_what_was_pending(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    show(hand)
    hand.press(Key.Key_O, CONTROL)
    assert news(hand).startswith("Has ZHANG W•• (E••••••01) left for customs?")
    assert rows(hand) == ["T1-000001 | 1 | not left yet"]

    hand.press(Key.Key_Return)

    assert rows(hand) == ["T1-000001 | 1 | left at 12:00"]
    assert "1 piece counts as taken out" in news(hand)
    assert not page(hand).has_left.isEnabled()


def test_nothing_is_asked_where_nothing_is_pending(hand: Hand) -> None:
    type_document(hand, LI)
    hand.press(Key.Key_O, CONTROL)
    assert "no goods left to take out" in news(hand)


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_second_document_is_linked_and_they_share_one_allowance(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    sell(hand.shop, typed(OTHER), hand.goods("food.honey"))
    show(hand)
    hand.press(Key.Key_F6)
    assert page(hand).bar.text == "Scan the other document of ZHANG W•• (E••••••01)."

    type_document(hand, OTHER)

    assert "now share one allowance" in news(hand)
    assert len(rows(hand)) == 2
    summary = page(hand).person.summary_text()
    assert "Passport CHN E••••••01: shown now" in summary
    assert "E••••••67" in summary


def test_by_the_number_of_a_person_no_passport_is_said_to_be_shown(hand: Hand) -> None:
    number, dates = "850505300011", {"born": "850505", "sex": "M", "expiry": "340504"}
    passport = a_zone("TD3", Holder("N12345678", optional=number, issuer="KAZ", nationality="KAZ", **dates))
    sell(hand.shop, read_typed("kz-id", number, "KZ", None, NOON.date()), hand.goods("toy"), to="KZ")
    sell(hand.shop, read_mrz(passport, NOON.date()), hand.goods("toy"), to="KZ")
    page(hand).form.typed.emit("kz-id", number, "KZ", "")
    hand.wait()
    by_number = page(hand).person.summary_text()
    show(hand, "\n".join(passport))
    by_passport = page(hand).person.summary_text()

    assert "78: shown now" not in by_number
    assert by_number.count("shown now") == by_passport.count("shown now") == 1
    assert "78: shown now" in by_passport


def test_documents_linked_already_are_reported(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    show(hand)
    hand.press(Key.Key_F6)
    show(hand)
    assert "already" in news(hand)
    assert page(hand).bar.text == ""


def test_escape_gives_the_step_up_and_the_next_document_is_looked_up(hand: Hand) -> None:
    show(hand)
    hand.press(Key.Key_F6)
    hand.press(Key.Key_Escape)
    type_document(hand, LI)
    account = page(hand).controller.account
    assert account is not None
    assert account.visitor.masked == "E••••••21"
    hand.press(Key.Key_Escape)
    assert page(hand).controller.account is None


def test_documents_are_parted_only_with_an_approval(hand: Hand) -> None:
    hand.shop.visits.link(typed(OTHER), ZHANG_WEI, person(hand, "amina"))
    show(hand)
    hand.press(Key.Key_F7)
    assert not page(hand).review.isHidden()
    give_pin(hand, "000000")
    assert not page(hand).review.isHidden()

    give_pin(hand, hand.shop.demo_pins["manager"])

    assert "unlinked" in news(hand)
    assert page(hand).review.isHidden()
    assert "E••••••67" not in page(hand).person.summary_text()


def test_a_document_that_is_linked_to_no_other_cannot_be_parted(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    show(hand)
    assert page(hand).person.part.isHidden()
    hand.press(Key.Key_F7)
    assert page(hand).review.isHidden()
    assert "linked" in news(hand)


# ── the wrong visitor ────────────────────────────────────────────────────────────────────────────────────────


def test_a_purchase_is_moved_to_the_right_visitor_with_an_approval(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"), hand.goods("food.honey"))
    show(hand)
    hand.press(Key.Key_F9)
    assert page(hand).bar.text == "Scan the correct visitor's document."
    type_document(hand, LI)
    assert not page(hand).review.isHidden()
    assert rows(hand) == ["T1-000001 | 1 | not left yet"] * 2

    give_pin(hand, hand.shop.demo_pins["manager"])

    assert rows(hand) == ["T1-000001 | 1 | moved to another visitor"] * 2
    assert news(hand) == "T1-000001 moved to E••••••21. Result for this visitor: Within the allowance."
    hand.press(Key.Key_Return)
    assert rows(hand) == ["T1-000001 | 1 | not left yet | moved to this visitor"] * 2


def test_what_was_moved_away_is_not_moved_again_from_here(boss: Hand) -> None:
    sell(boss.shop, ZHANG_WEI, boss.goods("toy"))
    boss.shop.visits.move_quota("T1-000001", "A", typed(LI), person(boss, "manager"))
    show(boss)
    boss.press(Key.Key_F9)
    assert news(boss) == "T1-000001 was already moved to another visitor."


def test_the_goods_of_a_voided_sale_are_not_offered_to_another_visitor(hand: Hand) -> None:
    sale = sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    granted = Approval(person(hand, "manager"), frozenset({"void_sale"}), "void", frozenset({void_requirement(sale)}))
    hand.shop.void_sale.from_counter(VoidOrder("void", sale.receipt, "Rung up wrongly", "amina"), granted)
    nothing = "Visitor A has no goods with an allowance on receipt T1-000001."
    show(hand)
    hand.press(Key.Key_F9)
    by_the_row = page(hand).bar.isHidden(), news(hand)
    hand.press(Key.Key_F4)
    QTest.keyClicks(page(hand).receipt.receipt, sale.receipt)
    hand.press(Key.Key_Return)
    assert by_the_row == (True, nothing)
    assert page(hand).bar.isHidden()
    assert nothing in everything_said(hand)


def test_only_what_did_not_come_back_moves_to_another_visitor(boss: Hand) -> None:
    sale = sell(boss.shop, ZHANG_WEI, boss.goods("toy"), quantity=3)
    back = ReturnOrder("back", sale.receipt, (ReturnLine(0, 1),), "cash", CNY, "broken", "amina")
    boss.shop.return_by_ticket.from_counter(back)
    show(boss)
    boss.press(Key.Key_F9)
    assert "2 pieces of visitor A" in everything_said(boss)


def test_a_manager_moves_by_the_receipt_in_the_hand_after_one_question(boss: Hand) -> None:
    sell(boss.shop, ZHANG_WEI, boss.goods("toy"))
    boss.press(Key.Key_F4)
    QTest.keyClicks(page(boss).receipt.receipt, "T1-000001")
    boss.press(Key.Key_Return)
    boss.wait()
    assert "1 piece of visitor A" in everything_said(boss)
    type_document(boss, LI)
    assert news(boss) == "Move the goods of A on T1-000001 to E••••••21."

    boss.press(Key.Key_Return)

    assert news(boss).startswith("T1-000001 moved to E••••••21.")


def test_what_a_move_means_for_the_right_visitor_is_reported_when_it_is_too_much(boss: Hand) -> None:
    sell(boss.shop, ZHANG_WEI, boss.goods("watch"))
    sell(boss.shop, typed(LI), boss.goods("toy"))
    boss.shop.visits.record_departure(typed(LI), person(boss, "manager"))
    show(boss)
    boss.press(Key.Key_F9)
    type_document(boss, LI)
    boss.press(Key.Key_Return)
    assert "Result for this visitor: Over: to declare." in news(boss)


def test_a_scanned_receipt_begins_the_step(boss: Hand) -> None:
    sell(boss.shop, ZHANG_WEI, boss.goods("toy"))
    boss.till.window.scanned("T1-000001")
    boss.wait()
    assert page(boss).receipt.receipt.text() == "T1-000001"
    boss.press(Key.Key_Return)
    boss.wait()
    assert page(boss).bar.text == "Scan the correct visitor's document."


def test_a_receipt_that_is_not_there_or_a_letter_not_on_it_is_reported(hand: Hand) -> None:
    sell(hand.shop, ZHANG_WEI, hand.goods("toy"))
    hand.press(Key.Key_F4)
    for receipt, label in (("T1-000099", "A"), ("T1-000001", "C")):
        page(hand).receipt.receipt.setText(receipt)
        page(hand).receipt.label.setText(label)
        page(hand).receipt.receipt_given.emit(receipt, label)
        hand.wait()
        assert page(hand).receipt.sentence != ""
        assert page(hand).bar.text == ""


def test_a_document_half_typed_outlives_the_key_pressed_again(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("E0000")
    hand.press(Key.Key_F3)

    assert page(hand).form._number.text() == "E0000"


def test_a_document_that_is_typed_stays_until_the_store_has_found_its_holder(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_arguments: object) -> None:
        raise Collided("store")

    form = page(hand).form
    number, _country, born = form.findChildren(QLineEdit)
    with monkeypatch.context() as patch:
        patch.setattr(ShowVisitor, "__call__", lost)
        type_document(hand, LI)
    refused = form.isVisible(), number.text()
    born.setFocus()
    hand.press(Key.Key_Return)

    assert refused == (True, LI[1])
    assert page(hand).controller.account is not None
    assert (form.isVisible(), number.text()) == (False, "")


def test_a_receipt_half_typed_outlives_the_key_pressed_again(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.type("T1-0000")
    hand.press(Key.Key_F4)

    assert page(hand).receipt.receipt.text() == "T1-0000"


def test_a_step_that_was_given_up_before_the_store_answered_does_not_wait_for_the_next_document(boss: Hand) -> None:
    sale = sell(boss.shop, ZHANG_WEI, boss.goods("food.sweets"))
    gate = Event()
    page(boss).visit_steps.ask_receipt()
    boss.till.session.background.run(gate.wait, lambda _done: None, lambda _error: None)
    page(boss).receipt.receipt_given.emit(sale.receipt, "A")
    page(boss).key_handlers["back"]()
    gate.set()
    boss.wait()
    show(boss)

    assert page(boss).bar.isHidden()
    assert news(boss) == ""
    assert rows(boss)


def test_a_document_typed_while_the_one_scanned_before_is_read_keeps_the_cursor(hand: Hand) -> None:
    with SlowStore(hand) as slow:
        page(hand).document_scanned(PASSPORT)
        slow.press(Key.Key_F3)
        slow.type("E12")
    slow.type("34")

    assert page(hand).form.findChildren(QLineEdit)[0].text() == "E1234"
    assert page(hand).controller.account is not None


def test_a_key_behind_a_document_concerns_no_visitor_of_before(hand: Hand) -> None:
    sell_yesterday(hand, ZHANG_WEI, hand.goods("food.sweets"))
    show(hand)
    with SlowStore(hand) as slow:
        hand.till.window.document_scanned(a_passport(1))
        meanwhile = rows(hand), page(hand).person.isVisible()
        for key, modifier in ((Key.Key_F6, NO_MODIFIER), (Key.Key_O, CONTROL)):
            slow.press(key, modifier)
    shown = page(hand).controller.account

    assert meanwhile == ([], False)
    assert (news(hand), page(hand).bar.isHidden()) == ("", True)
    assert shown is not None
    assert shown.visitor.name != ZHANG_WEI.masked_name


def test_no_visitor_of_before_stands_there_where_the_next_one_cannot_be_read(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_arguments: object) -> None:
        raise Collided("store")

    show(hand)
    with monkeypatch.context() as patch:
        patch.setattr(ShowVisitor, "__call__", lost)
        show(hand, a_passport(1))

    assert (page(hand).controller.account, page(hand).person.isVisible()) == (None, False)
