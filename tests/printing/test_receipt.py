"""What a receipt says: each golden text is one that a shopkeeper could sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from pos.application.settings.settings import Settings
from pos.domain.border import Border, FiscalMark, use_border
from pos.domain.money import Money
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.rates import RateTable
from pos.domain.sales.sale import Sale
from pos.printing.drawing.rows import Banner, Barcode, Pair, Paragraph, Qr
from tests.horgos import CNY, HORGOS, KZT
from tests.printing import exchanges, sales
from tests.printing.row_texts import rows_text

GoldenCheck = Callable[[str, str], None]

RECEIPTS: dict[str, tuple[Callable[[], Sale], tuple[str, ...], int]] = {
    "mixed_payment_zh_ru": (sales.a_mixed_sale, ("zh", "ru"), 0),
    "mixed_payment_kk_ru": (sales.a_mixed_sale, ("kk", "ru"), 0),
    "mixed_payment_en": (sales.a_mixed_sale, ("en",), 0),
    "priced_zh_ru": (sales.a_priced_sale, ("zh", "ru"), 0),
    "priced_kk_ru": (sales.a_priced_sale, ("kk", "ru"), 0),
    "priced_en": (sales.a_priced_sale, ("en",), 0),
    "pieces_zh_ru": (sales.a_sale_of_pieces, ("zh", "ru"), 0),
    "pieces_kk_ru": (sales.a_sale_of_pieces, ("kk", "ru"), 0),
    "pieces_en": (sales.a_sale_of_pieces, ("en",), 0),
    "copy_2_zh_ru": (sales.a_mixed_sale, ("zh", "ru"), 2),
    "dutiable_zh_ru": (sales.a_dutiable_sale, ("zh", "ru"), 0),
    "unknown_ru_kk": (sales.an_unknown_sale, ("ru", "kk"), 0),
    "two_to_kazakhstan_kk_ru": (sales.a_sale_to_kazakhstan, ("kk", "ru"), 0),
    "family_kk_ru": (sales.a_family_to_kazakhstan, ("kk", "ru"), 0),
    "party_of_eight_zh_ru": (lambda: sales.a_party_to_china(8, 7), ("zh", "ru"), 0),
    "exchange_zh_ru": (exchanges.an_exchange, ("zh", "ru"), 0),
    "exchange_money_back_kk_ru_copy_1": (exchanges.an_exchange_with_money_back, ("kk", "ru"), 1),
    "tour_of_forty_zh_ru": (lambda: sales.a_party_to_china(40, 12), ("zh", "ru"), 0),
}


def text(sale: Sale, *languages: str, copy: int = 0) -> str:
    return rows_text(sales.rows_of(sale, sales.the_shop(*languages), copy))


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_receipt_reads_as_it_was_signed(name: str, check_golden: GoldenCheck) -> None:
    make, languages, copy = RECEIPTS[name]

    check_golden(name, text(make(), *languages, copy=copy))


def test_names_of_every_script_and_kind_stay_on_the_receipt_as_plain_text(check_golden: GoldenCheck) -> None:
    names = [
        "قوي گۆشى كاۋاپ",
        "😀🎁",
        "Gift 🎁 box",
        "{0} {name!r} %s <img src='file:///etc/passwd'/>",
        "Very long " * 30,
        "很长的商品名称" * 20,
        "Evil\u202egnp.exe\x1bp\x00\u200b name",
        "Ko\u0301ny\u0061\u0308k",
    ]
    goods: list[sales.Sold] = [(sales.resolve_scan(name, id=n + 1), 1) for n, name in enumerate(names)]
    sale = sales.sold(goods, [sales.cash(CNY, 24000)], visitors=[sales.mr_zhang()])

    check_golden("strange_names_zh_ru", text(sale))


def test_the_usual_reason_of_an_exchange_is_in_the_languages_of_the_receipt() -> None:
    sale = exchanges.an_exchange()
    (back,) = sale.returns

    assert "原因 Причина: 有瑕疵 Брак" in text(replace(sale, returns=(replace(back, reason="Faulty"),)))


def test_a_copy_says_so_at_its_top_and_an_original_nowhere() -> None:
    sale = sales.a_mixed_sale()

    assert isinstance(sales.rows_of(sale, copy=3)[0], Banner)
    assert "副本 3" in text(sale, copy=3).splitlines()[0]
    assert sales.rows_of(sale, copy=3)[1:] == sales.rows_of(sale)


def test_the_mark_not_a_fiscal_receipt_stands_in_russian_and_kazakh_in_every_shop_without_a_device() -> None:
    sale = sales.a_mixed_sale()

    for languages in (("zh", "ru"), ("en",), ("zh",)):
        said = text(sale, *languages)
        assert "НЕ ЯВЛЯЕТСЯ ФИСКАЛЬНЫМ ЧЕКОМ" in said
        assert "Фискалдық чек емес" in said
    with_device = rows_text(sales.rows_of(sale, sales.the_shop("zh", "ru", fiscal_device=True)))
    assert "ФИСКАЛЬНЫМ" not in with_device


def test_the_mark_of_another_border_is_that_of_its_file(at_border: Callable[[str], Border]) -> None:
    sale = sales.a_mixed_sale()

    mark = at_border("polish-land").fiscal_mark
    use_border(replace(HORGOS, fiscal_mark=mark))
    marked = text(sale, "ru", "en")
    assert "NIEFISKALNY" in marked
    assert "Not a fiscal receipt" in marked
    assert "Фискалдық чек емес" not in marked
    use_border(replace(HORGOS, fiscal_mark=FiscalMark()))
    assert "Not a fiscal receipt" not in text(sale, "en")


def test_a_name_that_is_the_same_in_both_languages_is_said_once() -> None:
    goods = sales.resolve_scan("Матрёшка", {"zh": "Матрёшка"})
    sale = sales.sold([(goods, 1)], [sales.cash(CNY, 3000)], visitors=[sales.mr_zhang()])

    assert text(sale).count("Матрёшка") == 1


def test_a_sale_without_a_document_says_that_nothing_was_judged() -> None:
    sale = sales.sold([(sales.a_cream(), 1)], [sales.cash(CNY, 68000)])

    said = text(sale, "ru", "kk")

    assert "Без документа: норма не проверялась." in said
    assert "A ·" not in said


def test_what_is_on_file_of_goods_stands_on_a_receipt_only_where_the_shop_wants_it() -> None:
    details = {"brand": "Aksu", "origin": "KZ", "hs_code": "180632", "unit": "007"}
    sale = sales.a_mixed_sale()
    sale = replace(sale, lines=tuple(replace(line, details=details) for line in sale.lines))
    wanted = replace(sales.the_shop("zh", "ru"), receipt_fields=("brand", "origin", "hs_code", "unit"))

    assert "Aksu" not in text(sale, "zh", "ru")
    said = rows_text(sales.rows_of(sale, wanted, 0))
    assert said.count("Aksu · 哈萨克斯坦 Казахстан · HS 180632 · 个 шт.") == len(sale.lines)


def test_figures_are_those_of_the_sale() -> None:
    sale = sales.a_mixed_sale()
    said = text(sale, "en")

    for figure in ("1,283.00", "93,402.40", "₸ 40,000", "¥ 549.45", "−68.00", "−10\u00a0%"):
        assert figure.replace("₸ ", "₸\u00a0").replace("¥ ", "¥\u00a0") in said
    assert sum(paid.value.minor for paid in sale.paid) == (
        sale.total.minor + sum(part.value.minor for part in sale.change) + sale.rounding.minor
    )


def test_a_reprint_after_new_rates_and_new_rules_shows_the_old_figures() -> None:
    sale = sales.a_mixed_sale()
    sold_under_older_rules = replace(sale, regime_version="000000000000")

    said = text(sold_under_older_rules, "en")

    assert "¥\u00a06,717.00" in said  # frozen
    assert "50\u00a0%" in said  # the pool as it was judged: today's text of the rule does not turn it into sticks
    assert "Cigarettes" in said
    assert "200 sticks" not in said


def test_tobacco_left_is_said_in_sticks_where_the_tobacco_is_on_an_earlier_receipt() -> None:
    sale = sales.a_mixed_sale()
    without = tuple(line for line in sale.lines if not line.category.startswith("tobacco"))

    said = text(replace(sale, lines=without), "en")

    [left] = [line.split("  ")[-1].strip() for line in said.splitlines() if line.startswith("Tobacco, left")]
    assert left == "200 sticks"


def test_what_a_stricter_limit_takes_is_not_said_to_be_left_on_receipt_and_slip() -> None:
    often = replace(sales.mr_zhang(), entries=(sales.AT.date() - timedelta(days=2), sales.AT.date()))
    sale = sales.sold([(sales.a_cognac(), 1)], [sales.cash(CNY, 100000)], visitors=[often])

    receipt = text(sale, "en")
    slip = rows_text(sales.slip_of(sale, "A", sales.the_shop("en")))

    assert "Alcohol, frequent, over" in receipt
    assert "Alcohol, left" not in receipt  # a frequent visitor has no allowance of spirits
    assert "Alcohol, frequent" in slip
    assert not any(line.strip().startswith("Alcohol  ") for line in slip.splitlines())


def test_rules_that_are_no_longer_installed_are_named_by_their_id() -> None:
    sale = replace(sales.a_mixed_sale(), regime="gone")

    said = text(sale, "en")

    assert "alcohol, left" in said


def test_everybody_of_a_party_is_named_and_who_carries_nothing_says_so() -> None:
    said = text(sales.a_party_to_china(8, 7), "en")

    assert all(f"TRAVELLER {n}••" in said for n in range(1, 9))
    assert said.count("no goods on this receipt") == 1
    assert said.count("Within the allowance") == 6


def test_a_tour_names_only_those_who_carry_something() -> None:
    said = text(sales.a_party_to_china(40, 12), "en")

    assert "TRAVELLER 12••" in said
    assert "TRAVELLER 13••" not in said
    assert "28 visitors without goods" in said
    assert said.count("Alcohol, over") == 1


def test_a_limit_that_is_no_sum_says_whether_it_is_kept() -> None:
    sale = sales.sold([(sales.a_carton(), 1)], [sales.cash(CNY, 26000)], visitors=[sales.mrs_testova()])

    said = text(sale, "en")

    assert "Tobacco 200 sticks" in said.replace("\u00a0", " ")
    assert [line.split() for line in said.splitlines() if line.startswith("Tobacco")] == [["Tobacco", "within"]]


def test_goods_that_customs_may_ask_about_are_not_sent_to_the_manager_again() -> None:
    phone = sales.resolve_scan("Phone", category="electronics.phone")
    sale = sales.sold([(phone, 3)], [sales.cash(CNY, 9000)], visitors=[sales.mrs_testova()])

    said = text(sale, "en")

    assert "Subject to customs review" in said
    assert "Phones, over" in said
    assert "manager" not in said


@pytest.mark.parametrize(
    ("price", "given", "said"),
    [
        (1250, Discount(Decimal(15)), "折扣 Скидка −15%  −1.88"),
        (1250, Discount(Decimal(7)), "折扣 Скидка −7%  −0.88"),
        (1250, Discount(Decimal("15.5")), "折扣 Скидка −15.5%  −1.94"),
        (333, Discount(Decimal(10)), "折扣 Скидка −10%  −0.33"),
        (50, Discount(Decimal(13)), "折扣 Скидка −0.07"),  # 14 % are 0.07, too
        (1250, Discount(amount=Money(188, CNY)), "折扣 Скидка −1.88"),
    ],
)
def test_a_discount_has_the_percentage_that_was_given_and_never_that_of_the_rounded_amount(
    price: int, given: Discount, said: str
) -> None:
    doll = sales.resolve_scan("Doll", price=Money(price, CNY))
    sale = sales.sold([(doll, 1, given)], [sales.cash(CNY, 1300)], visitors=[sales.mr_zhang()])

    discount = next(row for row in sales.rows_of(sale) if isinstance(row, Pair) and "折扣" in row.left)

    assert discount.left == said


def test_an_open_price_is_called_one_and_no_regular_price_is_said() -> None:
    sale = sales.a_mixed_sale()
    line = replace(sale.lines[0], catalogue=Money(0, CNY))

    said = text(replace(sale, lines=(line, *sale.lines[1:])), "en", "ru")

    assert said.count("Open price") == 1
    assert "Свободная цена" in said
    assert "Regular price" not in said


def test_change_in_tenge_for_a_card_and_cash_names_its_rate() -> None:
    sale = sales.sold([(sales.a_cream(), 1)], [sales.cash(CNY, 70000)], visitors=[sales.mr_zhang()], change_in=KZT)

    said = text(sale, "en")

    assert "Change" in said
    assert "1\u00a0¥ = 72.80\u00a0₸" in said


def test_the_codes_carry_the_number_and_the_seal() -> None:
    rows = sales.rows_of(sales.a_mixed_sale())

    assert Barcode("T1-000123") in rows
    assert next(row for row in rows if isinstance(row, Qr)).content.startswith("BPOS1|T1-000123|2026-11-24T07:44:31Z|")


def test_no_more_of_a_document_than_its_mask_is_on_the_receipt() -> None:
    sale = sales.a_mixed_sale()
    visitor = replace(sale.visitors[0], key="c0ffee" * 10)

    said = text(replace(sale, visitors=(visitor,)))

    assert "E••••••01" in said
    assert "c0ffee" not in said


def test_a_shop_without_name_and_address_prints_all_the_same() -> None:
    rows = sales.rows_of(sales.a_mixed_sale(), Settings())

    assert Paragraph("", centered=True, small=True) not in rows
    assert "1,283.00" in rows_text(rows)


def test_a_new_shop_without_any_rate_gives_a_receipt_for_its_own_currency() -> None:
    sale = sales.sold([(sales.a_cream(), 1)], [sales.cash(CNY, 70000)], rates=RateTable(KZT, CNY, {}))

    said = text(sale, "en")

    assert "Change" in said
    assert "Rate " not in said


def test_the_rounding_of_returned_goods_stands_beneath_them_and_each_block_adds_up() -> None:
    """It stood behind the payment, where it was read as a second rounding of what the customer paid."""
    sale = exchanges.an_exchange()
    (back,) = sale.returns
    one_fen = Money(1, CNY)
    back = replace(back, rounding=-one_fen, total=back.total)
    said = text(replace(sale, returns=(back,)), "en")
    returned, sold = said.split("Sold", 1)

    assert "−0.01" in returned.partition("Rounding")[2].splitlines()[0]
    assert sold.count("Rounding") == text(sale, "en").split("Sold", 1)[1].count("Rounding")
