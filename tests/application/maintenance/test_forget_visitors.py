"""Visitors are forgotten by themselves when no window needs them: everywhere, and nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pos.application.maintenance.erase_visitors import Erased, EraseVisitors
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.domain.quota.rule import Regime
from pos.domain.staff.staff import NotAllowed
from pos.domain.visitors.document import Document, read_mrz
from pos.printing.erased_receipt_files import EraseDrawnReceipts
from tests.horgos import CNY
from tests.shops import CARTON, CHOCOLATE, SWEETS, ZHANG_WEIS_NUMBER, DemoShop
from tests.ui.at_the_counter import a_passport


def forgetting(shop: DemoShop, regimes: Mapping[str, Regime] | None = None) -> EraseVisitors:
    known = shop.known_regimes if regimes is None else regimes
    receipt_files = EraseDrawnReceipts(shop.folder, shop.settings)
    return EraseVisitors(replace(shop.context, regimes=lambda: known), shop.store, receipt_files)


def saule(shop: DemoShop, number: int = 7) -> Document:
    return read_mrz(a_passport(number).splitlines(), shop.now().date())


def sell_to(shop: DemoShop, document: Document, *codes: str) -> str:
    checkout = shop.checkout()
    checkout.identify(document)
    for code in codes:
        checkout.scan(code)
    return shop.pay(checkout).receipt


def traces(shop: DemoShop, *texts: str) -> list[str]:
    """Which of these texts stand anywhere in the bytes of the store and what lies beside it."""
    files = [path.read_bytes() for path in shop.folder.glob("shop.db*")]
    return [text for text in texts if any(text.encode() in content for content in files)]


def journaled(shop: DemoShop) -> list[dict[str, object]]:
    rows = shop.rows("SELECT details FROM journal WHERE act = 'erase_visitors' ORDER BY id")
    return [json.loads(row[0]) for row in rows]


def far_on(shop: DemoShop, days: int) -> None:
    """So many days later; the last two sales of the shop are Saule's of that day."""
    shop.now.move(days=days)


def test_a_visitor_whom_no_window_needs_is_in_no_table_and_in_no_byte_of_the_files(shop: DemoShop) -> None:
    zhang = shop.visitor()
    shop.sell(CARTON, CHOCOLATE)
    who = (zhang.key, zhang.masked, zhang.name)
    assert all(who)
    assert sorted(traces(shop, *who)) == sorted(who)
    far_on(shop, 62)
    sell_to(shop, saule(shop), SWEETS)

    done = forgetting(shop).all(shop.person("manager"))

    assert (done.visitors, done.sales) == (1, 1)
    assert traces(shop, *who, ZHANG_WEIS_NUMBER) == []
    assert (shop.folder / "shop.db-wal").stat().st_size == 0
    assert not any(text in str(shop.tables()) for text in who)
    kept = json.loads(shop.rows("SELECT visitors FROM sale ORDER BY id")[0][0])[0]
    assert (kept["label"], kept["country"], kept["key"], kept["masked"], kept["name"]) == ("A", "CHN", "", "", "")
    assert shop.verify() == []


def test_one_entry_says_how_many_and_never_who(shop: DemoShop) -> None:
    sell_to(shop, saule(shop, 1), SWEETS)
    sell_to(shop, saule(shop, 2), SWEETS)
    far_on(shop, 62)
    step = forgetting(shop).step
    while step():
        pass

    (entry,) = journaled(shop)
    assert {name: entry[name] for name in ("visitors", "sales", "window_days", "margin_days")} == {
        "visitors": 2, "sales": 2, "window_days": 31, "margin_days": 30,
    }  # fmt: skip
    assert shop.rows("SELECT person FROM journal WHERE act = 'erase_visitors'") == [("program",)]
    assert not step()  # once a day
    far_on(shop, 1)
    while step():
        pass
    assert len(journaled(shop)) == 1  # no one more to forget: nothing to record


def test_a_visitor_within_the_window_is_known_and_has_no_fresh_allowance(shop: DemoShop) -> None:
    sell_to(shop, saule(shop), SWEETS)
    far_on(shop, 60)
    receipt = sell_to(shop, saule(shop), CARTON, CARTON)
    sell_to(shop, saule(shop, 8), SWEETS)
    checkout = shop.checkout()
    checkout.identify(saule(shop))
    before = checkout.scan(CARTON).verdict
    left = shop.rows("SELECT * FROM quota_entry ORDER BY sale_id, line_no")
    far_on(shop, 2)  # the first sale is too old now, the person is not

    done = forgetting(shop).all(shop.person("manager"))

    assert (done.visitors, done.sales) == (0, 1)
    assert shop.rows("SELECT * FROM quota_entry ORDER BY sale_id, line_no") == left
    far_on(shop, -2)
    again = shop.checkout()
    again.identify(saule(shop))
    assert again.scan(CARTON).verdict == before
    with shop.store.reading() as work:
        sale = work.sales.by_number("T1", int(receipt.rpartition("-")[2]))
    assert sale is not None
    assert sale.visitors[0].name
    assert shop.verify() == []


