"""Money at payment providers that no sale has: it is said at the sign-in, listed, looked up and given back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.outside_partners.charge_customer import ChargeRequest
from pos.application.ports.partner_ports import PracticeOutcome
from pos.application.shop.shop import Shop
from pos.domain.money import Money
from pos.domain.outside_partners.answers import Declined
from pos.domain.outside_partners.attempt import AttemptState, PartnerAttempt
from pos.domain.outside_partners.payment_code import payment_code
from pos.ui.sales.parked.screen import ParkedScreen
from tests.horgos import CNY
from tests.ui.at_the_counter import Hand, close_till
from tests.ui.sales.provider_counter import CODE, Customers, attempts, counter, pay_by_code
from tests.ui.sales.test_parked import resume_left, started_again, stopped

Key = Qt.Key
At = tuple[Hand, Customers]


@pytest.fixture
def at_counter(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[At]:
    with counter(qapp, qtbot, tmp_path) as both:
        yield both


def charged(hand: Hand, provider: str, method: str = "qr") -> PartnerAttempt:
    """A charge for a sale that no till has in hand."""
    code = payment_code(CODE) if provider == "wechat" else None
    request = ChargeRequest("a-sale-of-before", provider, method, Money(4_800, CNY), "amina", code)
    begun = hand.shop.charge_at_provider.begin(request)
    return hand.shop.partner_worker.send(begun.number)


def listed(hand: Hand) -> tuple[ParkedScreen, list[tuple[str, str, str]]]:
    """The parked page, and its tenders: what, amount, state."""
    hand.till.window.show_screen("parked")
    hand.wait()
    page = hand.till.window.screen_at("parked")
    assert isinstance(page, ParkedScreen)
    model = page.tenders.model()
    rows = [model.text(index) for index in range(model.rowCount())]  # type: ignore[attr-defined]  # of ParkedModel
    return page, [(row.title, row.amount, row.state) for row in rows]


def signed_in_again(hand: Hand) -> str:
    said: list[str] = []
    hand.till.session.notified.connect(lambda shown: said.append(f"{shown.kind}: {shown.news().text}"))
    hand.till.session.take_person(None)
    hand.sign_in()
    return "\n".join(said)


def test_money_without_a_sale_is_said_and_given_back(at_counter: At) -> None:
    hand, customers = at_counter
    charge = charged(hand, "wechat")
    said = signed_in_again(hand)
    page, rows = listed(hand)
    words = page.settle_button.text(), page.other_button.isVisible()
    hand.press(Key.Key_F9)
    for _ in range(3):
        hand.wait(1_000)

    assert "1 payment at a provider needs you" in said
    assert rows == [(f"WeChat Pay · Payment · {charge.reference}", "¥ 48.00".replace(" ", rows[0][1][1]), rows[0][2])]
    assert rows[0][2] == "paid, without a sale"
    assert words == ("Refund", False)
    assert customers.line.calls == ["charge", "refund"]
    assert listed(hand)[1] == []


@pytest.mark.parametrize(("key", "state"), [(Key.Key_F9, AttemptState.DONE), (Key.Key_F8, AttemptState.REFUSED)])
def test_a_person_says_what_they_saw_and_nothing_is_chosen_before(
    at_counter: At, key: Qt.Key, state: AttemptState
) -> None:
    hand, _customers = at_counter
    charge = charged(hand, "terminal", "card")
    page, rows = listed(hand)
    words = page.settle_button.text(), page.other_button.text()
    hand.press(key)

    after = hand.shop.open_attempts.with_number(charge.number)
    assert rows[0][2] == "to be checked by a person"
    assert words == ("It was paid", "It was not paid")
    assert after is not None
    assert after.state is state
    assert after.decision is not None
    assert after.decision.person == "amina"


def news_on_show(hand: Hand) -> str:
    """The kind of the notice that the window shows."""
    shown = hand.till.window.work.shown_notice
    return "" if shown is None else shown.kind


def all_said(hand: Hand) -> list[str]:
    """Every notice of the window from now on."""
    said: list[str] = []
    hand.till.session.notified.connect(lambda shown: said.append(f"{shown.kind}: {shown.news().text}"))
    return said


def test_money_that_comes_after_esc_is_said_and_goes_back_by_itself(
    at_counter: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, customers = at_counter
    customers.choose(PracticeOutcome.WAITS)
    pay_by_code(hand)
    said = all_said(hand)
    monkeypatch.setattr(customers.line, "undo", customers.line.ask, raising=False)  # it was paid meanwhile
    customers.choose(PracticeOutcome.PAYS)
    hand.press(Key.Key_Escape)
    for _ in range(4):
        hand.wait(1_000)

    late, back = [one.replace("\xa0", " ") for one in said if one.startswith(("payment.late", "payment.back"))]
    assert late == "payment.late: ¥ 9.50 was paid through WeChat Pay and is not needed. It goes back automatically."
    assert back == "payment.back: ¥ 9.50 has gone back through WeChat Pay."
    assert [one.state for one in attempts(hand)] == [AttemptState.DONE]
    assert hand.shop.show_sale.last() is None
    assert listed(hand)[1] == []


def test_a_refund_that_the_provider_refuses_is_said_and_left_to_a_person(
    at_counter: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, customers = at_counter
    charged(hand, "wechat")
    with monkeypatch.context() as refusing:
        refusing.setattr(customers.line, "refund", lambda *_: Declined("account"), raising=False)
        said = all_said(hand)
        listed(hand)
        hand.press(Key.Key_F9)
        for _ in range(3):
            hand.wait(1_000)
    page, rows = listed(hand)
    assert said[-1].replace("\xa0", " ") == (
        "payment.refund_refused: WeChat Pay has not refunded ¥ 48.00. Ask again, or refund it in another way. "
        "Reason: the account cannot be used"
    )
    assert [row[2] for row in rows] == ["to refund"]
    assert (page.settle_button.text(), page.other_button.text()) == ("Mark as refunded", "Ask for the refund again")
    assert news_on_show(hand) == "payment.refund_refused"

    hand.press(Key.Key_F8)
    for _ in range(3):
        hand.wait(1_000)
    assert listed(hand)[1] == []
    assert news_on_show(hand) != "payment.refund_refused"


def test_every_person_who_signs_in_is_shown_what_waits_for_one(at_counter: At) -> None:
    hand, _customers = at_counter
    charged(hand, "wechat")
    said = [signed_in_again(hand) for _ in range(2)]

    assert ["1 payment at a provider needs you" in one for one in said] == [True, True]


def test_a_refused_refund_hides_no_other_payment_that_needs_a_person(
    at_counter: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, customers = at_counter
    charged(hand, "wechat")
    monkeypatch.setattr(customers.line, "refund", lambda *_: Declined("account"), raising=False)
    listed(hand)
    hand.press(Key.Key_F9)
    for _ in range(3):
        hand.wait(1_000)
    hand.till.session.go("checkout")
    hand.wait()
    said = all_said(hand)
    other = charged(hand, "terminal", "card")
    hand.till.session.partners.take(other, hand.shop.now())
    hand.wait()

    assert [one.split(":")[0] for one in said] == ["payment.look"]


@contextmanager
def restarted(
    app: QApplication, qtbot: QtBot, folder: Path, patch: pytest.MonkeyPatch, customers: Customers
) -> Iterator[Hand]:
    """The program after it was stopped, with the same customers."""
    usual = main.build

    def with_customers(*how: object, **also: object) -> Shop:
        shop = usual(*how, **also)  # type: ignore[arg-type]  # as it was called
        vars(shop.adapters)["providers"] = customers
        return shop

    patch.setattr(main, "build", with_customers)
    again = started_again(app, qtbot, folder)
    try:
        yield again
    finally:
        close_till(again)


def test_a_payment_that_came_to_nothing_while_the_till_was_stopped_is_said(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counter(qapp, qtbot, tmp_path, closes=False) as (hand, customers):
        customers.choose(PracticeOutcome.WAITS)
        pay_by_code(hand)
    stopped(hand)
    with restarted(qapp, qtbot, tmp_path, monkeypatch, customers) as again:
        said = all_said(again)
        customers.choose(PracticeOutcome.REFUSES)
        for _ in range(3):
            again.wait(1_000)

        assert [one.replace("\xa0", " ") for one in said if one.startswith("payment.")] == [
            "payment.not_paid: WeChat Pay: ¥ 9.50 was not paid. The till had stopped during this payment."
        ]


def test_a_basket_that_was_left_names_no_money_that_was_refunded_since(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counter(qapp, qtbot, tmp_path, closes=False) as (hand, customers):
        customers.choose(PracticeOutcome.PAYS)
        hand.show_passport()
        hand.scan(hand.goods("food.sweets").code)
        hand.open_payment()
        hand.type("1")
        hand.scan(CODE)
        assert hand.payment.given() is not None
        hand.wait(50)
    stopped(hand)
    with restarted(qapp, qtbot, tmp_path, monkeypatch, customers) as again:
        page, [(_, _, state)] = listed(again)
        before = page.baskets.model().text(0).remark  # type: ignore[attr-defined]  # of ParkedModel
        again.press(Key.Key_F9)
        again.wait(50)
        after = page.baskets.model().text(0).remark  # type: ignore[attr-defined]  # of ParkedModel

        assert state == "paid, without a sale"
        assert "Already received for this sale: QR wallet" in before
        assert "received" not in after


def test_after_a_restart_the_money_that_came_meanwhile_pays_the_basket(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counter(qapp, qtbot, tmp_path, closes=False) as (hand, customers):
        customers.choose(PracticeOutcome.WAITS)
        pay_by_code(hand)
        [waiting] = attempts(hand)
    stopped(hand)
    customers.choose(PracticeOutcome.PAYS)
    with restarted(qapp, qtbot, tmp_path, monkeypatch, customers) as again:
        for _ in range(3):
            again.wait(1_000)
        resume_left(again)
        again.open_payment()
        kept = again.payment.given()
        again.press(Key.Key_F12)

        assert waiting.state is AttemptState.WAITING
        assert kept is not None
        assert [(one.id, one.provider) for one in kept.tenders] == [(waiting.number, "wechat")]
        assert again.screen_id == "paid"
        assert customers.line.calls.count("charge") == 1
