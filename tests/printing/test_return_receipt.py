"""What the receipt of a return says: each golden text is one that customer and cashier could sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pos.application.receipts.receipt_seal import read_seal
from pos.application.text.formatting import money_text
from pos.domain.money import Money
from pos.domain.payment.tender import DEPOSIT
from pos.domain.returns.goods_return import GoodsReturn
from pos.printing.drawing.rows import Banner, Barcode, Pair, Signature
from pos.printing.printers import ReceiptPdfPrinter
from tests.horgos import CNY
from tests.printing import exchanges, returns, sales
from tests.printing.row_texts import rows_text

GoldenCheck = Callable[[str, str], None]

RETURNS: dict[str, tuple[Callable[[], GoodsReturn], tuple[str, ...], int]] = {
    "return_mixed_zh_ru": (returns.a_mixed_return, ("zh", "ru"), 0),
    "return_in_cash_kk_ru_copy_1": (returns.a_return_in_cash, ("kk", "ru"), 1),
    "return_without_receipt_zh_ru": (exchanges.a_blind_return, ("zh", "ru"), 0),
    "void_zh_ru": (returns.a_void, ("zh", "ru"), 0),
    "void_en": (returns.a_void, ("en",), 0),
    "return_in_dollars_en": (returns.a_return_in_dollars, ("en",), 0),
}


def text(back: GoodsReturn, *languages: str) -> str:
    return _spaced(rows_text(returns.rows_of(back, sales.the_shop(*languages))))


def pairs(back: GoodsReturn) -> list[tuple[str, str]]:
    rows = returns.rows_of(back, sales.the_shop("en"))
    return [(_spaced(row.left), _spaced(row.right)) for row in rows if isinstance(row, Pair)]


def _spaced(said: str) -> str:
    return said.replace("\u00a0", " ")


@pytest.mark.parametrize("name", RETURNS)
def test_the_receipt_of_a_return_reads_as_it_was_signed(name: str, check_golden: GoldenCheck) -> None:
    make, languages, copy = RETURNS[name]

    check_golden(name, rows_text(returns.rows_of(make(), sales.the_shop(*languages), copy)))


def test_it_has_a_number_of_its_own_and_names_the_receipt_of_the_sale() -> None:
    back = returns.a_mixed_return()

    assert [row for row in returns.rows_of(back) if isinstance(row, Barcode)] == [Barcode("T1-000124")]
    assert ("Receipt", "T1-000124") in pairs(back)
    assert ("For receipt", "T1-000123") in pairs(back)


def test_a_copy_says_so_at_its_top_and_says_the_same() -> None:
    back = returns.a_mixed_return()

    assert isinstance(returns.rows_of(back, copy=2)[0], Banner)
    assert returns.rows_of(back, copy=2)[1:] == returns.rows_of(back)


def test_where_goods_go_is_reported_only_where_they_are_not_sold_again() -> None:
    said = text(returns.a_mixed_return(), "en")

    assert (said.count("To write off"), said.count("Set aside"), said.count("Back to shelf")) == (1, 1, 0)


def test_the_money_adds_up_as_it_is_read_no_matter_whom_the_rounding_favours() -> None:
    for keeps in (1, -2):
        back = returns.a_return_in_dollars()
        back = replace(back, rounding=Money(keeps, CNY))
        shown = dict(pairs(back))

        assert shown["Refunded to customer"] == f"¥ {back.total - back.rounding}"
        assert shown["Rounding"] == {1: "−¥ 0.01", -2: "+¥ 0.02"}[keeps]
    assert "Rounding" not in dict(pairs(replace(back, rounding=Money(0, CNY))))


def test_cash_at_one_rate_is_one_sum_and_at_two_rates_two() -> None:
    in_cash, mixed = returns.a_return_in_cash(), returns.a_mixed_return()

    assert [right for left, right in pairs(in_cash) if left == "Cash"] == ["¥ 662.00"]
    assert [right for left, right in pairs(mixed) if left == "Cash"] == ["₸ 34,290", "₸ 11,225"]
    assert [left.strip() for left, right in pairs(mixed) if right.startswith("= ")] == [
        "1 ¥ = 72.80 ₸", "1 ¥ = 71.50 ₸"
    ]  # fmt: skip


def test_goods_that_cost_nothing_come_back_for_nothing() -> None:
    back = replace(returns.a_return_in_cash(), total=Money(0, CNY), refunds=(), rounding=Money(0, CNY))

    assert ("Refunded to customer", "¥ 0.00") in pairs(back)


def test_who_allowed_it_is_named_and_no_one_where_no_one_was_asked() -> None:
    assert ("Approved by", "Сауле") in pairs(returns.a_return_in_cash())
    assert "Approved by" not in dict(pairs(returns.a_mixed_return()))


def test_a_void_names_what_it_voids_and_each_payment_to_reverse() -> None:
    said = pairs(returns.a_void())

    assert ("Voided receipt", "T1-000123") in said
    assert ("Reverse at the terminal", "¥ 412.00") in said
    assert ("Reference", "•••• 4417") in said
    assert "Void of a sale" in text(returns.a_void(), "en")
    assert "Reason: Rung up wrongly\n" in text(returns.a_void(), "en")


def test_the_deposit_of_a_voided_sale_is_no_money_to_the_customer() -> None:
    back = returns.a_void()
    first, *others = back.refunds
    stays = replace(first, method=DEPOSIT, notes=None)
    said = dict(pairs(replace(back, refunds=(*others, stays))))

    given = back.total - back.rounding - stays.value
    assert said["Refunded to customer"] == _spaced(money_text(given, "en"))
    assert said["Deposit, on its order again"] == _spaced(money_text(stays.amount, "en"))
    assert "Deposit" not in said


def test_a_voided_sale_says_so_on_each_copy() -> None:
    sale = replace(sales.a_mixed_sale(), voided_by="T1-000124")
    label = sale.carriers[0]
    shop = sales.the_shop("en")
    for rows in (sales.rows_of(sale, shop, copy=1), sales.slip_of(sale, label, shop, copy=1)):
        banners = [row.text for row in rows if isinstance(row, Banner)]
        assert banners[1:] == ["VOIDED"]
        assert [row.right for row in rows if isinstance(row, Pair) and row.left == "Voided by"] == ["T1-000124"]
    assert all("VOIDED" not in str(row) for row in sales.rows_of(replace(sale, voided_by=None), shop, copy=1))


def test_the_customer_has_room_to_sign() -> None:
    assert Signature("Customer's signature") in returns.rows_of(returns.a_mixed_return(), sales.the_shop("en"))


def test_a_reason_of_any_text_stays_plain_text() -> None:
    back = replace(returns.a_mixed_return(), reason="broken\x1bp\u202e\n{0} %s <b>")

    assert "Reason: brokenp {0} %s <b>\n" in text(back, "en")


def test_the_mark_not_a_fiscal_receipt_stands_in_every_shop_without_a_device() -> None:
    back = returns.a_mixed_return()

    assert "НЕ ЯВЛЯЕТСЯ ФИСКАЛЬНЫМ ЧЕКОМ" in text(back, "en")
    assert "ФИСКАЛЬНЫМ" not in rows_text(returns.rows_of(back, sales.the_shop("en", fiscal_device=True)))


def test_a_return_lies_below_its_own_day_and_drawing_it_again_makes_the_same_file(tmp_path: Path) -> None:
    printer, back = a_printer(tmp_path), returns.a_mixed_return()

    original, copy = printer.draw_return(back, 0), printer.draw_return(back, 1)
    content = original.read_bytes()

    assert original == tmp_path / "receipts/2026/11/25/T1-000124.pdf"
    assert copy == tmp_path / "receipts/2026/11/25/T1-000124-copy-1.pdf"
    assert printer.draw_return(back, 0).read_bytes() == content
    assert "T1-000123" in sales.text_of(content)
    assert "副本 1" in sales.text_of(copy.read_bytes())


def test_a_scanner_reads_the_returns_number_and_a_seal_below_zero(tmp_path: Path) -> None:
    import zxingcpp

    back = returns.a_mixed_return()
    path = a_printer(tmp_path).draw_return(back, 0)
    codes = {code.format: code.text for code in zxingcpp.read_barcodes(sales.picture_of(path.read_bytes()))}
    read = read_seal(codes[zxingcpp.BarcodeFormat.QRCode])

    assert codes[zxingcpp.BarcodeFormat.Code128] == "T1-000124"
    assert (read.receipt, read.total, read.chain) == ("T1-000124", -back.total, back.mac[:12])
    assert sales.SECRETS.sign(read.content) == read.signature


def a_printer(folder: Path) -> ReceiptPdfPrinter:
    return ReceiptPdfPrinter(
        folder,
        sales.FONTS,
        sales.the_shop,
        sales.the_translators(),
        dict,
        sales.the_regimes,
        sales.SECRETS,
        lambda _: None,
    )
