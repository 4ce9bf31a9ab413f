"""The X and the Z on paper: each golden text is one that a manager could sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pos.domain.money import Currency, Money
from pos.domain.payment.pending_refund import PendingRefund
from pos.domain.pricing.spread import Spread
from pos.domain.shifts.report_details import ApprovalSum, DiscountSum, DrawerOpening, ReturnSum, ShiftDetails, VoidLine
from pos.domain.shifts.shift_report import CashLine, PaymentSum, ShiftReport, Turnover
from pos.printing.drawing.rows import Banner
from pos.printing.printers import ReceiptPdfPrinter
from pos.printing.shifts.shift_report import shift_rows
from pos.ui.shifts.report_words import event_rows
from tests.horgos import CNY, EUR, KZT, RUB, USD
from tests.printing import sales
from tests.printing.row_texts import rows_text

GoldenCheck = Callable[[str, str], None]


def a_line(currency: Currency, **moved: int) -> CashLine:
    return CashLine.of(currency, {name.removesuffix("_"): minor for name, minor in moved.items()})


DETAILS = ShiftDetails(
    discounts=(
        DiscountSum("amount", "amina", 2, Money(1_250, CNY)),
        DiscountSum("percent", "amina", 9, Money(30_000, CNY)),
    ),
    voids=(
        VoidLine(
            sales.AT - timedelta(hours=3), "T1", "amina", "4870204321111", "白兰地 5★ 0.7 L", 2, Money(90_000, CNY)
        ),
        VoidLine(sales.AT - timedelta(hours=2), "T1", "amina", "4870204320145", "Шоколад", 1, Money(1_250, CNY)),
        VoidLine(sales.AT - timedelta(hours=1), "T1", "li", "4870204320060", "Sweets", 1, Money(4_800, CNY)),
    ),
    openings=(
        DrawerOpening(sales.AT - timedelta(hours=5), "T1", "amina", "a coin fell in"),
        DrawerOpening(sales.AT - timedelta(minutes=9), "T1", "amina", "换零钱"),
    ),
    approvals=(ApprovalSum("discount", "manager", 1), ApprovalSum("no_sale", "manager", 2)),
    returns=(ReturnSum("Faulty", 1, 2, Money(9_600, CNY)),),
)


def an_x() -> ShiftReport:
    """Amina's shift in the afternoon."""
    return ShiftReport(
        till="T1",
        number=14,
        cashier="amina",
        opened_at=sales.AT - timedelta(hours=6),
        at=sales.AT,
        sales=Turnover(41, 118, Money(2_345_680, CNY)),
        returns=Turnover(1, 2, Money(9_600, CNY)),
        discounts=Money(31_250, CNY),
        rounding=Money(-12, CNY),
        payments=(
            PaymentSum("cash", Money(612_000, CNY), Money(612_000, CNY)),
            PaymentSum("cash", Money(41_500_000, KZT), Money(570_055, CNY)),
            PaymentSum("cash", Money(60_000, USD), Money(412_088, CNY)),
            PaymentSum("card", Money(845_000, CNY), Money(845_000, CNY)),
            PaymentSum("qr", Money(23_340, CNY), Money(23_340, CNY)),
        ),
        change=(
            PaymentSum("cash", Money(91_300, CNY), Money(91_300, CNY)),
            PaymentSum("cash", Money(1_857_500, KZT), Money(25_515, CNY)),
        ),
        cash=(
            a_line(CNY, float=200_000, in_=50_000, out=-12_000, drop=-300_000, tender=612_000, change=-91_300),
            a_line(KZT, float=15_000_000, tender=41_500_000, change=-1_857_500, refund=-700_000),
            replace(a_line(USD, float=20_000, tender=60_000), estimated=True),
            a_line(EUR, float=20_000),
            a_line(RUB, float=1_000_000),
        ),
        voids=3,
        no_sales=2,
        approvals=1,
        first_receipt="T1-000377",
        last_receipt="T1-000418",
        grand_total=Money(48_712_345, CNY),
        refunds=(PaymentSum("cash", Money(700_000, KZT), Money(9_600, CNY)),),
        spread=(
            Spread(Money(38_942_500, KZT), Money(534_940, CNY), Money(538_012, CNY)),
            Spread(Money(60_000, USD), Money(412_088, CNY), Money(414_560, CNY)),
        ),
        details=DETAILS,
    )


