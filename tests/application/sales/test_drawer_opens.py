"""The drawer opens for cash, before the receipt, once; whatever the printer does, what is recorded stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pos.application.ports.journal_ports import JournalFilter
from pos.application.receipts.issue_receipt import IssueReceipt
from pos.domain.errors import PrinterError, StoreUnavailable
from pos.domain.payment.tender import Tender
from tests.shops import CHOCOLATE, DemoShop


@dataclass
class RecordingDevices:
    """A drawer and a printer that remember what was asked of them."""

    done: list[str] = field(default_factory=list)
    trouble: str = ""

    def open_drawer(self) -> None:
        self.done.append("drawer")
        if self.trouble:
            raise PrinterError(self.trouble, "192.168.1.50:9100")

    def draw(self, _sale: object, copy: int, _fiscal: object = ()) -> Path:
        self.done.append(f"drawn {copy}")
        return Path("receipt.pdf")

    draw_return = draw

    def print_file(self, path: Path) -> None:
        self.done.append("printed")


def issuing(shop: DemoShop, devices: Any) -> IssueReceipt:
    return IssueReceipt(shop.context, devices, devices.open_drawer)


def losing_after_print(server: pytest.MonkeyPatch, shop: DemoShop, devices: RecordingDevices) -> None:
    """The store goes away between the printer's answer and the next step."""
    print_file = devices.print_file

    def lost() -> object:
        raise StoreUnavailable

    def print_and_lose(path: Path) -> None:
        print_file(path)
        server.setattr(shop.store, "begin", lost)

    server.setattr(devices, "print_file", print_and_lose)


def copies(shop: DemoShop) -> list[int]:
    """The numbers of the copies that the journal names, newest first."""
    entries = shop.read_journal(JournalFilter(events=("reprint",)), shop.person("manager")).entries
    return [entry.details["copy"] for entry in entries]


def test_for_cash_the_drawer_opens_before_the_receipt_and_for_a_copy_it_stays_shut(shop: DemoShop) -> None:
    sale, devices = shop.sell(CHOCOLATE), RecordingDevices()
    issue = issuing(shop, devices)
    issue(sale.receipt)
    assert devices.done == ["drawer", "drawn 0", "printed"]
    issue(sale.receipt)
    assert devices.done[3:] == ["drawn 1", "printed"]


def test_a_receipt_on_paper_is_not_called_unprinted_by_a_store_that_is_lost_just_then(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sale, devices = shop.sell(CHOCOLATE), RecordingDevices()
    with monkeypatch.context() as server:
        losing_after_print(server, shop, devices)
        issued = issuing(shop, devices)(sale.receipt)

    assert (issued.copy, devices.done[-1]) == (0, "printed")
    assert issuing(shop, devices)(sale.receipt).copy == 1  # uncertain: never a second original


def test_a_copy_on_paper_is_in_the_journal_and_not_called_unprinted_by_a_store_that_is_lost_just_then(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sale, devices = shop.sell(CHOCOLATE), RecordingDevices()
    issuing(shop, devices)(sale.receipt)
    with monkeypatch.context() as server:
        losing_after_print(server, shop, devices)
        issued = issuing(shop, devices)(sale.receipt)

    assert (issued.copy, devices.done[-1]) == (1, "printed")
    assert copies(shop) == [1]
    assert issuing(shop, devices)(sale.receipt).copy == 2
    assert copies(shop) == [2, 1]


def test_for_a_card_it_stays_shut(shop: DemoShop) -> None:
    basket = shop.basket(CHOCOLATE)
    total = basket.view().total
    sale, devices = shop.pay(basket, Tender("card", total)), RecordingDevices()
    issuing(shop, devices)(sale.receipt)
    assert devices.done == ["drawn 0", "printed"]


def test_a_receipt_that_is_only_drawn_opens_nothing(shop: DemoShop) -> None:
    sale, devices = shop.sell(CHOCOLATE), RecordingDevices()
    issuing(shop, devices)(sale.receipt, to_paper=False)
    assert devices.done == ["drawn 0"]


def test_cash_that_goes_back_opens_it_too(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE)
    devices, line = RecordingDevices(), {"line": 0, "quantity": 1}
    back = shop.return_by_ticket(
        {
            "key": "back",
            "receipt": sale.receipt,
            "lines": [line],
            "refund": {"currency": "CNY", "method": "cash"},
            "reason": "did not fit",
            "cashier": "amina",
        }
    )
    issuing(shop, devices)(back.receipt)
    assert devices.done == ["drawer", "drawn 0", "printed"]


def test_where_the_printer_is_not_there_the_sale_stands_its_pdf_too_and_it_comes_as_a_copy(shop: DemoShop) -> None:
    sale, devices = shop.sell(CHOCOLATE), RecordingDevices(trouble="not_answering")
    issue = issuing(shop, devices)
    with pytest.raises(PrinterError):
        issue(sale.receipt)
    assert devices.done == ["drawer", "drawn 0"]  # no one waits for the same answer twice
    assert issue.unfinished(shop.till) == (sale.receipt,)
    devices.trouble = ""
    assert issue(sale.receipt).copy == 1
    assert devices.done[2:] == ["drawn 1", "printed"]
