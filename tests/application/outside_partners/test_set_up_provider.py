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
from tests.payments.desk import Desk
from tests.shops import SWEETS


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
