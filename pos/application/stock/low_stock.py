"""Low stock by reorder point and by sales rate, with a proposed order quantity."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pos.application.access.authorize import authorized_read
from pos.application.ports.store import UnitOfWork
from pos.application.purchasing.last_costs import LastCost, last_costs
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.application.text.json_amounts import cost_json
from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.product import Product
from pos.domain.money import Money
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.domain.stock.low_stock import Cover, Flow, days_on_hand
from pos.domain.workshop.recipe import Recipe, in_force

RIGHT = "stock"
"""The permission to see low stock."""


@dataclass(frozen=True, slots=True)
class LowGoods:
    """A product that is low; `supplier` is empty where none is on file.

    `last` is what its supplier's last delivery of it cost, None where that is unknown. `recipe` is the one by which the
    shop makes it: then a batch is proposed, and no order.
    """

    product: Product
    cover: Cover
    supplier: str = ""
    last: LastCost | None = None
    recipe: Recipe | None = None

    @property
    def to_order(self) -> int:
        """Pieces that an order proposes: none of what the shop makes itself."""
        return 0 if self.recipe is not None else self.cover.proposal

    @property
    def to_make(self) -> int:
        """Pieces that a batch proposes, in whole batches of the recipe."""
        return 0 if self.recipe is None else replace(self.cover, carton=self.recipe.quantity).proposal

    @property
    def cost(self) -> Money | None:
        """The cost of a piece that an order proposes; None: unknown."""
        return None if self.last is None else self.last.cost


class LowStock(UseCase):
    """Lists low stock, the most urgent first."""

    def __call__(self, person: Person, *, with_costs: bool = True) -> tuple[LowGoods, ...]:
        """Everything low, net of what open orders and batches will still bring; `with_costs`: with what it cost last.

        Raises NotAllowed.
        """
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            flows = work.low_stock.flows(at, settings.sales_history_days)
            sold = [key for key, product_flows in flows.items() if sum(flow.gone for flow in product_flows) > 0]
            low = _covers(work, {*sold, *work.low_stock.with_point()}, flows, at, settings)
            if with_costs:
                low = _with_costs(work, low)
        return tuple(sorted(low, key=lambda one: (one.cover.order, one.product.id)))

    def of_code(self, code: str, person: Person) -> LowGoods:
        """How long the stock of a code lasts, low or not. Raises UnknownCode, BadCheckDigit, NotAllowed."""
        canonical = read_code(code).canonical
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            product = work.products.by_code(canonical, at)
            if product is None:
                raise UnknownCode(canonical)
            flows = work.low_stock.flows(at, settings.sales_history_days, product.id)
            return _with_costs(work, _covers(work, {product.id}, flows, at, settings, only_low=False))[0]


def _covers(
    work: UnitOfWork,
    products: Collection[int],
    flows: Mapping[int, Sequence[Flow]],
    at: datetime,
    settings: Settings,
    *,
    only_low: bool = True,
) -> list[LowGoods]:
    """How long the stock of these products lasts; `only_low` leaves out those that last long enough."""
    days, levels = settings.sales_history_days, list(work.low_stock.levels(products))
    ordered = work.orders.outstanding(one.product for one in levels)
    making = work.batches.coming([one.product for one in levels])
    covers: dict[int, Cover] = {}
    for one in levels:
        product_flows = flows.get(one.product, ())
        sold = max(0, sum(flow.sold for flow in product_flows))
        used = max(0, sum(flow.used for flow in product_flows))
        there = days_on_hand(one.owned, days, product_flows) if sold or used else days
        cover = Cover(
            available=one.available,
            coming=ordered.get(one.product, 0),
            sold=sold,
            days=there,
            cover=settings.cover_days,
            reorder_point=one.reorder_point,
            used=used,
            making=making.get(one.product, 0),
        )
        if cover.is_low or not only_low:
            covers[one.product] = cover
    cartons = dict(work.low_stock.cartons(list(covers)))
    goods = work.products.by_ids(list(covers), at)
    names = {one.id: one.name for one in work.suppliers.all()}
    recipes = _recipes(work, list(covers), at.astimezone(settings.zone).date())
    return [
        LowGoods(
            goods[key],
            replace(cover, carton=cartons.get(key, 1)),
            names.get(goods[key].supplier or 0, ""),
            recipe=recipes.get(key),
        )
        for key, cover in covers.items()
        if key in goods
    ]


def _recipes(work: UnitOfWork, products: Sequence[int], today: date) -> dict[int, Recipe]:
    """The recipe by which each product is made today; of several the one with the lowest number."""
    versions: dict[int, list[Recipe]] = {}
    for one in work.recipes.making(products):
        versions.setdefault(one.number, []).append(one)
    made: dict[int, Recipe] = {}
    for number in sorted(versions):
        recipe = in_force(versions[number], today)
        if recipe is not None and not recipe.is_withdrawn:
            made.setdefault(recipe.product, recipe)
    return made


def _with_costs(work: UnitOfWork, goods: Sequence[LowGoods]) -> list[LowGoods]:
    """The goods with what each cost in the last delivery of its supplier; without one, in the last of all."""
    by_supplier: dict[int | None, list[int]] = {}
    for one in goods:
        by_supplier.setdefault(one.product.supplier, []).append(one.product.id)
    found: dict[int, LastCost] = {}
    for supplier, products in by_supplier.items():
        found.update(last_costs(work, products, supplier))
    return [replace(one, last=found.get(one.product.id)) for one in goods]


def low_stock_json(one: LowGoods) -> dict[str, Any]:
    """A low product as JSON for the command line; `per_day` and `days_left` are exact fractions."""
    cover = one.cover
    return {
        "code": one.product.code,
        "name": one.product.name,
        "supplier": one.supplier or None,
        "available": cover.available,
        "coming": cover.coming,
        "making": cover.making,
        "sold": cover.sold,
        "days": cover.days,
        "per_day": str(cover.per_day),
        "days_left": None if cover.days_left is None else str(cover.days_left),
        "reorder_point": cover.reorder_point,
        "carton": cover.carton,
        "used": cover.used,
        "order": one.to_order,
        "make": None if one.recipe is None else {"recipe": one.recipe.document, "pieces": one.to_make},
        "cost": cost_json(one.cost),
    }
