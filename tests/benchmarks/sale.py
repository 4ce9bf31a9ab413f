"""The sale of ten lines and two tenders, from BEGIN to COMMIT, beside bare sqlite3 that writes the same rows.

What is allowed, the hash of the chain, the open payment and the signature of the receipt are timed apart; then the
payment key in the real window. SHOP names a store with years of trade, see `a_till`; a copy of it is made for the bare
till.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from math import ceil
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from tests.benchmarks.a_till import a_shop, a_visitor, authorize, count_of, goods_to_sell
from tests.benchmarks.replay import BareTill, Recorded, written
from tests.benchmarks.table import Effort, Row, timed

if TYPE_CHECKING:
    from pos.application.sales.complete_sale import Payment
    from pos.application.sales.order import SaleOrder
    from pos.application.shop.shop import Shop

_LINES = 10
_FRAME = 16.7
_GOODS = 400
_WARM = 3
"""Sales at the window before those that are counted: the first one imports what prints its receipt."""


def measure(effort: Effort) -> Iterator[Row]:
    """Every row of performance.md, T1 and T10, and what of T11 a sale asks."""
    with a_shop(past=0 if effort.quick else 28) as shop, TemporaryDirectory() as place:
        seller = Seller(shop, goods_to_sell(shop.folder, _GOODS))
        store: Any = shop.complete_sale.store
        patterns = []
        for _ in range(3 if effort.quick else 40):
            order = seller.order()
            with written(store) as held:
                shop.hold_sale(order)
            with written(store) as sold:
                shop.complete_sale.from_counter(order, seller.payment(order))
            patterns.append(Recorded(list(held), list(sold)))
        past = count_of(shop.folder, "sale")
        store.leave_no_copies()
        shutil.copytree(shop.folder, Path(place) / "bare", ignore=shutil.ignore_patterns("*.log", "receipts", "*-shm"))
        bare = BareTill(Path(place) / "bare")
        yield from _recorded(effort.repeats, seller, bare, patterns, past)
        bare.close()
        yield from _at_the_window(effort, shop, seller, Path(place))


class Seller:
    """Makes baskets of ten goods for a visitor who was never here, as the window does."""

    def __init__(self, shop: Shop, codes: Sequence[str]) -> None:
        self.shop = shop
        self.cashier = authorize(shop)
        self.codes = codes
        self.luck = Random(1)
        self.visitors = 0

    def order(self) -> SaleOrder:
        """The next basket."""
        checkout = self.shop.new_checkout()
        self.visitors += 1
        checkout.identify(a_visitor(self.visitors, self.shop.now().date()))
        for code in self.luck.sample(self.codes, _LINES):
            checkout.scan(code)
        return checkout.order(self.cashier)

    def payment(self, order: SaleOrder) -> Payment:
        """Ten yuan by card, and the rest in notes with change."""
        from pos.application.sales.complete_sale import Payment
        from pos.domain.money import Money
        from pos.domain.payment.tender import Tender

        price = order.cart.currency
        by_card = Money.parse("10", price)
        rest = order.cart.total - by_card
        notes = Money.rounded(Fraction(ceil(rest.units) + 3), price)
        return Payment((Tender("card", by_card), Tender("cash", notes)))


@dataclass(slots=True)
class _Times:
    """Milliseconds of each recorded sale: the whole step, its transaction without the judgement, and the judgement."""

    whole: list[float] = field(default_factory=list)
    recorded: list[float] = field(default_factory=list)
    judged: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


class _Watched:
    """A store that records how long each of its transactions was open, from before BEGIN to after COMMIT."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.took = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def begin(self) -> Iterator[Any]:
        began = perf_counter_ns()
        with self._store.begin() as work:
            yield work
        self.took += (perf_counter_ns() - began) / 1e6


