"""A desk with a provider whose customer does what the test says."""

from __future__ import annotations

import pytest

from pos.payments.practice_provider import PracticeProvider
from tests.payments.desk import Desk, Line
from tests.shops import DemoShop


@pytest.fixture
def customer() -> PracticeProvider:
    return PracticeProvider(name="wechat")


@pytest.fixture
def desk(shop: DemoShop, customer: PracticeProvider) -> Desk:
    return Desk(shop, Line(customer))
