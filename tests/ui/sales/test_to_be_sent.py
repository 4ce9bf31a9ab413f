"""Goods that are sent, through the real window: the form of the parcel, its card, what the payment waits for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.application.sales.basket_json import basket_json
from pos.application.sales.order import SaleOrder
from pos.application.settings.set_setting import SetSetting
from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Attributes
from pos.domain.quota.rule import Verdict
from pos.domain.sales.parcel import Parcel, Recipient
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.quota.quota_words import gauge_view
from pos.ui.sales.customer.basket_words import BasketWriter
from pos.ui.sales.customer.speech import Speech
from pos.ui.sales.parcel.parcel_form import ParcelForm
from pos.ui.sales.parked.basket_file import AutosavedBasket, BasketFile
from pos.ui.widgets.cards.quota_gauge import GaugeState
from pos.ui.widgets.cards.verdict_card import VerdictCard
from pos.ui.widgets.drawing.text_label import TextLabel
from pos.ui.widgets.drawing.tone import Tone
from tests.builders import a_cart, a_rate_table
from tests.ui.at_the_counter import NOON, Hand, a_passport, close_till, open_till

Key, SHIFT, CONTROL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
BY_POST = Parcel("Kazpost", 2350)
AIGERIM = Recipient("A. Seitova", "Almaty, Abay 7")


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    sends(opened)
    yield opened
    close_till(opened)


def boss_of(hand: Hand) -> Person:
    return next(one for one in hand.shop.sign_in.people() if one.role == "manager")


def sends(hand: Hand) -> None:
    """The shop has rules for parcels to both sides."""
    for name, rules in (("parcel_regime_kz", "kz-parcel"), ("parcel_regime_cn", "cn-cross-border")):
        SetSetting(hand.shop.context)(boss_of(hand), name, rules)
    hand.till.session.take_settings(hand.shop.settings())


def form(hand: Hand) -> ParcelForm:
    return hand.checkout.parcel.form


def card(hand: Hand) -> str:
    """What the card of the parcel says; nothing where it is not on show."""
    shown = hand.checkout.panel.parcel
    return _plain(" / ".join(shown.words)) if shown.isVisible() else ""


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def a_basket(hand: Hand, side: str = "KZ") -> None:
    hand.scan(hand.goods("food.sweets").code)
    hand.show_passport()
    hand.checkout.counter.leave_to(side)
    hand.wait()


def ask(hand: Hand) -> None:
    hand.press(Key.Key_F8, SHIFT)


def tap(hand: Hand, button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    hand.wait(450)


def fill_in(hand: Hand, *texts: str) -> None:
    """Type the fields from the one with the cursor on, each with its Enter."""
    for text in texts:
        hand.type(text)
        hand.wait(450)
        hand.press(Key.Key_Return)
    hand.wait(450)


def send(hand: Hand, weight: str = "2.35") -> None:
    ask(hand)
    service = [] if form(hand).service.text() else ["Kazpost"]  # that of the last parcel stands there
    fill_in(hand, *service, weight, "A. Seitova", "Almaty, Abay 7")


def next_customer(hand: Hand) -> None:
    hand.checkout.counter.start_new()
    hand.wait(450)
    hand.heard.sounds.clear()


def test_goods_are_sent_by_keys_or_by_finger_and_each_step_is_judged_at_once_and_undone(hand: Hand) -> None:
    a_basket(hand)
    send(hand)  # with the cursor in the field for scans

    assert (hand.view.parcel, hand.view.recipient) == (BY_POST, AIGERIM)
    assert not form(hand).isVisible()
    assert card(hand) == (
        "To be sent / Kazpost · 2.350 kg / A. Seitova · Almaty, Abay 7 / Parcel to Kazakhstan · medium confidence"
    )
    assert [gauge.accessibleName() for gauge in hand.checkout.panel.gauges()] == ["Goods", "Weight"]
    hand.press(Key.Key_F8)
    assert hand.view.shown_verdict is Verdict.DUTY
    assert "The positive list of cross-border goods is not checked." in card(hand)
    advice = hand.checkout.counter.advice
    assert advice is not None
    assert advice.leave is None, "every parcel there is taxed: to remove all of it is no advice"
    hand.press(Key.Key_Z, CONTROL)

    hand.till.session.speak("ru")
    tap(hand, hand.checkout.panel.parcel.change)
    names = [field.accessibleName() for field in form(hand).fields()]
    assert names == ["Служба доставки", "Вес посылки, кг", "Получатель", "Адрес"]
    assert form(hand).rules == "Посылка в Казахстан · надёжность средняя"
    assert [field.text() for field in form(hand).fields()] == ["Kazpost", "2,350", "A. Seitova", "Almaty, Abay 7"]
    form(hand).weight.setText("40,5")
    hand.till.session.speak("en")
    form(hand).weight.setText("40")
    tap(hand, form(hand).take)
    assert (hand.view.parcel, hand.view.shown_verdict) == (replace(BY_POST, grams=40_000), Verdict.DUTY)

    tap(hand, hand.checkout.panel.parcel.remove)
    assert (hand.view.parcel, card(hand)) == (None, "")
    for parcel in (replace(BY_POST, grams=40_000), BY_POST, None):
        hand.press(Key.Key_Z, CONTROL)
        assert hand.view.parcel == parcel


def test_a_slip_is_refused_as_by_a_file_and_a_cancelled_form_sends_nothing(hand: Hand) -> None:
    a_basket(hand)
    ask(hand)
    typed = ("Kazpost", "2.35", "A. Seitova", "Almaty")
    slips = {
        (0, ""): "Delivery service is missing.",
        (1, "heavy"): "Weight of the parcel: “heavy” is not a number.",
        (1, "100.001"): "Weight of the parcel: “100.001” is out of range.",
        (1, "2.3505"): "Weight of the parcel: “2.3505” has too many decimals.",
        (1, "0.001"): "The goods weigh 0.067 kg, and the parcel only 0.001 kg. Weigh it with its packing.",
        (2, ""): "Recipient is missing.",
        (3, ""): "Address is missing.",
    }
    for (field, text), sentence in slips.items():
        for edit, good in zip(form(hand).fields(), typed, strict=True):
            edit.setText(good)
        form(hand).fields()[field].setText(text)
        form(hand).take.click()
        hand.wait()
        assert (form(hand).sentence, hand.view.parcel) == (sentence, None)
        assert form(hand).fields()[field].hasFocus()
    assert hand.heard.sounds.count(Sound.REFUSE) == len(slips)
    hand.press(Key.Key_Escape)
    assert (form(hand).isVisible(), hand.view.parcel) == (False, None)

    ask(hand)
    hand.type("Kazpost")
    hand.press(Key.Key_F12)
    assert (hand.screen_id, form(hand).isVisible()) == ("checkout", True)
    assert "Press Enter to accept this entry" in hand.news
    hand.scan(hand.goods("food.honey").code)
    assert (form(hand).service.text(), len(hand.view.lines)) == ("Kazpost", 2)
    for _ in range(2):
        hand.press(Key.Key_Return)
    assert form(hand).weight.hasFocus(), "an Enter pressed twice leaves no field out"
    hand.wait(450)
    fill_in(hand, "2,35", "A. Seitova")
    hand.type("Almaty, Abay 7")
    steps = hand.view.last_step
    for _ in range(2):
        hand.typing.press(Key.Key_Return)
    hand.wait(450)
    assert (hand.view.parcel, hand.view.last_step) == (BY_POST, steps + 1)


def test_the_key_of_the_parcel_pressed_again_keeps_what_is_typed(hand: Hand) -> None:
    a_basket(hand)
    ask(hand)
    fill_in(hand, "Kazpost", "2.35")
    hand.type("A. Seitova")
    hand.wait(450)
    ask(hand)

    assert [field.text() for field in form(hand).fields()] == ["Kazpost", "2.35", "A. Seitova", ""]
    assert form(hand).address.hasFocus()
    hand.press(Key.Key_F12)
    assert (hand.screen_id, hand.view.parcel) == ("checkout", None), "it would be sold as carried"
    hand.wait(450)
    fill_in(hand, "Almaty, Abay 7")
    assert (hand.view.parcel, hand.view.recipient) == (BY_POST, AIGERIM)


def test_a_form_in_which_nothing_is_typed_yet_is_not_paid_over(hand: Hand) -> None:
    a_basket(hand)
    ask(hand)
    hand.press(Key.Key_F12)
    assert (hand.screen_id, form(hand).isVisible()) == ("checkout", True)
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F12)
    assert (hand.screen_id, hand.view.parcel) == ("payment", None)


def test_tax_at_a_rate_that_is_not_known_is_neither_within_nor_left_out_of_a_sum_in_silence(hand: Hand) -> None:
    hand.scan(hand.goods("alcohol.spirit").code)
    hand.show_passport()
    hand.checkout.counter.leave_to("CN")
    hand.wait()
    send(hand, "9")
    verdict = hand.checkout.panel.findChild(VerdictCard)
    assert isinstance(verdict, VerdictCard)
    note = (hand.view.shown_verdict, verdict.accessibleName(), verdict.property("surface"))
    assert note == (Verdict.NOTE, "Customs decides about this parcel", Tone.NEARLY.value)
    rules = next(iter(hand.view.quota.values())).rules
    rule = next(one for one in rules if one.verdict is Verdict.NOTE)
    regime = hand.shop.regimes()["cn-cross-border"]
    assert gauge_view(rule, regime, Translator.english()).state is GaugeState.NEARLY, "and the gauge is no green one"

    hand.scan(hand.goods("food.sweets").code)
    assert hand.view.shown_verdict is Verdict.DUTY
    said = verdict.accessibleDescription()
    assert "Alcohol, rate not known: not in this sum, customs decides." in said
    assert "Remove" not in said, "without the sweets the parcel is taxed all the same"


def test_what_a_parcel_lacks_is_said_in_one_sentence_before_money_is_taken(hand: Hand) -> None:
    ask(hand)
    assert "The basket is empty" in hand.news
    a_basket(hand)
    hand.scan(a_passport(7))
    ask(hand)
    assert "one buyer with a document" in hand.news
    hand.press(Key.Key_Z, CONTROL)
    send(hand)
    hand.scan(a_passport(7))
    assert len(hand.view.visitors) == 1
    assert "one buyer with a document, and no second one" in hand.news

    sweets = hand.goods("food.sweets")
    hand.shop.fill_in(sweets.id, boss_of(hand), attributes=Attributes(gross_kg=Decimal("1.3")))
    next_customer(hand)
    a_basket(hand)
    send(hand)
    hand.scan(sweets.code)
    assert hand.view.shown_verdict is Verdict.UNKNOWN
    assert "The goods weigh 2.6 kg" in card(hand)
    hand.press(Key.Key_F12)
    assert "The goods weigh 2.6 kg" in hand.checkout.page.question.text
    hand.wait(450)
    hand.press(Key.Key_F1, SHIFT)
    assert form(hand).weight.hasFocus()
    hand.type("3")
    hand.wait(450)
    hand.press(Key.Key_Return)
    assert (hand.view.parcel, hand.view.open_questions) == (replace(BY_POST, grams=3000), ())

    next_customer(hand)
    SetSetting(hand.shop.context)(boss_of(hand), "parcel_regime_kz", "")
    hand.till.session.take_settings(hand.shop.settings())
    a_basket(hand)
    ask(hand)
    assert "no rules for parcels to this destination" in hand.news
    assert not form(hand).isVisible()


def test_a_parcel_is_parked_resumed_and_paid_and_nobody_reads_over_the_counter_to_whom_it_goes(hand: Hand) -> None:
    a_basket(hand)
    send(hand)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    assert card(hand) == ""
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    assert (hand.view.parcel, hand.view.recipient) == (BY_POST, AIGERIM)
    assert "A. Seitova" in card(hand)
    words = str(BasketWriter().displayed(hand.view, Speech((hand.till.session.translator,))))
    assert "To be sent · Kazpost" in words
    assert "Almaty" not in words
    assert "Seitova" not in words

    hand.open_payment()
    hand.wait(30)
    assert hand.payment.due._caption.text().endswith(" · To be sent")
    hand.press(Key.Key_F12)
    hand.wait(30)

    assert hand.screen_id == "paid"
    labels = [_plain(label.text()) for label in hand.paid.findChildren(TextLabel) if label.isVisible()]
    assert {"To be sent", "Kazpost · 2.350 kg", "To Kazakhstan"} <= set(labels)
    assert "Almaty" not in str(labels)
    hand.press(Key.Key_F12)
    assert (card(hand), hand.view.parcel) == ("", None)


def test_a_parcel_open_when_the_till_stopped_keeps_its_address_for_its_days(tmp_path: Path) -> None:
    order = SaleOrder(
        "k", "T9", "amina", a_cart("9.50"), (), "KZ", "kz-parcel", a_rate_table(), parcel=BY_POST, recipient=AIGERIM
    )
    file, left = BasketFile(tmp_path, "T9"), tmp_path / "baskets-left-T9.json"
    file.keep(AutosavedBasket(basket_json(order, NOON.date()), "amina", NOON))

    [basket] = file.begin()
    assert basket.summary.parcel == BY_POST
    file.forget_addresses(NOON)
    assert "Abay 7" in left.read_text(encoding="utf-8")
    file.forget_addresses(NOON + timedelta(seconds=1))
    assert "Abay 7" not in left.read_text(encoding="utf-8")
    assert "Abay 7" not in basket.addressed_since(NOON + timedelta(seconds=1)).text
    file.end()
