"""The Z on A4: one page, whatever happened, with everything that the strip has and room to sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.shifts.hand_over import HandedCash, HandOver
from pos.domain.shifts.shift_report import PaymentSum, ShiftReport
from pos.printing.drawing.fonts import Fonts
from pos.printing.printers import ReceiptPdfPrinter
from pos.printing.shifts.shift_report import shift_rows
from pos.printing.shifts.shift_sheet import sheet_pdf
from tests.horgos import CNY, USD
from tests.printing import sales
from tests.printing.row_texts import rows_text
from tests.printing.test_shift_report import a_z

GoldenCheck = Callable[[str, str], None]


def counted(currency: Currency, expected: int, actual: int) -> HandedCash:
    return HandedCash(
        currency, Money(expected, currency), Money(actual, currency), Money(actual - expected, currency), {}
    )


def a_handed_z() -> ShiftReport:
    """Amina gave the shift to Li, a manager gave it on to Yerlan: a yuan short and two dollars over."""
    first = (counted(CNY, 200_000, 199_900), counted(USD, 5_000, 5_200))
    handed = (
        HandOver(1, "amina", "li", sales.AT - timedelta(hours=3), first),
        HandOver(2, "li", "yerlan", sales.AT - timedelta(minutes=90), (counted(CNY, 100, 100),), "manager"),
    )
    off = {"CNY": -100, "USD": 200}
    z = a_z()
    cash = tuple(replace(line, hand_overs=Money(off.get(line.currency.code, 0), line.currency)) for line in z.cash)
    return replace(z, hand_overs=handed, cash=cash)


def drawn(z: ShiftReport, *languages: str, copy: int = 0) -> bytes:
    shop = sales.the_shop(*languages)
    return sheet_pdf(z, shop, sales.the_translators(), Fonts(sales.FONTS), z.z_name or "", copy)


def text_of(z: ShiftReport, *languages: str, copy: int = 0) -> str:
    return sales.text_of(drawn(z, *languages, copy=copy)).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("name", "languages", "copy"),
    [("z_a4_en", ("en",), 0), ("z_a4_zh_ru", ("zh", "ru"), 0), ("z_a4_copy_kk_ru", ("kk", "ru"), 2)],
)
def test_the_sheet_reads_as_it_was_signed(
    name: str, languages: tuple[str, ...], copy: int, check_golden: GoldenCheck
) -> None:
    check_golden(name, text_of(a_handed_z(), *languages, copy=copy))


def test_the_strip_lists_the_hand_overs_too(check_golden: GoldenCheck) -> None:
    check_golden("z_handed_zh_ru", rows_text(shift_rows(a_handed_z(), sales.the_shop(), sales.the_translators())))


def test_the_sheet_is_one_page_whatever_happened() -> None:
    """Every method in every currency, every note of every currency, a hand-over an hour."""
    z = a_handed_z()
    sums = tuple(PaymentSum(method, Money(123_456_700, one), Money(1, CNY)) for method in ("cash", "card", "qr")
                 for one in CURRENCIES.values())  # fmt: skip
    notes = {
        code: dict.fromkeys(values, 99_999)
        for code, values in ((one.code, one.denominations) for one in CURRENCIES.values())
    }
    busy = replace(
        z,
        payments=sums,
        change=sums[:5],
        refunds=sums,
        hand_overs=tuple(replace(z.hand_overs[index % 2], number=index + 1) for index in range(24)),
    ).counted(notes)

    content = text_of(busy, "kk", "ru")

    assert content.count("amina → li") == 12
    assert "99 999" in content
    page = pypdfium2.PdfDocument(drawn(busy, "kk", "ru"))[0]
    assert (round(page.get_width()), round(page.get_height())) == (595, 842)


def test_nothing_of_a_quiet_shift_is_missing_either() -> None:
    quiet = replace(a_z(), payments=(), change=(), refunds=(), cash=(), first_receipt=None, last_receipt=None)

    assert "T1-Z000012" in text_of(quiet, "en")


def test_the_same_z_is_the_same_file_and_a_copy_says_so(tmp_path: Path) -> None:
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
    z = a_handed_z()

    paths = [printer.draw_shift(z, copy, "a4") for copy in (0, 0, 2)]

    assert [path.name for path in paths] == ["T1-Z000012-a4.pdf", "T1-Z000012-a4.pdf", "T1-Z000012-a4-copy-2.pdf"]
    assert drawn(z) == drawn(z)
    original, copy = (sales.text_of(path.read_bytes()) for path in paths[1:])
    assert "副本 2" in copy
    assert [line for line in copy.splitlines() if "副本 2" not in line] == original.splitlines()
