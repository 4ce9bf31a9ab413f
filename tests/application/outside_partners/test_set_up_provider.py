"""The account of a provider is changed only when nothing of it is open."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from pos.application.outside_partners.refusals import AccountInUse
from pos.application.outside_partners.set_up_provider import SetUpProvider
from pos.application.ports.partner_ports import PracticeOutcome
from pos.keys.credentials import CredentialFile
from pos.payments.kaspi_pairing import KaspiPairing
from pos.payments.practice_provider import PracticeProvider
from pos.payments.providers_of_till import PracticeProviders
from tests.payments import fake_wechat
from tests.payments.desk import Desk, Line
from tests.shops import SWEETS, DemoShop


@pytest.fixture
def set_up(desk: Desk, tmp_path: Path) -> SetUpProvider:
    """WeChat as it is kept at the till."""
    kept = CredentialFile(tmp_path / "credentials.json", desk.shop.till)
    step = SetUpProvider(desk.shop.context, PracticeProviders(), kept, KaspiPairing())
    step.change("wechat", fake_wechat.credentials(), desk.shop.person("manager"))
    return step


def test_while_a_payment_is_open_no_other_account_is_used(
    set_up: SetUpProvider, desk: Desk, customer: PracticeProvider
) -> None:
    manager = desk.shop.person("manager")
    customer.choose(PracticeOutcome.WAITS)
    desk.pay(desk.shop.basket(SWEETS))

    for change in (
        partial(set_up.change, "wechat", {"merchant_id": "1900000109"}, manager),
        partial(set_up.forget, "wechat", manager),
    ):
        with pytest.raises(AccountInUse) as refused:
            change()
        assert (refused.value.provider, refused.value.attempts) == ("wechat", 1)
    set_up.change("wechat", {"store_id": "12"}, manager)  # the same account

    assert set_up.show(manager)[0].values["merchant_id"] == fake_wechat.credentials()["merchant_id"]


def test_when_all_is_settled_the_account_may_be_another(set_up: SetUpProvider, desk: Desk) -> None:
    manager = desk.shop.person("manager")
    checkout = desk.shop.basket(SWEETS)
    desk.finish(checkout, desk.pay(checkout))

    assert set_up.change("wechat", {"merchant_id": "1900000109"}, manager).values["merchant_id"] == "1900000109"
    assert set_up.forget("wechat", manager).kept == frozenset()


class AllowedOnItsScreen:
    """Implements `TerminalPairing` with a terminal whose person always allows it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def certificate_shown(self, _address: str) -> str:
        return "bb" * 32

    def pair(self, address: str, certificate: str, till_name: str) -> dict[str, str]:
        self.asked.append(certificate)
        tokens = {"access_token": "a", "refresh_token": "r"}
        return {"address": address, "certificate": certificate, "till_name": till_name, **tokens}


def test_another_terminal_is_not_asked_while_a_payment_is_open_on_the_one_before(
    shop: DemoShop, tmp_path: Path
) -> None:
    manager, terminal = shop.person("manager"), AllowedOnItsScreen()
    customer = PracticeProvider(name="kaspi")
    desk, kept = Desk(shop, Line(customer)), CredentialFile(tmp_path / "credentials.json", shop.till)
    step = SetUpProvider(shop.context, PracticeProviders(), kept, terminal)
    first, second = "aa" * 32, "bb" * 32
    step.pair("kaspi", "10.0.0.7", first, "T1", manager)
    customer.choose(PracticeOutcome.WAITS)
    desk.pay(shop.basket(SWEETS))

    with pytest.raises(AccountInUse):
        step.pair("kaspi", "10.0.0.8", second, "T1", manager)
    step.pair("kaspi", "10.0.0.9", first, "T1", manager)  # the same terminal has another address

    assert terminal.asked == [first, first]
