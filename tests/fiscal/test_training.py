"""A training sells for practice: no register hears of it, whatever the shop has chosen."""

from __future__ import annotations

from pathlib import Path

from db.seed.border_demo import demo_in_force
from db.seed.training_shop import make_training
from tests.fiscal.fake_webkassa import FakeWebkassa
from tests.fiscal.shops import with_register
from tests.shops import DemoShop


def test_a_training_of_a_shop_with_a_register_has_none(shop: DemoShop, tmp_path: Path) -> None:
    folder = tmp_path / "training"
    folder.mkdir()
    training = DemoShop(folder)
    with FakeWebkassa() as server:
        till = with_register(shop, server)
        make_training(shop.store, training.store, shop.now(), "T1", demo_in_force)
        assert shop.settings().register_kind is not None
        assert training.settings().register_kind is None
        assert server.seen == []
        assert till.makes == []
    training.close()
