"""What a carry-out slip says to the customs desk: each golden text is one that an officer could work with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from pos.domain.money import Money, total
from pos.domain.receipt_number import NoSuchReceipt
from pos.domain.sales.sale import Sale
from pos.printing.drawing.rows import Banner, Barcode, Cells, Qr
from tests.horgos import CNY
from tests.printing import sales
from tests.printing.row_texts import rows_text

GoldenCheck = Callable[[str, str], None]

SLIPS: dict[str, tuple[Callable[[], Sale], tuple[str, ...], int]] = {
    "slip_dutiable_zh_ru": (sales.a_dutiable_sale, ("zh", "ru"), 0),
    "slip_second_sale_zh_ru": (sales.a_second_sale_of_the_day, ("zh", "ru"), 0),
    "slip_family_kk_ru": (sales.a_family_to_kazakhstan, ("kk", "ru"), 0),
    "slip_part_above_kk_ru": (sales.a_sale_above_value_and_weight, ("kk", "ru"), 0),
    "slip_unknown_weight_ru_kk_copy_1": (sales.a_sale_without_weight, ("ru", "kk"), 1),
    "slip_mixed_en": (sales.a_mixed_sale, ("en",), 0),
}


def text(sale: Sale, label: str, *languages: str, copy: int = 0) -> str:
    return rows_text(sales.slip_of(sale, label, sales.the_shop(*languages), copy))


def all_of(sale: Sale, languages: Sequence[str], copy: int = 0) -> str:
    return "\n".join(text(sale, label, *languages, copy=copy) for label in sale.carriers)


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_reads_as_it_was_signed(name: str, check_golden: GoldenCheck) -> None:
    make, languages, copy = SLIPS[name]

    check_golden(name, all_of(make(), languages, copy))


def test_there_is_one_slip_for_each_visitor_who_carries_something() -> None:
    sale = sales.a_party_to_china(40, 12)

    assert sale.carriers == tuple(str(n) for n in range(1, 13))
    assert sales.sold([(sales.a_cream(), 1)], [sales.cash(CNY, 68000)]).carriers == ()


@pytest.mark.parametrize("label", ["13", "Z", ""])
def test_who_carries_nothing_has_no_slip(label: str) -> None:
    with pytest.raises(NoSuchReceipt):
        sales.slip_of(sales.a_party_to_china(40, 12), label)


def test_the_slips_of_a_party_add_up_to_the_receipt() -> None:
    sale = sales.a_family_to_kazakhstan()
    slips = [sales.slip_of(sale, label, sales.the_shop("en")) for label in sale.carriers]
    carried = [[line for line in sale.lines if line.carrier == label] for label in sale.carriers]

    assert total((line.amount for lines in carried for line in lines), CNY) == sale.total
    for lines, rows in zip(carried, slips, strict=True):
        said = rows_text(rows)
        assert all(line.code in said for line in lines)
        assert not any(line.code in said for line in sale.lines if line.product_id not in {x.product_id for x in lines})


def test_no_number_of_a_document_and_no_key_is_on_a_slip() -> None:
    sale = sales.a_family_to_kazakhstan()
    people = tuple(replace(visitor, key="c0ffee" * 10) for visitor in sale.visitors)

    said = all_of(replace(sale, visitors=people), ("kk", "ru"))

    assert said.count("0••••••84") == 3
    assert "c0ffee" not in said
    assert not any(str(visitor.birth_date.year) in said for visitor in people if visitor.birth_date)


def test_what_no_one_weighed_is_marked_and_the_sum_says_that_it_is_not_all() -> None:
    rows = sales.slip_of(sales.a_sale_without_weight(), "A", sales.the_shop("en"))

    assert [row.cells[2] for row in rows if isinstance(row, Cells) and len(row.cells) == 3][1:] == [
        "?",
        "0.140\u00a0kg",
    ]
    assert "0.140 kg + ?" in rows_text(rows).replace("\u00a0", " ")


def test_goods_of_which_no_weight_is_known_have_no_sum_of_zero() -> None:
    sale = sales.a_sale_without_weight()
    alone = replace(sale, lines=sale.lines[:1])

    said = text(alone, "A", "en")

    assert "0.000" not in said.split("Gross weight")[1].splitlines()[0]
    assert said.split("Gross weight")[1].splitlines()[0].strip() == "?"


def test_the_goods_to_declare_are_those_of_this_visitors_own_share() -> None:
    sale = sales.a_party_to_china(3, 3)

    first, second = text(sale, "1", "en"), text(sale, "2", "en")

    assert "To declare" not in first
    assert "Cognac" in second.split("To declare\n")[1]  # line 0 of the share, line 2 of the receipt
    assert "¥\u00a084.00" in second


def test_a_slip_bears_the_receipts_number_and_not_its_seal() -> None:
    rows = sales.slip_of(sales.a_dutiable_sale(), "A")

    assert Barcode("T1-000123") in rows
    assert not any(isinstance(row, Qr) for row in rows)


def test_a_copy_of_a_slip_says_so_and_says_the_same() -> None:
    sale = sales.a_dutiable_sale()

    assert isinstance(sales.slip_of(sale, "A", copy=2)[0], Banner)
    assert sales.slip_of(sale, "A", copy=2)[1:] == sales.slip_of(sale, "A")


def test_an_allowance_whose_use_is_spent_says_so() -> None:
    yesterday_noon = sales.AT.replace(hour=2)
    bought = [sales.bought_before(sales.a_cream(), 1, yesterday_noon, yesterday_noon.replace(hour=3))]
    paid = [sales.cash(CNY, 68000)]
    sale = sales.sold([(sales.a_cream(), 1)], paid, visitors=[sales.mr_zhang()], ledgers={"A": bought})

    said = text(sale, "A", "en")

    assert "over, used up" in said
    assert "超额，已用完 сверх нормы, исчерпано" in text(sale, "A", "zh", "ru")
    assert "−¥\u00a0680.00" in said


def test_rules_that_are_no_longer_installed_still_print_their_frozen_figures() -> None:
    sale = sales.a_family_to_kazakhstan()

    said = text(replace(sale, regime="gone"), "A", "en")

    assert "alcohol" in said
    assert "€\u00a05.00" in said
    assert "€\u00a0175.58" in said


def test_the_worth_for_customs_follows_the_rates_of_the_sale() -> None:
    sale = sales.a_family_to_kazakhstan()
    share = total((line.amount for line in sale.lines if line.carrier == "B"), CNY)
    worth = share.units * Fraction(sale.quota_rates["CNY"]) / Fraction(sale.quota_rates["EUR"])

    assert f"= €\u00a0{Money.rounded(worth, CNY)}" in text(sale, "B", "en")


def test_rules_of_an_island_are_named_beside_the_side_of_the_border() -> None:
    sale = sales.a_mixed_sale()

    assert "Hainan" in text(replace(sale, regime="cn-hainan"), "A", "en")
    assert "Hainan" not in text(sale, "A", "en")
