"""Every change of a shift is detected: its cash, its notes, its Z, and a missing Z."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from db.tables import metadata
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.shifts.hand_over_shift import Parties, hand_over_key
from pos.domain.pricing.discount import Discount
from pos.domain.staff.staff import Approval
from tests.builders import cash, money
from tests.horgos import KZT, USD
from tests.shops import BAG, CHOCOLATE, FEW_GOODS, DemoShop, made_in

COUNT: dict[str, dict[int, int]] = {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")}
COLUMNS = [column.name for column in metadata.tables["z_report"].columns]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with two shifts closed, a third one open, and cash that moved in each."""
    folder = tmp_path_factory.mktemp("closed") / "shop"
    made_in(folder, FEW_GOODS)
    shop = DemoShop(folder)
    amina = shop.person("amina")
    for _ in range(2):
        shop.sell(CHOCOLATE, tenders=(cash("100"),))
        shop.move_cash(amina, "drop", money("30"), "safe", {1_000: 3})
        shop.close_shift(amina, COUNT)
        shop.open_shift(amina, {"CNY": {10_000: 1, 1_000: 9}, "KZT": money("5000", KZT)})
        shop.now.move(hours=1)
    shop.sell(BAG)
    hand_over_to(shop, "li", {**COUNT, "CNY": {1_000: 9, 10: 5}})
    hand_over_to(shop, "amina", {**COUNT, "CNY": {1_000: 8}})
    shop.close()
    return folder


@pytest.fixture
def books(closed: Path, tmp_path: Path) -> Iterator[DemoShop]:
    """A copy of that shop, to be tampered with."""
    shutil.copytree(closed, tmp_path / "books")
    shop = DemoShop(tmp_path / "books")
    yield shop
    shop.close()


def hand_over_to(shop: DemoShop, taker: str, count: dict[str, dict[int, int]]) -> None:
    shift = shop.open_shift.current()
    assert shift is not None
    giver, given = shift.holder, Approval(shop.person(shift.holder), None, hand_over_key(shift, taker))
    shop.hand_over_shift(Parties(shop.person(taker), giver, taker, given), count)


def tamper(shop: DemoShop, statement: str) -> None:
    with shop.raw(writing=True) as store:
        store.execute("PRAGMA ignore_check_constraints=ON")
        guards = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        guards = [one for one in guards if one[0].startswith(("z_report", "hand_over"))]
        for name, _ in guards:
            store.execute(f"DROP TRIGGER {name}")
        assert store.execute(statement).rowcount != 0
        for _, made_by in guards:
            store.execute(made_by)


