"""The receipt for the customer's phone: whole sums and a seal in a code that a phone can read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.application.receipts.phone_receipt import MOST_BYTES, receipt_text
from pos.application.receipts.receipt_seal import read_seal, seal
from pos.domain.sales.sale import Sale
from tests.printing import sales

LANGUAGES = ("zh", "ru", "kk", "en")


def text_of(sale: Sale, language: str = "en", *, training: bool = False) -> str:
    sealed = seal(sale, sales.SECRETS.sign, sales.SECRETS.public_name)
    translator = sales.the_translators()[language]
    return receipt_text(sale, sales.the_shop(), translator, sealed.text, training=training)


def total_of(text: str, language: str) -> str:
    [line] = [one for one in text.split("\n") if one.startswith(sales.the_translators()[language]("Total"))]
    return line


def a_long_sale(lines: int) -> Sale:
    sale = sales.a_priced_sale()
    return replace(sale, lines=tuple(sale.lines[0] for _ in range(lines)))


def test_it_has_goods_sums_and_a_seal_that_holds_and_no_visitor() -> None:
    sale = sales.a_mixed_sale()
    lines = text_of(sale).replace("\u00a0", " ").split("\n")

    assert lines[1:3] == ["Receipt T1-000123", "24 Nov 2026 15:44"]
    assert len([line for line in lines if " = " in line]) == len(sale.lines)
    assert any(line.startswith("Total ¥") for line in lines)
    read = read_seal(lines[-1])
    assert (read.receipt, read.total) == (sale.receipt, sale.total)
    assert sales.SECRETS.sign(read.content) == read.signature
    assert not any(visitor.masked and visitor.masked in "\n".join(lines) for visitor in sale.visitors)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_basket_keeps_its_sums_and_says_how_many_lines_are_left_out(language: str) -> None:
    text = text_of(a_long_sale(60), language)
    shown = text.count(" = ")

    assert len(text.encode()) <= MOST_BYTES
    assert 0 < shown < 60
    assert str(60 - shown) in text
    assert total_of(text, language) == total_of(text_of(a_long_sale(1), language), language)
    assert text_of(a_long_sale(1), language).split("\n")[-1] == text.split("\n")[-1]


def test_a_receipt_of_a_training_says_first_that_it_is_none() -> None:
    assert text_of(sales.a_mixed_sale(), training=True).startswith("TRAINING")


def test_the_figures_of_a_line_add_up_with_what_was_taken_off() -> None:
    lines = text_of(sales.a_priced_sale()).replace("\u00a0", " ").split("\n")

    assert any(line.endswith("1 × 260.00 − 13.00 = 247.00") for line in lines), lines
    assert any(line.endswith("4 × 12.50 − 12.50 = 37.50") for line in lines), lines
