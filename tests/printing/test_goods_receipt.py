"""The receipt of goods on A4 says what came, in two languages, and what it cost only to the person who may see it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

import main
from pos.application.purchasing.delivery_note import DeliveryNote
from pos.application.purchasing.issue_goods_receipt import IssueGoodsReceipt
from pos.domain.purchasing.goods_receipt import Charge, DeliveryOver
from pos.domain.staff.staff import Person
from pos.languages.catalogue import load_translators
from pos.printing.printers import GoodsReceiptPdfPrinter
from tests.builders import money
from tests.receiving import CLERK, an_order, posting, receiving
from tests.shops import BAG, SWEETS, DemoShop

MANAGER = Person(2, "manager", "Manager", "manager")


def a_posted_delivery(shop: DemoShop) -> IssueGoodsReceipt:
    """Ten of 24 boxes of sweets with freight, three bags that no one ordered; the steps that print it."""
    an_order(shop)
    receive = receiving(shop)
    receive.begin(CLERK, 1)
    charges = (Charge("freight", money("20.00")),)
    receive.set_delivery_note(1, DeliveryNote("Almaty Sweets", "floor", "4471", "5510/26/1", charges), CLERK)
    receive.scan(1, SWEETS, CLERK, 10)
    receive.scan(1, BAG, CLERK, 3)
    posting(shop)(1, CLERK)
    translators = load_translators(main.RESOURCES / "translations")
    printed: list[Path] = []
    printer = GoodsReceiptPdfPrinter(
        shop.folder, main.RESOURCES / "fonts", shop.settings, translators, dict, printed.append
    )
    return IssueGoodsReceipt(shop.context, printer)


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return str(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()


def test_the_receipt_of_goods_says_what_came_what_is_missing_and_what_was_set_aside(shop: DemoShop) -> None:
    issued = a_posted_delivery(shop)(1, CLERK)

    text = text_of(issued.path)
    assert issued.path.name == "R-000001.pdf"
    for said in ("R-000001", "O-000001", "Almaty Sweets", "4471", "5510/26/1", "收货单", SWEETS, BAG, "−14"):
        assert said in text
    assert "320.00" not in text


def test_costs_stand_on_the_managers_copy_only_and_every_copy_says_which_it_is(shop: DemoShop) -> None:
    issue = a_posted_delivery(shop)
    first = issue(1, CLERK)
    again = issue(1, CLERK)
    with_costs = issue(1, MANAGER)

    assert (first.copy, again.copy, with_costs.copy) == (0, 1, 2)
    assert "COPY" not in text_of(first.path)
    assert "1" in text_of(again.path)
    assert "320.00" in text_of(with_costs.path)  # ten at 30.00 with their freight
    assert first.path.read_bytes() != again.path.read_bytes()


def test_a_delivery_that_is_being_counted_has_no_document(shop: DemoShop) -> None:
    issue = a_posted_delivery(shop)
    receiving(shop).begin(CLERK)

    with pytest.raises(DeliveryOver):
        issue(2, CLERK)
