"""Two shops that are members of one center, whose service answers over HTTP on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from pos.application.center.requests import Booked, ReservationRequest, Reserved, VisitorLedger, VisitorLookup
from pos.application.center.till_pass import TillPass
from pos.application.membership.at_center import AtCenterUseCases
from pos.application.membership.calls import Call
from pos.application.membership.center_ledger import CenterLedger
from pos.application.membership.membership import Membership
from pos.application.membership.offered import OfferedRate, OfferedRules
from pos.application.membership.refusals import CenterAway
from pos.application.quota.show_regimes import RegimeFiles, RegimeOrigin
from pos.application.sales.allowance_at_center import AllowanceAtCenter
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import CompleteSale, Payment
from pos.application.sales.order import SaleOrder
from pos.application.sales.reserve_for_payment import ReserveForPayment
from pos.application.sales.ring_sale import RingSale
from pos.application.visitors.visits import VisitorUseCases
from pos.center_client.http_center import HttpCenter
from pos.devices.gs1 import read_scan
from pos.domain.quota.rule import Regime
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval
from pos.exports.gate_csv import reading
from pos.keys.credentials import CredentialFile
from pos.keys.shop_secrets import ShopSecrets
from pos.regimes.center_files import RegimesOfTill
from tests.application.membership.center_beside import CenterBeside
from tests.builders import cash_for
from tests.center.serving import serving
from tests.center.shops import KEYS, Center
from tests.shops import DemoShop

T = TypeVar("T")


@dataclass
class Line:
    """The line between a till and its center, which a test cuts: before a request, or before its answer."""

    of: CenterLedger
    is_cut: bool = False
    lost_answers: int = 0
    """So many of the next answers are lost on their way."""
    before: Callable[[str], None] = lambda _step: None
    """Called with the name of each step before it is sent."""
    asked: list[str] = field(default_factory=list)
    within: list[float | None] = field(default_factory=list)
    """How many seconds each was given."""

    def look_up(self, lookup: VisitorLookup, within: float | None = None) -> VisitorLedger:
        return self._over("look_up", partial(self.of.look_up, lookup), within)

    def reserve(self, request: ReservationRequest, within: float | None = None) -> Reserved:
        return self._over("reserve", partial(self.of.reserve, request), within)

    def extend(self, key: str, seconds: int, within: float | None = None) -> None:
        return self._over("extend", partial(self.of.extend, key, seconds), within)

    def give_back(self, key: str) -> None:
        return self._over("give_back", partial(self.of.give_back, key))

    def book(self, call: Call) -> Booked:
        return self._over(call.kind, partial(self.of.book, call))

    def regimes(self) -> Sequence[OfferedRules]:
        return self._over("regimes", self.of.regimes)

    def regime(self, name: str, within: float | None = None) -> bytes:
        return self._over("regime", partial(self.of.regime, name), within)

    def rates(self) -> Sequence[OfferedRate]:
        return self._over("rates", self.of.rates)

    def check(self) -> None:
        return self._over("check", self.of.check)

    def close(self) -> None:
        self.of.close()

    def _over(self, step: str, send: Callable[[], T], within: float | None = None) -> T:
        self.before(step)
        self.asked.append(step)
        self.within.append(within)
        if self.is_cut:
            raise CenterAway("no_connection")
        answer = send()
        if self.lost_answers and step != "look_up":
            self.lost_answers -= 1
            raise CenterAway("timeout")
        return answer


@dataclass
class MemberShop(DemoShop):
    """A shop of the center, with a computer whose running time the test moves."""

    connect: Callable[[TillPass], CenterLedger] = HttpCenter
    lines: list[Line] = field(default_factory=list)
    running: timedelta = timedelta()

    @cached_property
    def credentials(self) -> CredentialFile:
        return CredentialFile(self.folder / "credentials.json", self.till)

    @cached_property
    def secrets(self) -> ShopSecrets:
        secrets = DemoShop.secrets.func(self)  # type: ignore[attr-defined]  # the function of a cached property
        assert isinstance(secrets, ShopSecrets)
        secrets.members = self.credentials.readable
        return secrets

    @cached_property
    def membership(self) -> Membership:
        def connect(given: TillPass) -> Line:
            self.lines.append(Line(self.connect(given)))
            return self.lines[-1]

        return Membership(self.credentials, connect, lambda: self.running)

    @property
    def line(self) -> Line:
        """The line as it is now."""
        _ = self.membership.center
        return self.lines[-1]

    @cached_property
    def at_center(self) -> AtCenterUseCases:
        return AtCenterUseCases.over(self.context, self.membership, self.rules)

    @cached_property
    def rules(self) -> RegimesOfTill:
        files = RegimeFiles(self.folder, self.known_regimes, dict.fromkeys(self.known_regimes, RegimeOrigin.SHIPPED))
        return RegimesOfTill(files, self.folder / "center-rules" / self.till, self.now())

    def regimes(self) -> Mapping[str, Regime]:
        return self.rules()

    @cached_property
    def visits(self) -> VisitorUseCases:
        return VisitorUseCases.over(self.context, reading)

    @cached_property
    def complete_sale(self) -> CompleteSale:
        part = AllowanceAtCenter(self.context, self.membership)
        return CompleteSale(self.context, part, self.at_center.reserve)

    @cached_property
    def hold_sale(self) -> ReserveForPayment:
        return ReserveForPayment(self.context, self.complete_sale, self.at_center.look_up)

    @cached_property
    def ring_sale(self) -> RingSale:
        return RingSale(self.context, self.sign_in, self.complete_sale, read_scan, self.hold_sale, self.at_center.send)

    def checkout(self) -> Checkout:
        return Checkout(self.context, read_scan, self.membership)

    def order_of(self, *codes: str) -> SaleOrder:
        """A basket for Zhang Wei on the way to China."""
        return self.basket(*codes).order(self.person("amina"))

    def open_payment(self, order: SaleOrder, approval: Approval | None = None) -> SaleOrder:
        """Reserve it here and at the center."""
        self.hold_sale(order, approval)
        return order

    def take_money(self, order: SaleOrder, approval: Approval | None = None) -> Sale:
        """Record it."""
        return self.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)), approval)

    def sell_to_zhang(self, *codes: str) -> Sale:
        """The whole of a sale, with what is told of it."""
        sale = self.take_money(self.open_payment(self.order_of(*codes)))
        self.at_center.send()
        return sale

    def waiting(self) -> Sequence[str]:
        """The kinds of the calls that wait."""
        with self.store.reading() as work:
            return [call.kind for call in work.membership.waiting(self.till, 100)]

    def attempts(self) -> int:
        """The attempts of which nothing has become yet."""
        return len(self.rows("SELECT key FROM center_attempt"))

    def close(self) -> None:
        if "membership" in self.__dict__:
            self.membership.close()
        super().close()


@dataclass
class Members:
    """The center and its shops."""

    center: Center
    first: MemberShop
    second: MemberShop


@contextmanager
def members(center: Center, template: Path, folder: Path) -> Iterator[Members]:
    """Shops A and B, joined to a center in this program."""
    shops = []
    for name in ("A", "B"):
        shop = MemberShop(Path(shutil.copytree(template, folder / name)))
        shop.connect = lambda given: CenterBeside(center, given)
        join(shop, center, "https://center.test", f"{name}1")
        center.clock.at = shop.now()
        shops.append(shop)
    try:
        yield Members(center, *shops)
    finally:
        for shop in shops:
            shop.close()


@contextmanager
def over_http(shop: MemberShop, center: Center) -> Iterator[str]:
    """The center's address, at which the shop reaches it meanwhile."""
    with serving(center.context) as address:
        shop.connect = HttpCenter
        join(shop, center, address, "A1")
        yield address
        shop.membership.close()


def join(shop: MemberShop, center: Center, address: str, till: str) -> None:
    """Give the till its pass."""
    shop.credentials.keep(TillPass(address, center.till(till).credential, KEYS.members))
