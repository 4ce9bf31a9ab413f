"""What a new shop still needs is seen from what is in its books."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.settings.first_steps import FirstStep, ShowFirstSteps
from pos.application.settings.found_shop import FoundShop
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money
from tests.horgos import CNY
from tests.shops import DemoShop

PIN = "908172"


def test_each_step_is_seen_done_by_what_is_in_the_books(tmp_path: Path) -> None:
    shop = DemoShop(tmp_path)
    dana = FoundShop(shop.context)("Silk Gate", "Asia/Almaty", "Dana", PIN, PIN)
    first_steps = ShowFirstSteps(shop.context)
    seen = [first_steps(dana)]

    shop.set("receipt_languages", "zh,ru")  # as it was: saved, so someone has looked
    seen.append(first_steps(dana))
    shop.set_rate(dana, CNY, Decimal("72.4"), Decimal("72.8"), None, None)
    seen.append(first_steps(dana))
    shop.staff.add(dana, "amina", "Amina", "cashier")
    seen.append(first_steps(dana))
    shop.set("till_printers", "T1=folder")
    seen.append(first_steps(dana))
    with shop.store.begin() as work:
        work.products.add(GoodsRow("4870204321111", "Cognac", {}, None, Money(1, CNY), Attributes(), None), shop.now())
        work.commit()
    seen.append(first_steps(dana))
    with shop.store.begin() as work:
        work.stock.move(shop.find.show("4870204321111").product.id, 3, "receipt", shop.now(), "dana")
        work.commit()
    seen.append(first_steps(dana))
    shop.close()

    assert seen == [frozenset(list(FirstStep)[:taken]) for taken in range(7)]
