"""Files for the accountant on real shifts: they agree with the Z to the last fen, and say what they cannot know."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from pos.application.reports.report_files import NoSuchFormat
from pos.application.shifts.accounting_files import AccountingFiles, NoZInDays, NoZOnDay
from pos.application.shifts.hand_over_shift import Parties
from pos.application.shifts.issue_shift import NoSuchZ
from pos.application.shifts.voucher_tables import VoucherDocument
from pos.application.text.formatting import percent_text
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.reports.accounts import Account
from pos.domain.reports.voucher import CUSTOMERS, Voucher, VoucherDiffers
from pos.domain.shifts.shift_report import ShiftReport
from pos.domain.staff.staff import NotAllowed, Person
from pos.exports.accounting_files import accounting_makers
from pos.exports.commerceml import NAMESPACE, RETURNED, SOLD, document_id
from pos.exports.table_writers import table_files
from tests.application.reports.test_reports_agree import Seen, a_day, count_of
from tests.application.returns.test_void_sale import void
from tests.application.sales.test_exchange import coming, exchange
from tests.builders import MONDAY, card, cash, money
from tests.horgos import CNY, KZT, RUB, USD
from tests.shops import BAG, CHOCOLATE, SWEETS, DemoShop

WORDS = Translator.english()
DAY = MONDAY.date()


def files(shop: DemoShop) -> AccountingFiles:
    return AccountingFiles.over(shop.context, accounting_makers(table_files(lambda *_: None, training=False)))


def with_vat(shop: DemoShop) -> None:
    """Chocolate has 12 % in its price, sweets 5 %, and all else is free of it."""
    with shop.raw(writing=True) as store:
        for code, rate in ((CHOCOLATE, "12"), (SWEETS, "5")):
            store.execute("UPDATE product SET vat = ? WHERE code = ?", (rate, code))


def next_shift(shop: DemoShop, float_: dict[str, Any]) -> Person:
    """Close the shift that is open, and on the next day open another for amina; the manager."""
    manager = shop.person("manager")
    shop.close_shift(manager, count_of(shop.read_shift(manager)))
    shop.now.move(days=1)
    shop.open_shift(shop.person("amina"), float_)
    return manager


def a_shift(shop: DemoShop, seed: int) -> ShiftReport:
    """A shift with everything: two floats, sales, returns, an exchange, a void, drops, a hand-over, new rates, counts
    that differ.
    """
    with_vat(shop)
    manager = next_shift(shop, {"CNY": {10_000: 20}, "USD": {2000: 5}})
    dice, seen = Random(seed), Seen()
    a_day(shop, dice, seen, 6)
    sold = shop.sell(SWEETS, tenders=(card("48"),))
    exchange(shop, f"exchanged-{seed}", [coming(sold.receipt)], CHOCOLATE, BAG)
    void(shop, shop.sell(CHOCOLATE, tenders=(cash("20", USD),)).receipt)
    shop.set_rate(manager, USD, Decimal(510), Decimal(516), None, None)
    shop.now.move(minutes=1)
    shop.move_cash(manager, "in", Money(500_000, USD), "from the bank")
    shop.move_cash(manager, "drop", Money(4000, USD), "evening")
    shop.move_cash(manager, "out", Money(1000, CNY), "a lamp")
    count = count_of(shop.read_shift(manager))
    shop.hand_over_shift(Parties(manager, "amina", "manager", None), {**count, "CNY": {100: 5}})
    shop.now.move(minutes=5)
    shop.sell(SWEETS, tenders=(cash("100", USD),))
    return shop.close_shift(manager, {**count_of(shop.read_shift(manager)), "USD": {100: 7}}).report


def voucher(shop: DemoShop, z: ShiftReport, form: str = "csv") -> tuple[Voucher, bytes]:
    assert z.z_number is not None
    document = files(shop).of_z(shop.person("manager"), form, WORDS, z.z_number)
    assert isinstance(document, VoucherDocument)
    return document.vouchers[0], files(shop).made(form, document)


def at_account(made: Voucher, account: Account, kinds: set[str]) -> tuple[int, int]:
    """What some kinds of postings bring to an account: its own money and its value, in minor units."""
    rows = [one for one in made.postings if one.kind in kinds and account in (one.debit, one.credit)]
    signs = [1 if one.debit == account else -1 for one in rows]
    values = [one.value.minor for one in rows if one.value is not None]
    assert len(values) == len(rows)
    return (
        sum(sign * one.original.minor for sign, one in zip(signs, rows, strict=True)),
        sum(sign * value for sign, value in zip(signs, values, strict=True)),
    )


@pytest.fixture(scope="module")
def closed(template_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DemoShop, ShiftReport]]:
    """A shop with a shift with everything, made once, and only read from."""
    shop = DemoShop(Path(shutil.copytree(template_shop, tmp_path_factory.mktemp("closed") / "shop")))
    yield shop, a_shift(shop, 2)
    shop.close()


def test_a_voucher_agrees_with_its_z_to_the_last_fen(closed: tuple[DemoShop, ShiftReport]) -> None:
    shop, z = closed
    made, _ = voucher(shop, z)
    turned = made.turnovers()

    assert sum(one.debit.minor for one in turned.values()) == sum(one.credit.minor for one in turned.values())
    assert not turned[CUSTOMERS].balance
    for kinds, turnover in (
        ({"sales", "vat_of_sales"}, z.sales),
        ({"returns", "vat_of_returns", "voided_sales", "vat_of_voided_sales"}, z.returns),
        ({"voided_sales", "vat_of_voided_sales"}, z.voided_sales),
    ):
        assert turnover is not None
        assert abs(at_account(made, CUSTOMERS, kinds)[1]) == turnover.amount.minor
    assert at_account(made, CUSTOMERS, {"rounding"})[1] == z.rounding.minor
    for flow, sums, sign in (("payment", z.payments, 1), ("change", z.change, -1), ("refund", z.refunds, -1)):
        for paid in sums:
            if paid.method != "exchange":
                account = Account.of_money(paid.method, paid.amount.currency)
                assert at_account(made, account, {flow}) == (sign * paid.amount.minor, sign * paid.value.minor)
    for spread in z.spread:
        code = spread.amount.currency.code
        earned = sum(at_account(made, Account(kind, code), {"spread"})[1] for kind in ("cash", "card", "qr"))
        assert earned == spread.earned.minor
    for line in z.cash:
        account = Account.of_money("cash", line.currency)
        assert line.counted is not None
        assert line.difference is not None
        assert at_account(made, account, {"counted"})[0] == -line.counted.minor
        assert at_account(made, account, {"difference"})[0] == line.difference.minor
        for kind, sign in (("float", 1), ("in", 1), ("out", -1), ("drop", -1), ("hand_over", 1)):
            assert at_account(made, account, {kind})[0] == sign * line.moved()[kind].minor
        if account in turned:
            assert not turned[account].balance
    taxed = Counter[Decimal]()
    for one in made.postings:
        if one.vat is not None and one.vat_rate is not None:
            taxed[one.vat_rate] += one.vat.minor
    assert taxed == tax_of_receipts(shop)
    assert any(taxed.values())


def tax_of_receipts(shop: DemoShop) -> Counter[Decimal]:
    """By rate, in fen, straight from the lines of the second shift."""
    taxed = Counter[Decimal]()
    for table, sign in (("sale_line", 1), ("return_line", -1)):
        question = f"SELECT l.vat, sum(l.tax_minor) FROM {table} l JOIN sale s ON s.id = l.sale_id"
        for rate, tax in shop.rows(f"{question} WHERE s.shift_id = 2 AND l.vat IS NOT NULL GROUP BY 1"):
            taxed[Decimal(rate)] += sign * tax
    return taxed


def test_cash_in_dollars_has_the_rate_of_its_hour_and_new_rates_are_a_revaluation(shop: DemoShop) -> None:
    manager = next_shift(shop, {"USD": {2000: 5}})
    shop.now.move(minutes=1)
    shop.set_rate(manager, USD, Decimal(510), Decimal(516), None, None)
    shop.now.move(minutes=1)
    shop.move_cash(manager, "drop", Money(4000, USD), "evening")
    made, content = voucher(shop, shop.close_shift(manager, count_of(shop.read_shift(manager))).report)
    before, after = 503 / 72.8, 513 / 72.8  # the customs rate of the yuan, and the mean where the dollar has none

    def rate_of(kind: str) -> float:
        [rate] = {one.rate for one in made.postings if one.kind == kind and one.original.currency == USD}
        assert rate is not None
        return float(rate)

    assert (rate_of("float"), rate_of("drop"), rate_of("counted")) == pytest.approx((before, after, after))
    [revalued] = [one for one in made.postings if one.kind == "revaluation" and one.original.currency == USD]
    assert revalued.original == Money.zero(USD)
    assert str(revalued.value) == "13.74"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    [drop] = [row for row in rows if row["text"] == "Cash to the safe: evening"]
    assert (drop["date"], drop["shift"]) == ((DAY + timedelta(days=1)).isoformat(), "T1-Z000002")
    assert (drop["debit"], drop["credit"], drop["method"]) == ("1001.02.USD", "1001.01.USD", "cash")
    assert (drop["currency"], drop["original"], drop["rate"]) == ("USD", "40.00", "7.046703297")
    assert (drop["sum"], drop["sum_currency"], drop["vat_rate"], drop["vat"]) == ("281.87", "CNY", "", "")


def test_a_shift_without_receipts_and_with_money_of_no_rate_has_a_voucher(shop: DemoShop) -> None:
    with shop.raw(writing=True) as store:
        for (guard,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'rate'"):
            store.execute(f"DROP TRIGGER {guard}")
        store.execute("DELETE FROM rate WHERE currency = 'RUB'")
    manager = next_shift(shop, {"RUB": Money(50_000, RUB), "KZT": Money(100_000, KZT)})

    made, content = voucher(shop, shop.close_shift(manager, {"RUB": {50_000: 1}, "KZT": {100_000: 1}}).report)

    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(row["original"], row["currency"], row["sum"], row["text"]) for row in rows] == [
        ("1000.00", "KZT", "13.74", "Float"),
        ("1000.00", "KZT", "13.74", "Counted at the close, to the safe"),
        ("500.00", "RUB", "", "Float · no rate on file"),
        ("500.00", "RUB", "", "Counted at the close, to the safe · no rate on file"),
    ]
    assert {account.part for account in made.turnovers()} == {"KZT"}


def test_the_workbook_has_the_same_rows_with_the_shops_numbers_and_a_sheet_of_accounts(shop: DemoShop) -> None:
    shop.set("accounts", "cash=1010,cash_USD=1010.840,revenue_12=6010.12")
    with_vat(shop)
    manager = next_shift(shop, {})
    shop.sell(CHOCOLATE, SWEETS, BAG, tenders=(cash("20", USD),))
    z = shop.close_shift(manager, count_of(shop.read_shift(manager))).report
    made, _ = voucher(shop, z)
    _, content = voucher(shop, z, "xlsx")

    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert book.sheetnames == ["Day voucher", "Accounts"]
    rows = [row for row in book["Day voucher"].iter_rows(values_only=True) if row[1] == z.z_name and row[2]]
    assert len(rows) == len(made.postings)
    sums = [None if one.value is None else float(str(one.value)) for one in made.postings]
    assert [row[7] for row in rows] == pytest.approx(sums)
    numbers = {row[index] for row in rows for index in (2, 3)}
    assert {"1010", "1010.840", "6010.12", "6001", "1122", "1001.02.USD"} <= numbers
    assert "1001.01.CNY" not in numbers
    accounts = list(book["Accounts"].iter_rows(values_only=True))
    whole = accounts[-1]
    assert whole[2] == pytest.approx(whole[3])
    assert [row[:2] for row in accounts if row[0] == "1010.840"] == [("1010.840", "Cash in the drawer · USD")]
    assert ("6010.12", f"Sales revenue · {percent_text(Decimal(12), 'en')}") in [row[:2] for row in accounts]


def test_damaged_books_give_no_voucher_and_no_retail_sales(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE)
    manager = next_shift(shop, {})
    with shop.raw(writing=True) as store:
        store.execute("UPDATE sale_line SET amount_minor = amount_minor + 1, unit_price_minor = unit_price_minor + 1")

    for form in ("csv", "xlsx", "xml"):
        with pytest.raises(VoucherDiffers) as refused:
            files(shop).of_z(manager, form, WORDS, 1)
        assert (refused.value.z, refused.value.figure) == ("T1-Z000001", "sales")
    assert shop.rows("SELECT count(*) FROM journal WHERE act = 'export'") == [(0,)]


def test_the_files_of_a_day_have_all_its_shifts_of_one_till_or_of_all(shop: DemoShop) -> None:
    manager, other = shop.person("manager"), shop.other_till()
    shop.sell(CHOCOLATE)
    for till in (shop, other):
        till.close_shift(manager, count_of(till.read_shift(manager)))
    one = files(shop)

    both = one.of_days(manager, "csv", WORDS, DAY, DAY)
    t2 = one.of_days(manager, "csv", WORDS, DAY, DAY + timedelta(days=3), "T2")

    assert isinstance(both, VoucherDocument)
    assert isinstance(t2, VoucherDocument)
    assert [voucher.z for voucher in both.vouchers] == ["T1-Z000001", "T2-Z000001"]
    assert [voucher.z for voucher in t2.vouchers] == ["T2-Z000001"]
    assert one.made("csv", t2).decode("utf-8-sig").count("\n") == 1  # nothing was sold there: the names of the columns
    entries = shop.rows("SELECT details FROM journal WHERE act = 'export' ORDER BY id")
    assert entries == [
        ('{"day":"2026-03-02","format":"csv","what":"voucher"}',),
        ('{"day":"2026-03-02","format":"csv","last":"2026-03-05","of_till":"T2","what":"voucher"}',),
    ]
    other.close()


def test_nothing_is_exported_without_the_right_or_of_what_is_not_there(shop: DemoShop) -> None:
    manager, one = shop.person("manager"), files(shop)
    with pytest.raises(NotAllowed):
        one.of_days(shop.person("amina"), "csv", WORDS, DAY, DAY)
    with pytest.raises(NoZOnDay):
        one.of_days(manager, "csv", WORDS, DAY, DAY)
    with pytest.raises(NoZInDays):
        one.of_days(manager, "csv", WORDS, DAY, DAY + timedelta(days=1))
    with pytest.raises(NoSuchZ):
        one.of_z(manager, "xml", WORDS, 1)
    with pytest.raises(NoSuchFormat):
        one.of_z(manager, "pdf", WORDS, 1)
    assert shop.rows("SELECT count(*) FROM journal WHERE act = 'export'") == [(0,)]


# ── CommerceML ───────────────────────────────────────────────────────────────────────────────────────────────


def texts(element: ET.Element, path: str) -> list[str]:
    return [one.text or "" for one in element.findall("/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/")))]


def fen(found: list[str]) -> int:
    return sum(money(text).minor for text in found)


def test_commerceml_of_a_shift_is_its_sales_and_returns_to_the_last_fen(closed: tuple[DemoShop, ShiftReport]) -> None:
    shop, z = closed
    manager, one = shop.person("manager"), files(shop)
    made = one.made("xml", one.of_z(manager, "xml", WORDS, 2))
    root = ET.fromstring(made)

    assert root.tag == f"{{{NAMESPACE}}}КоммерческаяИнформация"
    assert (root.get("ВерсияСхемы"), root.get("ДатаФормирования")) == ("2.10", f"{DAY + timedelta(days=1)}T{_hour(z)}")
    sold, back = root.findall(f"{{{NAMESPACE}}}Документ")
    for document, operation, turnover in ((sold, SOLD, z.sales), (back, RETURNED, z.returns)):
        assert texts(document, "Ид") == [str(document_id(shop.secrets.public_name, "T1-Z000002", operation))]
        assert texts(document, "Номер") == ["T1-Z000002"]
        assert texts(document, "ХозОперация") == [operation]
        assert texts(document, "Роль") == ["Продавец"]
        assert texts(document, "Валюта") + texts(document, "Курс") == ["CNY", "1"]
        assert fen(texts(document, "Сумма")) == fen(texts(document, "Товары/Товар/Сумма")) == turnover.amount.minor
        assert sum(int(text) for text in texts(document, "Товары/Товар/Количество")) == turnover.pieces
        assert fen(texts(document, "Налоги/Налог/Сумма")) == fen(texts(document, "Товары/Товар/Налоги/Налог/Сумма"))
        for item in document.iter(f"{{{NAMESPACE}}}Товар"):
            [price], [quantity], [amount] = (texts(item, name) for name in ("ЦенаЗаЕдиницу", "Количество", "Сумма"))
            off = fen(texts(item, "Скидки/Скидка/Сумма"))
            assert abs(money(price).minor * int(quantity) - off - money(amount).minor) <= int(quantity)
            assert texts(item, "СтавкиНалогов/СтавкаНалога/Ставка")[0] in ("12", "5", "Без НДС")
    assert one.made("xml", one.of_z(manager, "xml", WORDS, 2)) == made
    assert "Конфеты" in made.decode()  # the names are those in Russian


def _hour(z: ShiftReport) -> str:
    assert z.closed_at is not None
    return (z.closed_at + timedelta(hours=8)).strftime("%H:%M:%S")


def test_a_document_of_commerceml_has_an_id_of_its_shop_shift_and_kind() -> None:
    zs = ("T1-Z000001", "T1-Z000002", "T2-Z000001")
    ids = {document_id(shop, z, kind) for shop in ("0a1b2c3d", "f" * 8) for z in zs for kind in (SOLD, RETURNED)}
    assert len(ids) == 12
    assert str(document_id("0a1b2c3d", "T1-Z000001", SOLD)) == "417f8186-5730-5555-b48b-53672333bbbe"


def test_a_shift_without_sales_is_a_document_without_goods_and_a_training_says_so(shop: DemoShop) -> None:
    manager = shop.person("manager")
    shop.close_shift(manager, count_of(shop.read_shift(manager)))
    training = AccountingFiles.over(
        shop.context, accounting_makers(table_files(lambda *_: None, training=True), lambda: "TRAINING")
    )

    [document] = ET.fromstring(training.made("xml", training.of_z(manager, "xml", WORDS, 1)))
    csv_file = training.made("csv", training.of_z(manager, "csv", WORDS, 1)).decode("utf-8-sig")

    assert texts(document, "Сумма") == ["0.00"]
    assert document.find(f"{{{NAMESPACE}}}Товары") is None
    assert texts(document, "Комментарий") == ["TRAINING · Отчёт о розничных продажах · T1-Z000001"]
    assert csv_file.startswith("TRAINING,date,")
