"""What the shop does for a visitor beside selling: look them up, link documents, record entries, move quota."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pos.application.ports.visitor_ports import AllowanceMove
from pos.application.receipts.issue_receipt import ShowSale
from pos.application.sales.checkout import Checkout
from pos.application.tables.listing import ListReader
from pos.application.text.translator import Translator
from pos.application.visitors.identify_visitor import UnknownVisitor
from pos.application.visitors.link_documents import AlreadyLinked, NotLinked
from pos.application.visitors.move_quota import AlreadyHis, NothingToMove
from pos.application.visitors.tables import purchases
from pos.application.visitors.visitor_json import visitor_answer
from pos.domain.errors import BadField, Refused
from pos.domain.quota.rule import Verdict
from pos.domain.receipt_number import NoSuchReceipt
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, ApprovalNotAllowed, NotAllowed
from pos.domain.visitors.document import Document
from tests.application.quota.test_open_questions import answer_entries
from tests.application.returns.test_return_goods import record_return
from tests.application.visitors.test_record_departure import a_passport, leaves, steps
from tests.builders import MONDAY, money
from tests.shops import BAG, CARTON, CHOCOLATE, MANAGERS_PIN, SWEETS, WATCH, ZHANG_WEIS_NUMBER, DemoShop, a_ticket


def sell_to(shop: DemoShop, document: Document, *codes: str) -> Sale:
    basket: Checkout = shop.checkout()
    basket.identify(document)
    for code in codes:
        basket.scan(code)
    return shop.pay(basket)


def journaled(shop: DemoShop, event: str) -> list[tuple[str, Any]]:
    """Who did it, and the details."""
    rows = shop.rows("SELECT person, details FROM journal WHERE act = ? ORDER BY id", event)
    return [(person, json.loads(details)) for person, details in rows]


def approval(
    shop: DemoShop, key: str, name: str = "manager", permissions: tuple[str, ...] | None = ("review",)
) -> Approval:
    return Approval(shop.person(name), None if permissions is None else frozenset(permissions), key)


# ── looked up ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_stranger_has_every_allowance_whole(shop: DemoShop) -> None:
    answer = visitor_answer(steps(shop).show(shop.document(), shop.person("amina")))

    assert (answer["document"], answer["known"], answer["first_seen"]) == ("E••••••01", False, None)
    assert (answer["papers"], answer["entries"], answer["purchases"]) == ([], [], [])
    assert sorted(answer["regimes"]) == sorted(shop.regimes())
    assert {judged["verdict"] for judged in answer["regimes"].values()} == {"ok"}
    [value] = [rule for rule in answer["regimes"]["cn-horgos"]["rules"] if rule["rule"] == "value"]
    assert (value["limit"], value["left"]) == ("8000", "8000.00")
    assert shop.rows("SELECT count(*) FROM visitor") == [(0,)]


def test_what_is_left_is_marked_as_the_most_until_the_days_of_entry_are_known(shop: DemoShop) -> None:
    def marked() -> list[str]:
        at_most = visitor_answer(steps(shop).show(shop.document(), shop.person("amina")))["at_most"]["cn-horgos"]
        assert isinstance(at_most, list)
        return at_most

    before = marked()
    checkout = shop.basket(SWEETS)
    answer_entries(shop, checkout)
    shop.pay(checkout)

    assert "tobacco" in before
    assert marked() == []


def test_a_visitor_is_shown_with_their_purchases_and_what_is_left_of_each_allowance(shop: DemoShop) -> None:
    shop.sell(SWEETS, CHOCOLATE)
    shop.now.move(minutes=5)
    leaves(shop)

    answer = visitor_answer(steps(shop).show(shop.document(), shop.person("amina")))

    assert (answer["known"], answer["first_seen"]) == (True, MONDAY.isoformat())
    assert answer["papers"] == [{"kind": "passport", "country": "CHN", "document": "E••••••01", "own": True}]
    sweets, _ = answer["purchases"]
    assert sweets.pop("name")
    assert sweets == {
        "receipt": "T1-000001",
        "at": MONDAY.isoformat(),
        "regime": "cn-horgos",
        "carried_out_at": (MONDAY + timedelta(minutes=5)).isoformat(),
        "declared": False,
        "moved": "",
        "voided_by": None,
        "category": "food.sweets",
        "quantity": 1,
        "taxed": 0,
        "unit_price": "48.00",
        "discount": "0.00",
        "currency": "CNY",
    }
    [value] = [rule for rule in answer["regimes"]["cn-horgos"]["rules"] if rule["rule"] == "value"]
    assert (value["used"], value["available"]) == ("60.50", "0.00")


def test_the_journal_says_who_was_looked_up_by_the_number_of_their_row_alone(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    steps(shop).show(shop.document(), shop.person("amina"))
    steps(shop).show(a_passport(shop), shop.person("li"))

    [(visitor,)] = shop.rows("SELECT id FROM visitor")
    assert journaled(shop, "look_up") == [("amina", {"visitor": visitor}), ("li", {"visitor": None})]
    assert ZHANG_WEIS_NUMBER not in str(shop.tables())
    assert shop.verify() == []


def test_a_stock_clerk_looks_no_one_up(shop: DemoShop) -> None:
    clerk = shop.person("clerk")
    steps_of_a_clerk: list[Callable[[], object]] = [
        lambda: steps(shop).show(shop.document(), clerk),
        lambda: steps(shop).link(shop.document(), a_passport(shop), clerk),
        lambda: steps(shop).part(shop.document(), clerk),
        lambda: steps(shop).move_quota("T1-000001", "A", a_passport(shop), clerk),
        lambda: steps(shop).record_entry_dates(shop.document(), (), clerk),
        lambda: steps(shop).record_gate(shop.folder, clerk),
    ]
    before = shop.tables()
    for step in steps_of_a_clerk:
        with pytest.raises(NotAllowed):
            step()
    assert shop.tables() == before


# ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_days_of_entry_are_remembered_with_the_day_on_which_they_were_asked(shop: DemoShop) -> None:
    days = (date(2026, 3, 2), date(2026, 2, 20), date(2026, 3, 2))

    known = steps(shop).record_entry_dates(shop.document(), days, shop.person("amina"))

    assert (known.entries, known.asked_on) == ((date(2026, 3, 2), date(2026, 2, 20)), date(2026, 3, 2))
    assert journaled(shop, "entries") == [("amina", {"days": 2, "visitor": known.locked.visitor})]
    judged = steps(shop).show(shop.document(), shop.person("amina")).judged["cn-horgos"].assessment
    assert "tobacco_frequent" in {result.rule.id for result in judged.rules}
    assert shop.verify() == []


def test_a_visitor_who_has_not_entered_was_asked_all_the_same(shop: DemoShop) -> None:
    known = steps(shop).record_entry_dates(shop.document(), (), shop.person("amina"))

    assert (known.entries, known.asked_on) == ((), date(2026, 3, 2))


@pytest.mark.parametrize(("day", "what"), [(date(2026, 3, 3), "in_the_future"), (date(2025, 1, 25), "out_of_range")])
def test_a_day_that_cannot_have_been_or_is_too_long_ago_is_bad_input(shop: DemoShop, day: date, what: str) -> None:
    before = shop.tables()

    with pytest.raises(BadField) as refused:
        steps(shop).record_entry_dates(shop.document(), (date(2026, 3, 2), day), shop.person("amina"))

    assert (refused.value.field, refused.value.what) == ("entries[1]", what)
    assert shop.tables() == before


def test_where_it_is_tomorrow_already_tomorrow_is_a_day_of_entry(shop: DemoShop) -> None:
    shop.set("time_zone", "Asia/Almaty")
    shop.now.at = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)  # 22:00 in Almaty, 01:00 of the next day in Shanghai

    known = steps(shop).record_entry_dates(shop.document(), (date(2026, 3, 3),), shop.person("amina"))

    assert known.asked_on == date(2026, 3, 2)


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_linked_documents_share_one_allowance(shop: DemoShop) -> None:
    shop.sell(CARTON)
    sell_to(shop, a_passport(shop), CARTON)

    known = steps(shop).link(a_passport(shop), shop.document(), shop.person("amina"))

    assert [(document.masked, document.own) for document in known.id_documents] == [
        ("E••••••01", False),
        ("E••••••21", True),
    ]
    assert journaled(shop, "link") == [("amina", {"paper": 2, "to": 1})]
    with pytest.raises(Refused) as over:
        sell_to(shop, a_passport(shop), CARTON)
    assert over.value.fact == "quota_exceeded"
    with pytest.raises(Refused):
        shop.sell(CARTON)
    assert shop.verify() == []


def test_who_comes_twice_by_two_documents_is_named_by_their_place_in_the_ticket(shop: DemoShop) -> None:
    documents = [
        {"kind": "passport", "number": number, "country": "CHN", "birth_date": "1990-01-01"}
        for number in ("E87654321", "E80000002", "E80000003")
    ]
    steps(shop).link(a_passport(shop), a_passport(shop, "E80000003"), shop.person("amina"))
    visitors = [{"id": label, "document": document} for label, document in zip(("Z", "B", "A"), documents, strict=True)]

    with pytest.raises(BadField) as refused:
        shop.ring_sale(a_ticket(visitors=visitors))

    facts = refused.value.facts()
    assert facts == {"field": "visitors[2].document", "what": "duplicate", "value": "A"}


def test_a_document_that_no_one_has_seen_is_linked_as_well(shop: DemoShop) -> None:
    known = steps(shop).link(a_passport(shop), shop.document(), shop.person("amina"))

    assert len(known.id_documents) == 2
    assert shop.verify() == []


def test_two_persons_of_several_documents_each_become_one(shop: DemoShop) -> None:
    amina, documents = shop.person("amina"), [a_passport(shop, f"E8000000{n}") for n in range(4)]
    steps(shop).link(documents[0], documents[1], amina)
    steps(shop).link(documents[2], documents[3], amina)

    known = steps(shop).link(documents[0], documents[2], amina)

    assert len(known.id_documents) == 4
    assert shop.rows("SELECT count(*) FROM visitor WHERE same_as IS NULL") == [(1,)]
    assert shop.verify() == []


def test_documents_of_one_person_are_not_linked_again(shop: DemoShop) -> None:
    amina = shop.person("amina")
    steps(shop).link(a_passport(shop), shop.document(), amina)
    before = shop.tables()

    for document, to in ((a_passport(shop), shop.document()), (shop.document(), shop.document())):
        with pytest.raises(AlreadyLinked) as refused:
            steps(shop).link(document, to, amina)
    assert refused.value.facts() == {"paper": "E••••••01", "to": "E••••••01"}
    assert shop.tables() == before


@pytest.mark.parametrize("own", [True, False])
def test_a_document_is_parted_by_a_manager_and_takes_its_purchases_along(shop: DemoShop, own: bool) -> None:
    shop.sell(SWEETS)
    sell_to(shop, a_passport(shop), CHOCOLATE)
    steps(shop).link(a_passport(shop), shop.document(), shop.person("amina"))
    document = shop.document() if own else a_passport(shop)

    known = steps(shop).part(document, shop.person("manager"))

    assert len(known.id_documents) == 1
    purchases = steps(shop).show(document, shop.person("amina")).purchases
    assert [line.unit_price.minor for line in purchases] == [4800 if own else 1250]
    assert (len(journaled(shop, "part")), journaled(shop, "approve")) == (1, [])
    assert shop.verify() == []


def test_of_three_documents_the_two_others_stay_one_person(shop: DemoShop) -> None:
    amina, documents = shop.person("amina"), [a_passport(shop, f"E8000000{n}") for n in range(3)]
    steps(shop).link(documents[1], documents[0], amina)
    steps(shop).link(documents[2], documents[0], amina)

    steps(shop).part(documents[0], shop.person("manager"))

    known = steps(shop).show(documents[1], amina).known
    assert known is not None
    assert len(known.id_documents) == 2
    assert shop.verify() == []


def test_a_cashier_parts_documents_only_with_an_approval_of_this_very_document(shop: DemoShop) -> None:
    amina, part = shop.person("amina"), steps(shop).part
    steps(shop).link(a_passport(shop), shop.document(), amina)
    key = part.key(a_passport(shop))
    before = shop.tables()

    refusals: list[tuple[Approval | None, type[Refused]]] = [
        (None, NotAllowed),
        (approval(shop, part.key(shop.document())), NotAllowed),
        (approval(shop, key, permissions=("discount",)), NotAllowed),
        (approval(shop, key, name="li"), ApprovalNotAllowed),
    ]
    for given, refusal in refusals:
        with pytest.raises(refusal):
            part(a_passport(shop), amina, given)
    assert shop.tables() == before

    part(a_passport(shop), amina, approval(shop, key))
    assert journaled(shop, "part") == [("amina", {"paper": int(key.removeprefix("part:"))})]
    assert journaled(shop, "approve") == [("manager", {"acts": ["review"], "for": "amina", "key": key})]


def test_what_was_never_linked_cannot_be_parted(shop: DemoShop) -> None:
    manager, part = shop.person("manager"), steps(shop).part
    for ask in (lambda: part(shop.document(), manager), lambda: part.key(shop.document())):
        with pytest.raises(UnknownVisitor):
            ask()
    shop.sell(SWEETS)
    with pytest.raises(NotLinked) as refused:
        part(shop.document(), manager)
    assert refused.value.facts() == {"document": "E••••••01"}


# ── quota moved ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_quota_of_a_finished_sale_is_moved_and_stock_and_money_stay(shop: DemoShop) -> None:
    sold = shop.sell(CARTON, SWEETS)
    before = shop.tables()

    moved = steps(shop).move_quota("t1-000001", "A", a_passport(shop), shop.person("manager"))

    assert (moved.receipt, moved.visitor.masked, len(moved.lines)) == (sold.receipt, "E••••••21", 2)
    assert moved.judgement.assessment.verdict == Verdict.OK
    after = shop.tables()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"visitor", "visitor_document", "quota_entry", "journal", "journal_head"}
    wrong = steps(shop).show(shop.document(), shop.person("amina"))
    right = steps(shop).show(a_passport(shop), shop.person("amina"))
    assert [line.moved for line in wrong.purchases] == [AllowanceMove.AWAY, AllowanceMove.AWAY]
    assert [line.moved for line in right.purchases] == [AllowanceMove.HERE, AllowanceMove.HERE]
    [value] = [r for r in wrong.judged["cn-horgos"].assessment.rules if r.rule.id == "value"]
    assert value.pending == 0
    assert shop.verify() == []


def test_the_answer_says_that_the_right_visitor_is_over_now(shop: DemoShop) -> None:
    sell_to(shop, a_passport(shop), CARTON, CARTON)
    shop.sell(CARTON)

    moved = steps(shop).move_quota("T1-000002", "A", a_passport(shop), shop.person("manager"))

    assert moved.judgement.assessment.verdict == Verdict.DUTY
    assert moved.judgement.bill is not None
    [(_, details)] = journaled(shop, "move_quota")
    assert (details["from"], details["to"], details["label"], details["receipt"]) == (2, 1, "A", "T1-000002")
    assert sum(line["taxed"] for line in details["retaxed"]) == 1
    right = steps(shop).show(a_passport(shop), shop.person("amina"))
    assert sum(line.taxed for line in right.purchases) == 1
    assert shop.verify() == []


def test_what_was_dutiable_is_free_again_when_the_rest_goes_to_another_person(shop: DemoShop) -> None:
    shop.sell(CARTON, CARTON)
    sell_to(shop, a_passport(shop), CARTON)
    manager = shop.person("manager")
    steps(shop).move_quota("T1-000002", "A", shop.document(), manager)
    assert sum(line.taxed for line in steps(shop).show(shop.document(), manager).purchases) == 1

    back = steps(shop).move_quota("T1-000002", "A", a_passport(shop), manager)

    assert back.judgement.assessment.verdict == Verdict.OK
    for document in (shop.document(), a_passport(shop)):
        purchases = steps(shop).show(document, manager).purchases
        assert sum(line.taxed for line in purchases if line.moved is not AllowanceMove.AWAY) == 0
    assert shop.verify() == []


def test_what_the_wrong_visitor_keeps_is_free_again_where_the_moved_goods_had_made_it_dutiable(shop: DemoShop) -> None:
    def cartons(key: str, quantity: int, amount: str, **changed: Any) -> dict[str, Any]:
        line = {"code": CARTON, "quantity": quantity, **changed}
        payment = {"method": "cash", "currency": "CNY", "amount": amount}
        approve = {"user": "manager", "pin": MANAGERS_PIN}
        return a_ticket(key=key, lines=[line], payments=[payment], over_quota="duty", approve=approve)

    manager = shop.person("manager")
    shop.ring_sale(cartons("k-1", 1, "234", discount={"percent": "10"}))
    shop.now.move(minutes=1)
    shop.ring_sale(cartons("k-2", 2, "520"))
    before = steps(shop).show(shop.document(), manager).purchases
    assert [line.taxed for line in before] == [1, 0]  # the cheapest of three

    steps(shop).move_quota("T1-000002", "A", a_passport(shop), manager)

    assert [line.taxed for line in steps(shop).show(shop.document(), manager).purchases] == [0, 0]
    [(_, details)] = journaled(shop, "move_quota")
    assert details["retaxed"] == [{"receipt": "T1-000001", "line": 0, "declared": False, "taxed": 0}]
    assert shop.verify() == []


def test_who_said_at_the_sale_that_they_come_often_still_does_after_a_move(shop: DemoShop) -> None:
    visitors = a_ticket()["visitors"]
    visitors[0]["entries"] = ["2026-02-27", "2026-03-02"]
    dutiable = {"over_quota": "duty", "approve": {"user": "manager", "pin": MANAGERS_PIN}, "visitors": visitors}
    carton = [{"method": "cash", "currency": "CNY", "amount": "260.00"}]
    shop.ring_sale(a_ticket(key="k-1", lines=[{"code": CARTON}], payments=carton, **dutiable))
    shop.now.move(minutes=1)
    shop.ring_sale(a_ticket(key="k-2", **dutiable))
    manager = shop.person("manager")

    steps(shop).move_quota("T1-000002", "A", a_passport(shop), manager)

    account = steps(shop).show(shop.document(), manager)
    assert [line.taxed for line in account.purchases if line.receipt == "T1-000001"] == [1]  # 40 cigarettes are free
    assert account.known is not None
    assert (account.known.entries, account.known.asked_on) == ((date(2026, 3, 2), date(2026, 2, 27)), date(2026, 3, 2))
    assert shop.verify() == []


def test_days_that_the_shop_knows_already_are_no_answer_of_today(shop: DemoShop) -> None:
    steps(shop).record_entry_dates(shop.document(), (date(2026, 3, 2),), shop.person("amina"))
    shop.now.move(days=1)

    shop.sell(SWEETS)

    known = steps(shop).show(shop.document(), shop.person("amina")).known
    assert known is not None
    assert known.asked_on == date(2026, 3, 2)


def test_moved_on_a_third_time_it_leaves_the_visitor_who_has_it_now(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    manager, third = shop.person("manager"), a_passport(shop, "E80000003")
    steps(shop).move_quota("T1-000001", "A", a_passport(shop), manager)

    steps(shop).move_quota("T1-000001", "A", third, manager)

    assert [(d["from"], d["to"]) for _, d in journaled(shop, "move_quota")] == [(1, 2), (2, 3)]
    assert steps(shop).show(a_passport(shop), manager).purchases == ()
    assert len(steps(shop).show(third, manager).purchases) == 1
    assert shop.verify() == []


def test_goods_that_have_left_spend_the_allowance_of_whom_they_are_moved_to(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    leaves(shop)

    moved = steps(shop).move_quota("T1-000001", "A", a_passport(shop), shop.person("manager"))

    [value] = [r for r in moved.judgement.assessment.rules if r.rule.id == "value"]
    assert (value.used, value.available) == (48, 0)


def test_goods_that_were_moved_between_two_documents_of_one_person_are_those_of_no_one_else(shop: DemoShop) -> None:
    sold = shop.sell(SWEETS)
    manager = shop.person("manager")
    steps(shop).move_quota(sold.receipt, "A", a_passport(shop), manager)
    assert ShowSale(shop.context).moved(sold.receipt, manager) == {"A": "E••••••21"}

    steps(shop).link(a_passport(shop), shop.document(), manager)

    assert ShowSale(shop.context).moved(sold.receipt, manager) == {}
    assert [line.moved for line in steps(shop).show(shop.document(), manager).purchases] == [AllowanceMove.NO]
    steps(shop).part(a_passport(shop), manager)
    assert ShowSale(shop.context).moved(sold.receipt, manager) == {"A": "E••••••21"}


def test_a_receipt_whose_moved_goods_came_back_is_not_again_that_of_the_wrong_visitor(shop: DemoShop) -> None:
    sold = shop.sell(SWEETS)
    manager = shop.person("manager")
    steps(shop).move_quota(sold.receipt, "A", a_passport(shop), manager)
    record_return(shop, sold.receipt, (0, 1))

    assert ShowSale(shop.context).moved(sold.receipt, manager) == {"A": "E••••••21"}


def test_the_sums_of_a_visitors_purchases_are_not_of_goods_that_were_moved_away(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.sell(CHOCOLATE)
    manager = shop.person("manager")
    steps(shop).move_quota("T1-000001", "A", a_passport(shop), manager)

    account = steps(shop).show(shop.document(), manager)
    reader = ListReader(manager, Translator.english(), shop.settings(), shop.now())
    [table] = purchases(account, shop.regimes).make(reader)
    rows = list(table.rows)

    summed = [index for index, column in enumerate(table.columns) if column.is_summed]
    assert [[row[1], row[7], *(row[index] for index in summed)] for row in rows] == [
        ["T1-000002", "not left yet", 1, money("12.50"), 0],
        ["T1-000001", "moved to another visitor", None, None, None],
    ]


def test_goods_that_were_moved_back_are_not_said_to_be_moved(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    manager = shop.person("manager")
    steps(shop).move_quota("T1-000001", "A", a_passport(shop), manager)
    steps(shop).move_quota("T1-000001", "A", shop.document(), manager)

    assert [line.moved for line in steps(shop).show(shop.document(), manager).purchases] == [AllowanceMove.NO]
    assert steps(shop).show(a_passport(shop), manager).purchases == ()


def test_a_cashier_moves_quota_only_with_an_approval_of_this_very_sale(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    amina, move = shop.person("amina"), steps(shop).move_quota
    key = move.key("T1-000001")
    before = shop.tables()

    refusals: list[tuple[Approval | None, type[Refused]]] = [
        (None, NotAllowed),
        (approval(shop, move.key("T1-000002")), NotAllowed),
        (approval(shop, key, permissions=("return",)), NotAllowed),
        (approval(shop, key, name="li"), ApprovalNotAllowed),
    ]
    for given, refusal in refusals:
        with pytest.raises(refusal):
            move("T1-000001", "A", a_passport(shop), amina, given)
    assert shop.tables() == before

    move("T1-000001", "A", a_passport(shop), amina, approval(shop, key, permissions=None))
    assert [person for person, _ in journaled(shop, "move_quota")] == ["amina"]
    assert journaled(shop, "approve") == [
        ("manager", {"acts": ["review"], "figures": ["T1-000001 A"], "for": "amina", "receipt": "T1-000001"})
    ]


def test_what_is_their_already_is_not_moved(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    manager = shop.person("manager")
    steps(shop).link(a_passport(shop), shop.document(), manager)
    before = shop.tables()

    for document in (shop.document(), a_passport(shop)):
        with pytest.raises(AlreadyHis):
            steps(shop).move_quota("T1-000001", "A", document, manager)
    assert shop.tables() == before


def test_a_sale_without_quota_or_an_unknown_one_has_nothing_to_move(shop: DemoShop) -> None:
    manager, move = shop.person("manager"), steps(shop).move_quota
    shop.sell(SWEETS)
    shop.set("sell_without_visitor", "yes")
    shop.sell(BAG, visitor=False)

    with pytest.raises(NoSuchReceipt):
        move("T1-000009", "A", a_passport(shop), manager)
    with pytest.raises(BadField) as refused:
        move("T1-000001", "B", a_passport(shop), manager)
    assert (refused.value.field, refused.value.what) == ("label", "unknown")
    with pytest.raises(BadField):
        move("T1-000002", "A", a_passport(shop), manager)


def test_of_a_sale_whose_lines_no_one_has_any_more_nothing_is_moved(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    with shop.raw(writing=True) as store:
        store.execute("UPDATE quota_entry SET quantity = 0")  # as a return of everything leaves it

    with pytest.raises(NothingToMove) as refused:
        steps(shop).move_quota("T1-000001", "A", a_passport(shop), shop.person("manager"))

    assert refused.value.facts() == {"receipt": "T1-000001", "visitor": "A"}


def test_goods_over_the_value_are_reported_after_a_move_too(shop: DemoShop) -> None:
    sell_to(shop, a_passport(shop), WATCH)
    shop.sell(WATCH)

    moved = steps(shop).move_quota("T1-000002", "A", a_passport(shop), shop.person("manager"))

    [value] = [r for r in moved.judgement.assessment.rules if r.rule.id == "value"]
    assert (value.verdict, value.over) == (Verdict.DUTY, 2 * 5660 - 8000)