def a_z() -> ShiftReport:
    """The same shift at its end, a note of five short in yuan and closed by a manager's approval."""
    count = {
        "CNY": {10_000: 37, 5_000: 10, 2_000: 15, 1_000: 8, 100: 2, 50: 0},
        "KZT": {2_000_000: 20, 1_000_000: 9, 500_000: 9, 200_000: 2, 10_000: 4, 2_000: 1, 500: 1},
        "USD": {10_000: 7, 5_000: 2},
        "EUR": {5_000: 4},
        "RUB": {100_000: 10},
    }
    closed = replace(an_x().counted(count), closed_at=sales.AT, closed_by="li", approved_by="manager", z_number=12)
    return replace(closed, at=sales.AT)


def an_owing_x() -> ShiftReport:
    """The same in the middle of trouble: a card and a wallet paid for a sale that was refused."""
    shared: dict[str, Any] = {"key": "k", "till": "T1", "person": "amina", "why": "out_of_stock", "at": sales.AT}
    return replace(
        an_x(),
        owed=(
            PendingRefund(no=0, tender="a", method="card", amount=Money(84_500, CNY), reference="", **shared),
            PendingRefund(no=1, tender="b", method="qr", amount=Money(500_000, KZT), reference="4417", **shared),
        ),
    )


REPORTS: dict[str, tuple[Callable[[], ShiftReport], tuple[str, ...], int]] = {
    "x_blind_zh_ru": (lambda: an_x().without_expected(), ("zh", "ru"), 0),
    "x_en": (an_x, ("en",), 0),
    "x_owing_zh_ru": (an_owing_x, ("zh", "ru"), 0),
    "z_en": (a_z, ("en",), 0),
    "z_zh_ru": (a_z, ("zh", "ru"), 0),
    "z_copy_kk_ru": (a_z, ("kk", "ru"), 2),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_reads_as_it_was_signed(name: str, check_golden: GoldenCheck) -> None:
    make, languages, copy = REPORTS[name]

    check_golden(name, rows_text(shift_rows(make(), sales.the_shop(*languages), sales.the_translators(), copy)))


def test_a_copy_says_so_and_is_else_the_same() -> None:
    rows = [shift_rows(a_z(), sales.the_shop(), sales.the_translators(), copy) for copy in (0, 1)]

    assert isinstance(rows[1][0], Banner)
    assert rows[1][1:] == rows[0]


def test_a_blind_x_says_nowhere_what_is_expected() -> None:
    rows = shift_rows(an_x().without_expected(), sales.the_shop("en"), sales.the_translators())

    assert "Expected" not in rows_text(rows)


def test_the_screen_names_what_is_to_be_given_back_too() -> None:
    english = sales.the_translators()["en"]
    rows = [[figure.text.replace("\u00a0", " ") for figure in row] for row in event_rows(an_owing_x(), english)]

    assert ["To refund", "¥ 845.00, ₸ 5,000.00"] in rows
    assert not any("given back" in text for row in event_rows(an_x(), english) for text in (row[0].text,))


def test_an_empty_shift_has_its_z_too() -> None:
    none = Money.zero(CNY)
    quiet = replace(
        an_x(), sales=Turnover(0, 0, none), returns=Turnover(0, 0, none), payments=(), change=(), cash=(),
        first_receipt=None, last_receipt=None, grand_total=none,
    )  # fmt: skip
    text = rows_text(shift_rows(quiet, sales.the_shop("en"), sales.the_translators()))

    assert "0 receipts" in text
    assert "Receipts" not in text


def test_everything_on_it_can_be_copied_out_and_the_file_bears_the_number(tmp_path: Path) -> None:
    printer = ReceiptPdfPrinter(
        tmp_path,
        sales.FONTS,
        sales.the_shop,
        sales.the_translators(),
        dict,
        sales.the_regimes,
        sales.SECRETS,
        lambda _: None,
    )

    paths = [printer.draw_shift(a_z(), 0), printer.draw_shift(a_z(), 2), printer.draw_shift(an_x(), 0)]

    assert [path.relative_to(tmp_path / "zreports" / "2026" / "11").as_posix() for path in paths] == [
        "T1-Z000012.pdf",
        "T1-Z000012-copy-2.pdf",
        "T1-X000014.pdf",
    ]
    drawn = paths[0].read_bytes()
    text = sales.text_of(drawn).replace(" ", "").replace("\u00a0", "")
    assert "T1-Z000012" in text
    assert "差额" in text
    assert "Расхождение" in text
    assert printer.draw_shift(a_z(), 0).read_bytes() == drawn