class _Judging:
    """Counts the time of what judges the allowance inside the sale."""

    _STEPS = ("judge", "positions_of")

    def __init__(self) -> None:
        from pos.application.sales import complete_sale

        self._module: Any = complete_sale
        self._steps = {name: getattr(complete_sale, name) for name in self._STEPS}
        self.took = 0.0
        for name, step in self._steps.items():
            setattr(complete_sale, name, self._counted(step))

    def _counted(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any) -> Any:
            began = perf_counter_ns()
            try:
                return step(*given)
            finally:
                self.took += (perf_counter_ns() - began) / 1e6

        return counted

    def leave(self) -> None:
        """As it was."""
        for name, step in self._steps.items():
            setattr(self._module, name, step)


def _recorded(repeats: int, seller: Seller, bare: BareTill, patterns: Sequence[Recorded], past: int) -> Iterator[Row]:
    shop, times = seller.shop, _Times()
    store: Any = _Watched(shop.complete_sale.store)
    judging = _Judging()
    watched = shop.complete_sale
    complete = replace(watched, context=replace(watched.context, store=store))
    gc.collect()
    gc.freeze()  # as the window does when all its pages are there
    for index in range(repeats):
        order, pattern = seller.order(), patterns[index % len(patterns)]
        payment = seller.payment(order)
        holds, sells = bare.prepared(pattern)
        times.opened.append(timed(partial(shop.hold_sale, order)))
        holds()
        store.took = judging.took = 0.0
        times.whole.append(timed(partial(complete.from_counter, order, payment)))
        times.recorded.append(store.took - judging.took)
        times.judged.append(judging.took)
        times.bare.append(timed(sells))
    judging.leave()
    gc.unfreeze()
    yield Row(f"BEGIN to COMMIT after {past} sales", times.recorded, times.bare, most=2.0)
    yield Row("… its allowance judged, which is not in it", times.judged, (), 0.3)
    yield Row("… the whole step", times.whole, times.bare)
    yield Row("payment opened: goods and allowance held", times.opened)
    yield from _hashed_and_signed(repeats, shop)


def _hashed_and_signed(repeats: int, shop: Shop) -> Iterator[Row]:
    from db.sales.sale_rows import Rows
    from pos.application.ports.visitor_ports import LockedVisitor
    from pos.application.receipts.receipt_seal import seal

    last, secrets = shop.show_sale.last(), shop.complete_sale.secrets
    assert last is not None
    rows = Rows.of(last, "", {visitor.label: LockedVisitor(1, 1) for visitor in last.visitors}, last.at.date())
    hashed = [timed(lambda: secrets.chain("", rows.content())) for _ in range(repeats)]
    yield Row("the hash of the chain", hashed, (), 0.15)
    signed = [timed(lambda: seal(last, secrets.sign, secrets.public_name)) for _ in range(repeats)]
    yield Row("the signature of the receipt, after COMMIT", signed)


def _at_the_window(effort: Effort, shop: Shop, seller: Seller, place: Path) -> Iterator[Row]:
    """F12 on the payment page until the change is painted, beside an fsync of the disk."""
    from tests.benchmarks.painted import PaintedHand
    from tests.benchmarks.watched_hand import at_the_window

    fsyncs = _fsyncs(place / "fsync", effort.repeats)
    with at_the_window(shop, place, seller.cashier.name) as hand:
        painted = PaintedHand(hand)
        paid = [
            painted.pays(seller.luck.sample(seller.codes, _LINES), a_visitor(500_000 + number, shop.now().date()))
            for number in range(_WARM + effort.repeats)
        ][_WARM:]
    target = round(_FRAME + median(fsyncs), 1)
    yield Row("payment key to the change painted; bare: an fsync", paid, fsyncs, target, by_p99=True)


def _fsyncs(file: Path, repeats: int) -> list[float]:
    with file.open("wb") as opened:

        def kept() -> None:
            opened.write(b"4" * 4096)
            opened.flush()
            os.fsync(opened.fileno())

        return [timed(kept) for _ in range(repeats)]
