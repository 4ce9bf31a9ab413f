"""From the sign-in to the receipt on disk, through the real window and the real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.at_the_counter import Hand, a_demo_shop, whole_window

COGNAC = "4870204320114"
CHOCOLATE = "4870204320145"
PASSPORT = ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04")


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Someone before the sign-in of a demo shop's till."""
    shop = a_demo_shop(tmp_path / "shop")
    with whole_window(qapp, qtbot, tmp_path, shop, Hand) as hand:
        yield hand


def test_a_day_begins_with_ten_scans_a_passport_and_a_payment_in_two_currencies(hand: Hand, qtbot: QtBot) -> None:
    # sign in: the last cashier is preselected, the PIN by keys
    hand.type(hand.shop.demo_pins["amina"])
    hand.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hand.till.session.person is not None, timeout=30_000)
    hand.wait(100)

    # ten scans as fast as the keys go are ten pieces
    for code in [COGNAC] * 2 + [CHOCOLATE] * 8:
        hand.typing.burst(f"{code}\r")
    hand.wait(200)
    assert hand.rows() == ["2 | Cognac 5★ 0.5 L | 336.00", "8 | Dark chocolate 100 g | 100.00"]

    # the passport's two lines at the same field are a visitor, never a product
    for line in PASSPORT:
        hand.typing.burst(f"{line}\r")
    hand.wait(900)
    view = hand.view
    assert [v.visitor.masked for v in view.visitors] == ["E••••••01"]
    assert view.destination == "CN"
    assert view.quota["A"].verdict.word == "ok"

    # before the money the days of entry are asked for: spirits depend on them; 236 yuan, the rest in tenge: 200 × 72.80
    hand.open_payment()
    hand.type("236")
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hand.press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: hand.shop.show_sale.last() is not None, timeout=30_000)
    sale = hand.shop.show_sale.last()
    assert sale is not None
    assert [(str(p.tender.amount), p.tender.amount.currency.code) for p in sale.paid] == [
        ("236.00", "CNY"),
        ("14560.00", "KZT"),
    ]

    # the receipt lies on the disk: its words can be copied, its codes read
    pattern = f"receipts/*/*/*/{sale.receipt}.pdf"
    qtbot.waitUntil(lambda: any(hand.shop.folder.glob(pattern)), timeout=30_000)
    page = pypdfium2.PdfDocument(next(hand.shop.folder.glob(pattern)))[0]
    text = page.get_textpage().get_text_bounded()
    for said in ("Silk Gate", sale.receipt, "白兰地", "Коньяк", "436.00", "14,560", "E••••••01", "НЕ ЯВЛЯЕТСЯ"):
        assert said in text.replace("\u00a0", " ").replace("\u202f", ","), said
    codes = [barcode.text for barcode in zxingcpp.read_barcodes(page.render(scale=4).to_pil())]
    assert sale.receipt in codes
    assert any(code.startswith("BPOS1|") for code in codes)

    # the books agree
    assert hand.shop.verify_books() == []
    manager = next(person for person in hand.shop.sign_in.people() if person.name == "manager")
    sold = hand.shop.report_day(manager).sales
    assert (sold.count, sold.pieces, str(sold.amount)) == (1, 10, "436.00")
