"""A file of a channel: each row is taken, known already, or refused with its reason; twice is once."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pos.application.pickup.import_orders import ImportOrders, OrdersImported
from pos.domain.errors import BadField
from pos.exports.catalogue_files import reading
from pos.languages.catalogue import load_translators
from tests.application.pickup.orders import claim, order_of, steps
from tests.application.sales.test_hold_sale import held
from tests.application.shifts.test_close_shift import right_count
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop
from tools.messages import FOLDER

HEADER = "channel;channel_ref;buyer;phone;code;quantity;price;currency;deposit;hold_until"


def read(shop: DemoShop, path: Path) -> OrdersImported:
    return ImportOrders(shop.context, reading)(path, shop.person("amina"))


def written(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "orders.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def outcomes(done: OrdersImported) -> list[tuple[int, str, str]]:
    return [(row.line, row.outcome, getattr(row.problem, "fact", "")) for row in done.rows]


def test_rows_of_one_number_are_one_order_and_a_file_read_twice_takes_nothing_more(
    shop: DemoShop, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        f"douyin;D-1;小雨;13800138000;{CHOCOLATE};2;;;10;2026-03-05",
        f"phone;;Anna 4567;;{SWEETS};1;40,00;CNY;;",
        f"douyin;D-1;小雨;13800138000;{COGNAC};1;30000;KZT;;2026-03-05",
        f"phone;;Anna 4567;;{SWEETS};1;40,00;CNY;;",
    )

    first = read(shop, path)

    assert outcomes(first) == [(line, "taken", "") for line in (2, 3, 4, 5)]
    codes = [row.code for row in first.rows]
    assert (codes[0] == codes[2], codes[1] == codes[3]) == (True, False)
    assert [str(one) for one in order_of(shop, codes[0]).agreed_sums()] == ["25.00", "30000.00"]
    again = read(shop, path)
    assert [row.code for row in again.rows] == codes
    assert {row.outcome for row in again.rows if row.code} == {"known"}
    assert shop.verify() == []


def test_deposits_of_a_file_were_paid_to_a_wallet_and_need_an_open_shift(shop: DemoShop, tmp_path: Path) -> None:
    path = written(tmp_path, f"douyin;D-1;小雨;4567;{COGNAC};1;;;100;", f"douyin;D-2;Li;4568;{COGNAC};1;;;9999;")
    shop.close_shift(shop.person("amina"), right_count(shop))
    assert outcomes(read(shop, path)) == [(2, "taken", "no_open_shift"), (3, "taken", "no_open_shift")]
    shop.open_shift(shop.person("amina"), {})
    assert outcomes(read(shop, path)) == [(2, "known", ""), (3, "known", "deposit_above_order")]
    first, _ = read(shop, path).rows
    deposit = order_of(shop, first.code).deposit
    assert deposit is not None
    assert (deposit.method, str(deposit.open), deposit.reference) == ("qr", "100.00", "D-1")
    assert shop.verify() == []


def test_each_row_that_cannot_be_taken_says_why_and_stops_no_other(shop: DemoShop, tmp_path: Path) -> None:
    shop.translators = load_translators(FOLDER)
    by_hand = claim(shop, CHOCOLATE, channel_ref="D-9")
    path = written(
        tmp_path,
        f"fax;F-1;A;4567;{CHOCOLATE};1;;;;",
        "douyin;D-2;A;4567;999999;1;;;;",
        f"douyin;D-3;A;4567;{CHOCOLATE};1;x;;;",
        f"douyin;D-4;A;4567;{CHOCOLATE};1;;XYZ;;",
        f"douyin;D-5;A;4567;{CHOCOLATE};1;;;;2020-01-01",
        f"douyin;D-6;A;4567;{CHOCOLATE};1;;;;;surplus",
        f"douyin;D-7;A;4567;{CHOCOLATE};1;;;;",
        f"douyin;D-7;B;4567;{CHOCOLATE};1;;;;",
        f"douyin;D-9;A;4567;{CHOCOLATE};1;;;;",
        f"抖音;D-8;A;4567;{CHOCOLATE};1;;;;2026-03-05 18:00",
    )

    done = read(shop, path)

    assert outcomes(done) == [
        (2, "refused", "bad_field"), (3, "refused", "unknown_code"), (4, "refused", "bad_field"),
        (5, "refused", "unknown_currency"), (6, "refused", "hold_over"), (7, "refused", "bad_field"),
        (8, "refused", "bad_field"), (9, "refused", "bad_field"), (10, "refused", "channel_ref_taken"),
        (11, "taken", ""),
    ]  # fmt: skip
    assert held(shop, CHOCOLATE) == 2
    taken = order_of(shop, done.rows[-1].code)
    assert (taken.channel, taken.hold_until.isoformat()) == ("douyin", "2026-03-05T10:00:00+00:00")
    steps(shop).cancel(by_hand.code, "", shop.person("amina"))
    assert read(shop, path).count("taken") == 0


def test_an_order_that_a_file_changes_is_not_taken_a_second_time(shop: DemoShop, tmp_path: Path) -> None:
    [first] = read(shop, written(tmp_path, f"douyin;D-1;Li;4567;{CHOCOLATE};1;;;;")).rows
    [changed] = read(shop, written(tmp_path, f"douyin;D-1;Li;4567;{CHOCOLATE};3;;;;")).rows
    assert (changed.outcome, getattr(changed.problem, "code", "")) == ("refused", first.code)


def test_a_workbook_is_read_as_well_and_a_file_without_its_columns_is_refused(shop: DemoShop, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Channel", "Channel ref", "Buyer", "Code", "Quantity"])
    sheet.append(["douyin", "D-1", "Li", CHOCOLATE, 2])
    book.save(tmp_path / "orders.xlsx")
    assert outcomes(read(shop, tmp_path / "orders.xlsx")) == [(2, "taken", "")]
    with pytest.raises(BadField) as refused:
        read(shop, written(tmp_path, "douyin", header="channel"))
    assert refused.value.field == "header.code"


@pytest.mark.parametrize("text", ["1,000", "12,500", "1.250"])
@pytest.mark.parametrize("column", ["price", "deposit"])
def test_a_figure_that_may_be_thousands_or_decimals_is_refused(
    shop: DemoShop, tmp_path: Path, text: str, column: str
) -> None:
    price, deposit = (text, "") if column == "price" else ("400.00", text)

    done = read(shop, written(tmp_path, f"douyin;D-1;小雨;;{CHOCOLATE};1;{price};CNY;{deposit};"))

    [row] = done.rows
    assert isinstance(row.problem, BadField)
    assert (row.outcome, row.problem.field, row.problem.what) == ("refused", column, "ambiguous")


def test_a_deposit_in_two_rows_of_one_order_is_refused_and_nothing_is_taken(shop: DemoShop, tmp_path: Path) -> None:
    rows = (f"douyin;D-1;小雨;;{CHOCOLATE};1;400;CNY;50;", f"douyin;D-1;小雨;;{SWEETS};1;400;CNY;50;")

    done = read(shop, written(tmp_path, *rows))

    assert outcomes(done) == [(2, "refused", "bad_field"), (3, "refused", "bad_field")]