def test_two_linked_documents_are_kept_as_long_as_either_is_needed(shop: DemoShop) -> None:
    sell_to(shop, saule(shop, 1), SWEETS)
    far_on(shop, 61)
    sell_to(shop, saule(shop, 2), SWEETS)
    with shop.store.begin() as work:
        first, second = (row[0] for row in shop.rows("SELECT id FROM visitor ORDER BY id"))
        work.commit()
    with shop.raw(writing=True) as file:
        file.execute("UPDATE visitor SET same_as = ? WHERE id = ?", (first, second))
    far_on(shop, 1)

    assert forgetting(shop).all(shop.person("manager")).visitors == 0
    assert shop.rows("SELECT count(*) FROM visitor_document") == [(2,)]


def test_goods_of_a_forgotten_visitors_receipt_come_back_and_the_report_is_as_it_was(shop: DemoShop) -> None:
    sold_on = shop.now().date()
    receipt = shop.sell(CHOCOLATE, SWEETS).receipt
    shop.set("visitor_margin_days", "1")
    far_on(shop, 40)
    before = shop.report_day(sold_on)
    forgetting(shop).all(shop.person("manager"))
    assert shop.report_day(sold_on) == before

    back = shop.return_goods(
        ReturnOrder("r-1", receipt, (ReturnLine(0, 1),), "cash", CNY, "spoilt", "amina"), "f"
    )  # fmt: skip

    assert back.pieces == 1
    assert shop.verify() == []


def test_a_sale_changed_after_its_visitors_were_forgotten_is_found_out_and_so_is_one_changed_before(
    shop: DemoShop,
) -> None:
    shop.sell(CHOCOLATE)
    shop.sell(SWEETS)
    with shop.raw(writing=True) as file:
        file.execute("UPDATE sale SET cashier = 'li' WHERE id = 1")
    far_on(shop, 62)
    assert forgetting(shop).all(shop.person("manager")).sales == 2
    assert [line for line in shop.verify() if "chain of sales T1-000001" in line]
    assert not [line for line in shop.verify() if "T1-000002" in line]

    for change in ("cashier = 'li'", "visitors = replace(visitors, 'CHN', 'KAZ')", "visitors = '[]'", "mac = before"):
        with shop.raw(writing=True) as file:
            (saved,) = file.execute("SELECT cashier, visitors, mac FROM sale WHERE id = 2").fetchall()
            file.execute(f"UPDATE sale SET {change} WHERE id = 2")
        assert [line for line in shop.verify() if "T1-000002" in line], change
        with shop.raw(writing=True) as file:
            file.execute("UPDATE sale SET cashier = ?, visitors = ?, mac = ? WHERE id = 2", saved)


def test_no_one_is_forgotten_while_rules_are_missing_or_by_the_person_who_may_not(
    shop: DemoShop, tmp_path: Path
) -> None:
    shop.sell(SWEETS)
    far_on(shop, 400)
    rules = {name: rule for name, rule in shop.known_regimes.items() if name != "kz-horgos"}

    assert forgetting(shop, rules).all(shop.person("manager")) == Erased()
    with pytest.raises(NotAllowed):
        forgetting(shop).all(shop.person("amina"))
    assert shop.rows("SELECT count(*) FROM visitor_document") == [(1,)]


def test_a_basket_parked_all_that_time_goes_with_its_visitor(shop: DemoShop) -> None:
    zhang = shop.visitor()
    amina = shop.person("amina")
    shop.park_sale(shop.basket(SWEETS).order(amina), "later", amina)
    far_on(shop, 63)

    forgetting(shop).all(shop.person("manager"))

    assert shop.rows("SELECT count(*) FROM hold") == [(0,)]
    assert traces(shop, zhang.key, zhang.masked) == []
    assert shop.verify() == []


def test_what_was_drawn_of_a_forgotten_receipt_leaves_the_folder_and_nothing_else_does(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    folder = shop.folder / "receipts" / "2026" / "03" / "02"
    folder.mkdir(parents=True)
    for name in ("T1-000001", "T1-000001-A", "T1-000001-copy-2", "T1-0000011", "T2-000001"):
        (folder / f"{name}.pdf").write_text("drawn")
    far_on(shop, 62)

    forgetting(shop).all(shop.person("manager"))

    assert sorted(file.stem for file in folder.iterdir()) == ["T1-0000011", "T2-000001"]
