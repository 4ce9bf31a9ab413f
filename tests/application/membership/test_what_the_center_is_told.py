"""What happens in a shop after a sale is told to the center, once, whatever becomes of the line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from db.store.unit_of_work import SqlUnitOfWork
from pos.application.center.list_flags import ListFlags
from pos.application.membership.send_to_center import NOT_TAKEN
from pos.application.ports.membership_ports import WaitingCall
from pos.application.returns.return_order import Back, Exchange, ReturnLine, ReturnOrder
from pos.application.returns.void_sale import VoidOrder
from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.complete_sale import Payment
from pos.domain.center.ledger import StandingLine
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval
from pos.domain.visitors.document import Document, read_typed
from tests.application.membership.member_shops import MemberShop
from tests.center.shops import Center
from tests.horgos import CNY
from tests.shops import CARTON, CHOCOLATE, SWEETS, a_ticket

ROOT = Path(__file__).resolve().parents[3]


def other_document(shop: MemberShop) -> Document:
    return read_typed("passport", "N12345678", "KAZ", None, shop.now().date())


def at_the_center(shop: MemberShop, document: Document | None = None) -> list[tuple[str, int, bool]]:
    """What stands at the center for a visitor: kinds, units, and whether they have left."""
    checkout = shop.checkout()
    view = checkout.identify(document or shop.document())
    answer = shop.at_center.look_up(checkout.key, view.visitors[0].visitor, "cn-horgos")
    assert answer.ledger is not None, answer.what
    lines: list[StandingLine] = list(answer.ledger.lines)
    return [(line.goods.category, line.goods.quantity, line.carried_out_at is not None) for line in lines]


def cartons(count: int) -> list[tuple[str, int, bool]]:
    return [("tobacco.cigarette", count, False)] if count else []


def return_one(shop: MemberShop, sale: Sale, quantity: int = 1) -> None:
    line = sale.lines[0].line
    order = ReturnOrder("r-1", sale.receipt, (ReturnLine(line, quantity),), "cash", CNY, "unwanted", "amina")
    shop.return_goods(order, "content")


def test_what_comes_back_gives_the_allowance_back_next_door(here: MemberShop, next_door: MemberShop) -> None:
    sale = here.sell_to_zhang(CARTON, CARTON)
    return_one(here, sale)
    assert here.waiting() == ["return"]
    here.at_center.send()
    assert at_the_center(next_door) == cartons(1)


def test_a_void_gives_all_of_it_back(here: MemberShop) -> None:
    sale = here.sell_to_zhang(CARTON, CARTON)
    order = VoidOrder("v-1", sale.receipt, "mistake", "amina")
    here.void_sale.from_counter(order, Approval(here.person("manager"), frozenset({"void_sale"}), "v-1"))
    here.at_center.send()
    assert at_the_center(here) == []


def test_goods_that_came_back_in_exchange_make_room_for_others(here: MemberShop, next_door: MemberShop) -> None:
    sale = here.sell_to_zhang(CARTON, CARTON)
    back = Exchange((Back(sale.receipt, (ReturnLine(sale.lines[0].line, 1),), "unwanted"),), "cash", CNY)
    order = here.order_of(CARTON)
    with pytest.raises(QuotaExceeded):
        here.open_payment(order)
    order = here.open_payment(replace(here.order_of(CARTON), exchange=back))
    here.complete_sale.from_counter(order, Payment(()))
    assert here.waiting() == ["sale"], "what came back goes with the sale"
    here.at_center.send()
    assert sum(units for _, units, _ in at_the_center(next_door)) == 2


def test_goods_of_a_sale_before_the_shop_joined_come_back_untold(here: MemberShop) -> None:
    given = here.credentials.read()
    here.credentials.forget()
    sale = here.take_money(here.order_of(CARTON))
    assert given is not None
    here.credentials.keep(given)
    return_one(here, sale)
    assert here.waiting() == []


def test_lines_that_go_to_another_visitor_go_there_at_the_center(here: MemberShop) -> None:
    sale = here.sell_to_zhang(CARTON)
    move = here.visits.move_quota
    need = move.need(sale.receipt, "A", other_document(here))
    approval = Approval(here.person("manager"), frozenset({"review"}), move.key(sale.receipt), frozenset({need}))
    move(sale.receipt, "A", other_document(here), here.person("amina"), approval)
    here.at_center.send()
    assert at_the_center(here) == []
    assert at_the_center(here, other_document(here)) == cartons(1)


def with_duty(shop: MemberShop, *codes: str) -> Sale:
    """Sold over the allowance, with an approval."""
    order = replace(shop.order_of(*codes), over_quota="duty")
    approval = Approval(shop.person("manager"), frozenset({"over_quota"}), order.key)
    sale = shop.take_money(shop.open_payment(order, approval), approval)
    shop.at_center.send()
    return sale


def dutiable(shop: MemberShop) -> int:
    """The dutiable units at the center."""
    answer = shop.at_center.look_up("another", shop.visitor(), "cn-horgos")
    assert answer.ledger is not None, answer.what
    return sum(line.goods.taxed_units for line in answer.ledger.lines)


def test_goods_that_become_free_by_a_return_are_free_at_the_center(
    here: MemberShop, next_door: MemberShop, center: Center
) -> None:
    """They stayed dutiable there and took no room: the shop next door gave the allowance out once more, unflagged."""
    first = here.sell_to_zhang(CARTON, CARTON)
    with_duty(here, CARTON)
    assert dutiable(here) == 1
    return_one(here, first)
    here.at_center.send()
    assert dutiable(here) == 0
    with pytest.raises(QuotaExceeded):
        next_door.open_payment(next_door.order_of(CARTON))
    assert [flag.kind for flag in ListFlags(center.context)()] == ["approved_over"]


def test_goods_that_are_moved_are_dutiable_at_the_center_as_in_the_books(here: MemberShop, center: Center) -> None:
    """They came there as they had been sold, and the other visitor seemed to have exceeded the allowance."""
    sale = here.sell_to_zhang(CARTON)
    wife = read_typed("passport", "E87654321", "CHN", "1990-01-01", here.now().date())
    other = here.basket(CARTON, CARTON, visitor=False)
    other.identify(wife, residence="CN")
    other.leave_to("CN")
    here.take_money(here.open_payment(other.order(here.person("amina"))))
    move = here.visits.move_quota
    need = move.need(sale.receipt, "A", wife)
    approval = Approval(here.person("manager"), frozenset({"review"}), move.key(sale.receipt), frozenset({need}))
    move(sale.receipt, "A", wife, here.person("amina"), approval)
    here.at_center.send()
    assert sum(units for _, units, _ in at_the_center(here, wife)) == 3
    assert ListFlags(center.context)() == []


def test_what_the_center_lacks_of_the_books_comes_with_the_next_sale(here: MemberShop) -> None:
    """As after a return under an earlier program, which told nothing of it."""
    first = here.sell_to_zhang(CARTON, CARTON)
    with_duty(here, CARTON)
    return_one(here, first)
    with here.store.begin() as work:
        (call,) = work.membership.waiting("T1", 1)
        body = {name: value for name, value in json.loads(call.body).items() if name != "reassessed"}
        work.membership.rewrite(call.id, json.dumps(body))
        work.commit()
    here.at_center.send()
    assert dutiable(here) == 1
    here.sell_to_zhang(CHOCOLATE)
    assert dutiable(here) == 0


def test_an_answer_about_days_of_entry_that_is_taken_back_is_taken_back_next_door(
    here: MemberShop, next_door: MemberShop
) -> None:
    """A wrong key left the visitor a frequent one in every shop."""
    days = [here.now().date() - timedelta(days=number) for number in (3, 4)]
    next_door.visits.record_entry_dates(next_door.document(), days[:1], next_door.person("amina"))
    next_door.at_center.send()
    checkout = here.basket(CHOCOLATE)
    known = here.visits.record_entry_dates(checkout.view().visitors[0].visitor, days, here.person("amina"))
    checkout.take_entries("A", days, known, "amina")
    here.at_center.send()
    checkout.undo()
    assert here.waiting() == ["entries"]
    here.at_center.send()
    answer = next_door.at_center.look_up("another", next_door.visitor(), "cn-horgos")
    assert answer.ledger is not None
    assert answer.ledger.entries == (days[0],), "what the other shop said stands"


def test_who_leaves_takes_the_goods_of_every_shop_along(here: MemberShop, next_door: MemberShop) -> None:
    here.sell_to_zhang(SWEETS)
    next_door.sell_to_zhang(CARTON)
    here.now.move(minutes=1)
    here.visits.record_departure(here.document(), here.person("amina"))
    assert set(here.waiting()) == {"departure"}
    here.at_center.send()
    assert all(left for _, _, left in at_the_center(next_door))


def test_days_of_entry_are_known_next_door(here: MemberShop, next_door: MemberShop) -> None:
    day = here.now().date() - timedelta(days=3)
    here.visits.record_entry_dates(here.document(), [day], here.person("amina"))
    here.at_center.send()
    checkout = next_door.basket(CHOCOLATE)
    visitor = checkout.view().visitors[0].visitor
    answer = next_door.at_center.look_up(checkout.key, visitor, "cn-horgos")
    assert answer.ledger is not None
    assert answer.ledger.entries == (day,)


def test_goods_that_a_visitor_declares_are_told_with_the_sale(here: MemberShop, next_door: MemberShop) -> None:
    declared = {"at": "2026-03-02T09:00:00+08:00", "lines": [{"category": "tobacco.cigarette", "quantity": 1,
                "unit_price": "100.00", "currency": "CNY", "sticks": 200}]}  # fmt: skip
    ticket = a_ticket()
    ticket["visitors"][0]["declared"] = [declared]
    here.ring_sale(ticket)
    assert here.waiting() == []
    assert ("tobacco.cigarette", 1, False) in at_the_center(next_door)
    here.open_payment(here.order_of(CARTON))  # what the books know is counted once
    with pytest.raises(QuotaExceeded):
        next_door.open_payment(next_door.order_of(CARTON, CARTON))


def test_two_documents_of_one_person_are_one_at_the_center(here: MemberShop, next_door: MemberShop) -> None:
    next_door.sell_to_zhang(CARTON)
    here.visits.link(here.document(), other_document(here), here.person("amina"))
    assert here.waiting() == ["link"]
    here.at_center.send()
    assert at_the_center(next_door, other_document(next_door)) == cartons(1)


def test_a_sale_and_what_is_told_of_it_are_recorded_together_or_not_at_all(
    here: MemberShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = here.open_payment(here.order_of(CHOCOLATE))

    def fails(*_whatever: object) -> None:
        raise RuntimeError("the disk")

    monkeypatch.setattr("db.membership.membership.SqlMembership.queue", fails)
    with pytest.raises(RuntimeError):
        here.take_money(order)
    assert here.rows("SELECT count(*) FROM sale WHERE total_minor IS NOT NULL") == [(0,)]
    monkeypatch.undo()
    here.take_money(order)
    assert here.waiting() == ["sale"]
    with here.store.begin() as work:  # and a sale that is undone takes what is told of it along
        work.membership.queue("T1", WaitingCall("sale", "undone#1", "{}", here.now(), "undone"))
    assert here.waiting() == ["sale"]


def dies_after_the_sale(shop: MemberShop, monkeypatch: pytest.MonkeyPatch) -> bool:
    """The till dies right after the COMMIT of a sale. Whether the sale is there and still to be told."""
    order = shop.open_payment(shop.order_of(CHOCOLATE))
    commit = SqlUnitOfWork.commit

    def commits_and_dies(work: SqlUnitOfWork) -> None:
        commit(work)
        raise RuntimeError("the power")

    with monkeypatch.context() as patched:
        patched.setattr(SqlUnitOfWork, "commit", commits_and_dies)
        with pytest.raises(RuntimeError):
            shop.take_money(order)
    sold = shop.rows("SELECT count(*) FROM sale WHERE total_minor IS NOT NULL")
    return sold == [(1,)] and shop.waiting() == ["sale"]


def test_a_till_that_dies_after_a_sale_still_has_to_tell_of_it(
    here: MemberShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dies_after_the_sale(here, monkeypatch)


def test_what_is_told_outside_of_the_sales_transaction_would_be_noticed(
    here: MemberShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_the_commit: list[object] = []
    monkeypatch.setattr("db.membership.membership.SqlMembership.queue", lambda *call: after_the_commit.append(call))
    assert not dies_after_the_sale(here, monkeypatch)
    assert after_the_commit


def test_a_lost_answer_is_asked_for_again_and_booked_once(here: MemberShop, next_door: MemberShop) -> None:
    here.take_money(here.open_payment(here.order_of(CARTON)))
    here.line.lost_answers = 1
    assert here.at_center.send().what == "timeout"
    assert here.waiting() == ["sale"]
    assert here.at_center.send().taken == 1
    assert at_the_center(next_door) == cartons(1)


def test_what_the_center_never_takes_is_kept_and_named_and_stops_nothing(here: MemberShop) -> None:
    with here.store.begin() as work:
        body = '{"at":"2026-03-02T04:00:00+00:00","key":"x","units":[{"line":1,"sale":"none","units":1}]}'
        work.membership.queue("T1", WaitingCall("return", "x", body, here.now()))
        work.commit()
    here.sell_to_zhang(CHOCOLATE)
    assert here.waiting() == []
    assert here.rows("SELECT key, problem FROM center_call WHERE problem IS NOT NULL") == [
        ("x", "center_line_not_known")
    ]
    assert here.rows("SELECT count(*) FROM journal WHERE act = ?", NOT_TAKEN) == [(1,)]


def test_no_document_number_is_in_what_is_told(here: MemberShop) -> None:
    here.take_money(here.open_payment(here.order_of(CARTON)))
    for table, rows in here.tables().items():
        assert "E00000001" not in str(rows), table


WRITES = re.compile(
    r"work\.visitors\.(retax|give_back|leave|move|record_entry_dates|withdraw_entry_dates|link|part)\("
    r"|work\.sales\.record\(|\brecord\.give_back\(|\bwithdraw_entry_dates\(work"
)
_ROW = re.compile(r"^\| `(pos/application/[a-z_/]+\.py)` \| ([^|]+) \| ([^|]+) \|", re.MULTILINE)


def rows_of_the_page() -> Mapping[str, tuple[str, str]]:
    text = (ROOT / "docs" / "center.md").read_text(encoding="utf-8")
    return {file: (step.strip(), call.strip()) for file, step, call in _ROW.findall(text)}


def test_every_step_that_touches_the_ledger_has_its_call() -> None:
    """A step that writes to the allowance's ledger and stands in no row of docs/center.md would be told to no one."""
    folder = ROOT / "pos" / "application"
    writing = {
        file.relative_to(ROOT).as_posix()
        for file in folder.rglob("*.py")
        if file.parent.name != "center" and WRITES.search(file.read_text(encoding="utf-8"))
    }
    rows = rows_of_the_page()
    assert writing == set(rows)
    assert all(step and call for step, call in rows.values())
