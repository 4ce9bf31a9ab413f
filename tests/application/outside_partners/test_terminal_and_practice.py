"""A terminal without a protocol goes through the same states; a training and a demo never reach a real partner."""

from __future__ import annotations

from pathlib import Path

import pytest

import main
from pos.application.ports.partner_ports import PracticeOutcome
from pos.application.settings.options import Options
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField
from pos.domain.outside_partners.attempt import AttemptState
from pos.keys.credentials import CredentialFile
from pos.payments.practice_provider import PracticeProvider
from pos.payments.providers_of_till import PracticeProviders, ProvidersOfTill
from pos.payments.typed_terminal import TypedTerminal
from tests.application.outside_partners.test_refunds_at_providers import brought_back, refunds
from tests.horgos import CNY
from tests.payments import fake_wechat
from tests.payments.desk import Desk, Line
from tests.payments.keys import clock
from tests.shops import SWEETS, DemoShop


@pytest.fixture
def terminal(shop: DemoShop) -> Desk:
    return Desk(shop, Line(TypedTerminal()))


def test_a_person_says_approved_and_the_number_of_the_slip_stands_with_the_payment(terminal: Desk) -> None:
    checkout = terminal.shop.basket(SWEETS)
    shown = terminal.pay(checkout)
    assert (shown.state, shown.reason) == (AttemptState.ASK_PERSON, "by_person")

    approved = terminal.decide(shown.number, done=True, reference=" 004211 ")

    tender = terminal.finish(checkout, approved).paid[0].tender
    assert (tender.provider, tender.reference) == ("terminal", "004211")


def test_declined_leaves_the_sale_to_be_paid_in_another_way(terminal: Desk) -> None:
    checkout = terminal.shop.basket(SWEETS)
    shown = terminal.pay(checkout)

    declined = terminal.decide(shown.number, done=False)

    assert declined.state is AttemptState.REFUSED
    assert terminal.shop.pay(checkout).paid[0].tender.provider == ""


def test_a_terminal_is_asked_of_the_person_again_after_a_restart(terminal: Desk) -> None:
    shown = terminal.pay(terminal.shop.basket(SWEETS))
    terminal.restart()
    terminal.worker.turn()

    assert [one.attempt.state for one in terminal.open()] == [AttemptState.ASK_PERSON]
    assert terminal.decide(shown.number, done=True).is_offered


def test_the_number_of_the_slip_is_asked_for_where_the_shop_wants_it(terminal: Desk) -> None:
    terminal.shop.set("qr_reference", "yes")
    shown = terminal.pay(terminal.shop.basket(SWEETS))

    with pytest.raises(BadField):
        terminal.decide(shown.number, done=True)
    assert terminal.decide(shown.number, done=True, reference="7").reference == "7"


def test_a_refund_at_the_terminal_is_noted_by_the_person_who_made_it(terminal: Desk) -> None:
    checkout = terminal.shop.basket(SWEETS)
    approved = terminal.decide(terminal.pay(checkout).number, done=True, reference="1")
    sale = terminal.finish(checkout, approved)
    brought_back(terminal, sale, "r-1")
    terminal.worker.turn()
    [asked] = refunds(terminal, approved)
    assert asked.state is AttemptState.ASK_PERSON

    terminal.decide(asked.number, done=True)

    assert terminal.open() == []


def test_no_setting_names_the_practice_and_no_real_shop_has_it(tmp_path: Path) -> None:
    for name in ("provider_qr", "provider_card"):
        with pytest.raises(BadField):
            Settings().with_text(name, "practice")
    real = ProvidersOfTill(CredentialFile(tmp_path / "credentials.json", "T1"), {}, clock)

    assert real.named("practice") is None
    assert (real.is_practice, PracticeProviders().is_practice) == (False, True)


@pytest.mark.parametrize("training", [False, True])
def test_a_demo_and_a_training_have_no_way_to_a_partner(tmp_path: Path, training: bool) -> None:
    shop = main.build(Options(data=tmp_path, demo=True), quick_pins=True, demo_size=60)
    shop.open()
    if training:
        shop.close()
        shop = main.build(Options(data=tmp_path, training=True), quick_pins=True, demo_size=60)
        shop.open()
    CredentialFile(shop.folder / "credentials.json", "T1").keep_provider("wechat", fake_wechat.credentials())

    providers = shop.adapters.providers

    assert providers.is_practice
    assert [providers.named(name) for name in ("wechat", "alipay", "kaspi", "terminal")] == [None] * 4
    assert isinstance(providers.named("practice"), PracticeProvider)
    assert shop.practice_buttons is not None
    assert shop.offered_providers("qr", CNY) == ["practice"]
    assert shop.offered_providers("card", CNY) == []
    shop.close()


def test_the_practice_stands_in_for_what_the_settings_name(shop: DemoShop) -> None:
    desk = Desk(shop, Line(PracticeProvider()), is_practice=True)
    shop.set("provider_qr", "wechat,alipay")

    assert desk.offered("qr", CNY) == ["practice"]
    assert desk.offered("card", CNY) == []


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (PracticeOutcome.PAYS, AttemptState.DONE),
        (PracticeOutcome.WAITS, AttemptState.WAITING),
        (PracticeOutcome.REFUSES, AttemptState.REFUSED),
        (PracticeOutcome.LINE_LOST, AttemptState.UNKNOWN),
    ],
)
def test_a_button_says_what_the_customer_of_a_training_does(
    desk: Desk, customer: PracticeProvider, outcome: PracticeOutcome, state: AttemptState
) -> None:
    customer.choose(outcome)

    assert desk.pay(desk.shop.basket(SWEETS)).state is state


def test_what_a_provider_needs_stands_in_the_file_of_the_till_and_leaves_it_alone(tmp_path: Path) -> None:
    file = CredentialFile(tmp_path / "credentials.json", "T1")
    CredentialFile(file.path, "T2").keep_provider("alipay", {"app_id": "2"})
    providers = ProvidersOfTill(file, {"wechat": "http://127.0.0.1:9"}, clock)
    assert providers.named("wechat") is None

    file.keep_provider("wechat", fake_wechat.credentials())
    made = providers.named("wechat")

    assert made is not None
    assert providers.named("wechat") is made
    assert file.read() is None
    file.forget()
    assert file.provider("wechat") == fake_wechat.credentials()
    file.keep_provider("wechat", {})
    assert providers.named("wechat") is None
    assert CredentialFile(file.path, "T2").provider("alipay") == {"app_id": "2"}
    assert file.path.stat().st_mode & 0o077 == 0
