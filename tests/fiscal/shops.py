"""A shop whose receipts are registered at Webkassa on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pos.application.fiscal.fiscal_receipts import FiscalReceipts
from pos.application.fiscal.send_to_register import SendToRegister
from pos.application.ports.fiscal_ports import FiscalRegister
from pos.devices.running_time import running_time
from pos.domain.fiscal.document import FiscalDocument, Standing
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.fiscal.webkassa import Webkassa
from tests.fiscal.fake_webkassa import CASHBOX, FakeWebkassa, credentials
from tests.shops import DemoShop

RHYTHM = PartnerRhythm(first_ask=0, ask_every=5, time_over=0, call=5)


@dataclass
class FiscalTill:
    """A till with its register."""

    shop: DemoShop
    server: FakeWebkassa
    makes: list[Webkassa] = field(default_factory=list)

    def register(self) -> FiscalRegister | None:
        """The register; None where the settings name none."""
        if self.shop.settings().register_kind is None:
            return None
        if not self.makes:
            self.makes.append(Webkassa(credentials(), self.server.address, RHYTHM))
        return self.makes[0]

    @property
    def send(self) -> SendToRegister:
        """The worker, as a program that starts has it."""
        return SendToRegister(self.shop.context, self.register)

    @property
    def receipts(self) -> FiscalReceipts:
        """What a person does about fiscal receipts."""
        return FiscalReceipts(self.shop.context, self.send, self.register, running_time)

    def document(self, receipt: str) -> FiscalDocument:
        """What is known of a receipt."""
        found = self.receipts.of(receipt)
        assert found is not None
        return found

    def standing(self, receipt: str) -> Standing:
        """How far it is."""
        return self.document(receipt).standing

    def in_books(self) -> tuple[Decimal, Decimal]:
        """What the shop's own tickets of registered sales and returns come to."""
        done = self.receipts.listed(self.shop.person("manager"), (Standing.REGISTERED,))
        sums = {"sale": Decimal(0), "return": Decimal(0)}
        for document in done:
            if document.is_ticket:
                sums[document.kind.value] += Decimal(str(document.attempt.amount))
        return sums["sale"], sums["return"]


def with_register(shop: DemoShop, server: FakeWebkassa, cashbox: str = CASHBOX) -> FiscalTill:
    """The till of a shop that has chosen its register."""
    for name, text in {
        "fiscal_register": "webkassa",
        "fiscal_cashbox": cashbox,
        "fiscal_address": server.address,
    }.items():
        shop.set(name, text)
    return FiscalTill(shop, server)


@contextmanager
def a_fiscal_till(folder: Path) -> Iterator[FiscalTill]:
    """A till in the folder of a shop, with its register beside it."""
    shop = DemoShop(folder)
    with FakeWebkassa() as server:
        till = with_register(shop, server)
        yield till
        for made in till.makes:
            made.close_line()
    shop.close()