def test_untouched_shifts_are_clean(books: DemoShop) -> None:
    assert books.verify() == []


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_in_any_column_of_a_z_is_named(books: DemoShop, column: str) -> None:
    [kind] = [row[2] for row in books.rows("PRAGMA table_info(z_report)") if row[1] == column]
    changed = f"coalesce({column}, 0) + 1000" if kind == "INTEGER" else f"coalesce({column}, '') || '1'"

    tamper(books, f"UPDATE z_report SET {column} = {changed} WHERE number = 1")

    assert any(line.startswith("Z T1") for line in books.verify())


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("DELETE FROM z_report WHERE number = 1", "number 1 is missing before it"),
        ("DELETE FROM z_report WHERE number = 2", "Z T1-Z000002: the journal remembers another"),
        ("DELETE FROM z_report", "the journal remembers another"),
        ("UPDATE shift SET closed_at = NULL WHERE number = 1", "shift 1: closed without a Z"),
        ("UPDATE shift SET closed_at = 5 WHERE number = 3", "shift 3: closed without a Z"),
        ("UPDATE drawer SET pieces = pieces + 1 WHERE value_minor = 1000", "drawer of shift"),
        ("UPDATE drawer SET guessed = guessed + 1 WHERE value_minor = 1000", "drawer of shift"),
        ("DELETE FROM drawer WHERE shift_id = 3", "drawer of shift 3"),
        ("UPDATE cash_move SET amount_minor = -4000 WHERE kind = 'drop'", "cash of shift 1 T1: drop"),
        ("UPDATE cash_move SET notes = NULL WHERE kind = 'drop'", "cash of shift 1 T1: drop"),
        ("UPDATE cash_move SET notes = 'x' WHERE kind = 'drop'", "drawer: a movement"),
        ("DELETE FROM cash_move WHERE kind = 'drop' AND shift_id = 2", "cash of shift 2 T1: drop"),
        (
            "DELETE FROM cash_move WHERE kind = 'float' AND currency = 'KZT' AND shift_id = 3",
            "cash of shift 3 T1: float",
        ),
        ("DELETE FROM cash_move WHERE kind = 'drop' AND shift_id = 2", "Z T1-Z000002: CNY expected"),
        (
            "INSERT INTO cash_move (shift_id, kind, currency, amount_minor, at) VALUES (3, 'out', 'CNY', -100, 0)",
            "cash of shift 3 T1: out",
        ),
        ("UPDATE sale SET total_minor = total_minor + 1 WHERE number = 1", "Z T1-Z000001: 1 sales of 1250"),
        ("UPDATE shift SET person = 'li' WHERE number = 1", "shift 1 T1: opened by li"),
        ("UPDATE shift SET opened_at = 5 WHERE number = 2", "shift 2 T1: opened by amina"),
        ("UPDATE shift SET closed_at = 5 WHERE number = 2", "shift 2 T1: closed at"),
        ("UPDATE cash_move SET person = 'li' WHERE kind = 'drop' AND shift_id = 1", "cash of shift 1 T1: drop"),
        ("UPDATE cash_move SET reason = 'other' WHERE kind = 'drop' AND shift_id = 1", "cash of shift 1 T1: drop"),
        ("UPDATE hand_over SET giver = 'manager' WHERE number = 1", "manager gave what amina had"),
        ("UPDATE hand_over SET taker = 'manager' WHERE number = 1", "hand-over 1 of shift 3 T1: the journal remembers"),
        ("UPDATE hand_over SET at = at + 1 WHERE number = 2", "hand-over 2 of shift 3 T1: the journal remembers"),
        (
            "UPDATE hand_over SET approved_by = 'li' WHERE number = 2",
            "hand-over 2 of shift 3 T1: the journal remembers",
        ),
        ("UPDATE hand_over SET content = 'x' WHERE number = 2", "hand-over 2 of shift 3 T1: it does not say"),
        ("DELETE FROM hand_over WHERE number = 2", "hand-over 2 of shift 3 T1: it is missing"),
        (
            "UPDATE hand_over SET content = replace(content, '\"expected\":19100', '\"expected\":19000')",
            "CNY expected 19000, the movements come to 19100",
        ),
        (
            "UPDATE hand_over SET content = replace(content, '\"counted\":8000', '\"counted\":8100')",
            "CNY counted 8100, its notes come to 8000",
        ),
        (
            "UPDATE cash_move SET amount_minor = amount_minor + 1 WHERE kind = 'hand_over' AND amount_minor < 0",
            "cash of shift 3 T1: hand_over",
        ),
        ("UPDATE cash_move SET notes = '{}' WHERE kind = 'hand_over' AND currency = 'CNY'", "drawer of shift 3"),
    ],
)
def test_a_shift_that_drifted_from_the_facts_is_named(books: DemoShop, statement: str, finding: str) -> None:
    tamper(books, statement)

    assert any(finding in line for line in books.verify()), books.verify()


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE sale_payment SET value_minor = value_minor - 1 WHERE currency = 'USD'", "spread"),
        ("UPDATE sale_line SET discount_kind = 'amount'", "discounts"),
        ("UPDATE return_line SET reason = 'none'", "returns"),
    ],
)
def test_what_stands_behind_the_sums_of_a_z_is_recounted(shop: DemoShop, statement: str, what: str) -> None:
    basket = shop.basket(CHOCOLATE)
    basket.discount(basket.view().lines[0].line.id, Discount(percent=Decimal(10)), shop.person("amina"))
    sale = shop.pay(basket, cash("20", USD))
    order = ReturnOrder("b", sale.receipt, (ReturnLine(0, 1),), "cash", USD, "Faulty", "amina")
    shop.return_goods(order, "b")
    shop.close_shift(shop.person("amina"), COUNT)
    assert shop.verify() == []

    tamper(shop, statement)

    assert f"Z T1-Z000001: its {what} are not what the facts come to" in shop.verify()


def test_a_shift_that_is_gone_without_a_trace_of_cash_is_named(shop: DemoShop) -> None:
    shop.other_till().close()
    with shop.raw(writing=True) as store:
        store.execute("DELETE FROM shift WHERE till = 'T2'")

    assert shop.verify() == ["shift 1 T2: it is gone, the journal has it"]
