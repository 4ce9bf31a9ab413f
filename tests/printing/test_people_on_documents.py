"""People on documents: as the window names them, by the display name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos.printing.drawing.fonts import Fonts
from pos.printing.receipts.receipt import receipt_rows
from pos.printing.receipts.return_receipt import return_receipt_rows
from pos.printing.shifts.shift_report import shift_rows
from pos.printing.shifts.shift_sheet import sheet_pdf
from pos.printing.stock.stock_documents import count_pdf
from tests.printing import returns, sales
from tests.printing.row_texts import rows_text
from tests.printing.test_shift_report import a_z
from tests.printing.test_shift_sheet import a_handed_z
from tests.printing.test_stock_documents import a_count, a_difference

NAMES = {"amina": "Амина С.", "li": "李伟", "clerk": "Ерлан", "manager": "Дана М."}


def _receipt(people: dict[str, str]) -> str:
    back = replace(returns.a_mixed_return(), approved_by="manager")
    sale = replace(sales.a_mixed_sale(), returns=(back,))
    rows = receipt_rows(sale, sales.the_shop(), sales.the_translators(), sales.the_regimes(), "", "", people=people)
    return rows_text(rows)


def _return(people: dict[str, str]) -> str:
    back = replace(returns.a_mixed_return(), approved_by="manager")
    return rows_text(return_receipt_rows(back, sales.the_shop(), sales.the_translators(), "", "", people=people))


def _strip(people: dict[str, str]) -> str:
    z = replace(a_handed_z(), approved_by="manager")
    return rows_text(shift_rows(z, sales.the_shop(), sales.the_translators(), people=people))


def _sheet(people: dict[str, str]) -> str:
    z = replace(a_handed_z(), approved_by="manager")
    pdf = sheet_pdf(z, sales.the_shop(), sales.the_translators(), Fonts(sales.FONTS), "Z", people=people)
    return sales.text_of(pdf)


def _stock_take(people: dict[str, str]) -> str:
    return sales.text_of(
        count_pdf(a_count(a_difference()), sales.the_shop(), sales.the_translators(), Fonts(sales.FONTS), people=people)
    )


@pytest.mark.parametrize(
    ("drawn", "named"),
    [
        (_receipt, ("amina", "manager")),
        (_return, ("amina", "manager")),
        (_strip, ("amina", "li", "manager")),
        (_sheet, ("amina", "li", "manager")),
        (_stock_take, ("clerk", "manager")),
    ],
)
def test_a_document_names_people_as_the_window_does(
    drawn: Callable[[dict[str, str]], str], named: tuple[str, ...]
) -> None:
    text = drawn(NAMES).replace("\u00a0", " ")

    for name in named:
        assert NAMES[name] in text, name
        assert name not in text.split(), name


def test_a_person_without_a_display_name_is_named_by_the_sign_in_name() -> None:
    text = rows_text(shift_rows(a_z(), sales.the_shop(), sales.the_translators(), people={"li": "李伟"}))

    assert "amina" in text
