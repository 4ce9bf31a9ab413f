"""One document is one person, however it was entered: scanned, typed, under any kind, by either of its numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest

from pos.application.receipts.issue_receipt import ShowSale
from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.checkout import Checkout
from pos.application.text.json_fields import read_document
from pos.application.visitors.identify_visitor import visitor_of
from pos.application.visitors.link_documents import AlreadyLinked, NotLinked
from pos.domain.errors import BadField, Refused
from pos.domain.visitors.document import Document
from tests.application.visitors.test_record_departure import steps
from tests.application.visitors.test_visits import sell_to
from tests.domain.visitors.zones import Holder, a_zone
from tests.shops import CARTON, SWEETS, DemoShop, a_ticket

IIN, NUMBER, CARD = "850505300011", "N12345678", "012345678"
_KAZ: dict[str, str] = {"issuer": "KAZ", "nationality": "KAZ", "born": "850505", "sex": "M", "expiry": "340504"}
PASSPORT = {"mrz": a_zone("TD3", Holder(NUMBER, optional=IIN, **_KAZ))}
ID_CARD = {"mrz": a_zone("TD1", Holder(CARD, optional=IIN, **_KAZ), "ID")}
_CHN: dict[str, str] = {"issuer": "CHN", "nationality": "CHN", "born": "850505", "expiry": "340504"}
PERMIT = {"mrz": a_zone("TD1", Holder("C12345678", **_CHN), "C<")}
CHINESE = {"mrz": a_zone("TD3", Holder("E12345678", **_CHN))}
_AT_HOME = Holder(
    "451234567", issuer="RUS", nationality="RUS", born="850505", expiry="340504", optional="8190101770001"
)
RUSSIAN = {"mrz": a_zone("TD3", _AT_HOME, "PN")}
PINFL, _UZB = "30505850010011", {"issuer": "UZB", "nationality": "UZB", "born": "850505", "expiry": "340504"}
UZBEK = {"mrz": a_zone("TD3", Holder("FA1234567", optional=PINFL, **_UZB))}
UZBEK_CARD = {"mrz": a_zone("TD1", Holder("AD7654321", optional=PINFL, **_UZB), "I<")}


def typed(kind: str, number: str, country: str) -> dict[str, str]:
    born = {} if len(number) == 18 else {"birth_date": "1985-05-05"}
    return {"kind": kind, "number": number, "country": country, **born}


BY_NUMBER = typed("passport", NUMBER, "KZ")
BY_IIN = typed("kz-id", IIN, "KZ")
BY_CARD = typed("kz-id", CARD, "KZ")

_ONE_PAPER: list[tuple[Any, ...]] = [
    (PASSPORT, BY_NUMBER, typed("other", NUMBER, "KZ")),
    (PASSPORT, BY_IIN, typed("other", IIN, "KZ")),
    (ID_CARD, BY_CARD, typed("other", CARD, "KZ")),
    (ID_CARD, BY_IIN, PASSPORT),
    (PERMIT, typed("cn-permit", "C12345678", "CN"), typed("other", "C12345678", "CN")),
    (PERMIT, typed("passport", "C12345678", "CN"), typed("cn-permit", "C 1234 5678", "CN")),
    (CHINESE, typed("passport", "E12345678", "CN"), typed("passport", "E12345678", "HK")),
    (CHINESE, typed("other", "E12345678", "CN"), typed("passport", "e-1234-5678", "CHN")),
    (
        typed("cn-permit", "H12345678", "CN"),
        typed("cn-permit", "H1234567802", "CN"),
        typed("other", "H1234567801", "CN"),
    ),
    (RUSSIAN, typed("passport", "4518 234567", "RU"), typed("other", "4518234567", "RU")),
    (UZBEK, UZBEK_CARD, typed("other", "AD7654321", "UZ"), typed("passport", "FA 1234567", "UZ")),
    (UZBEK, typed("other", PINFL, "UZ"), UZBEK_CARD),
    (typed("cn-id", "11010519491231002X", "CN"), typed("other", "11010519491231002X", "CN")),
]


def ring(shop: DemoShop, key: str, *documents: Any, cartons: int = 1) -> None:
    """Sell so many cartons to each on the way to China."""
    visitors = [
        {"id": chr(65 + index), "document": document, "residence": "CN"} for index, document in enumerate(documents)
    ]
    lines = [{"code": CARTON, "quantity": cartons, "carrier": one["id"]} for one in visitors]
    paid = {"method": "cash", "currency": "CNY", "amount": f"{260 * cartons * len(visitors)}.00"}
    shop.ring_sale(a_ticket(key=key, visitors=visitors, lines=lines, payments=[paid]))


def read(shop: DemoShop, value: Any) -> Document:
    return read_document(value, "document", shop.now().date())


def linked(shop: DemoShop) -> list[dict[str, int]]:
    return [json.loads(text) for (text,) in shop.rows("SELECT details FROM journal WHERE act = 'link' ORDER BY id")]


def whole(shop: DemoShop) -> bool:
    return list(shop.verify()) == []


@pytest.mark.parametrize("ways", _ONE_PAPER, ids=range(len(_ONE_PAPER)))
def test_a_document_has_one_allowance_in_whatever_way_it_is_entered(shop: DemoShop, ways: Sequence[Any]) -> None:
    first, *others = ways
    ring(shop, "k1", first, cartons=2)
    for index, other in enumerate((*others, first)):
        with pytest.raises(QuotaExceeded):
            ring(shop, f"k2-{index}", other)
    assert whole(shop)


@pytest.mark.parametrize(
    "ways", [(PASSPORT, BY_NUMBER), (PERMIT, typed("other", "C12345678", "CN"))], ids=["KAZ", "CHN"]
)
def test_what_was_bought_by_the_typed_number_counts_when_the_document_is_scanned(shop: DemoShop, ways: Any) -> None:
    for index, way in enumerate((ways[1], ways[0])):
        ring(shop, f"k{index}", way)
    for index, way in enumerate(ways):
        with pytest.raises(QuotaExceeded):
            ring(shop, f"k2-{index}", way)
    assert whole(shop)


def test_two_numbers_are_one_person_from_the_moment_a_document_shows_both(shop: DemoShop) -> None:
    ring(shop, "k1", BY_NUMBER)
    ring(shop, "k2", BY_IIN)  # no one can know yet
    with pytest.raises(QuotaExceeded):
        ring(shop, "k3", PASSPORT)

    assert linked(shop) == [{"paper": 2, "to": 1}]
    for index, way in enumerate((BY_NUMBER, BY_IIN, PASSPORT)):
        with pytest.raises(QuotaExceeded):
            ring(shop, f"k4-{index}", way)
    assert whole(shop)


def test_a_sale_by_a_document_whose_numbers_were_two_persons_is_no_mismatch(shop: DemoShop) -> None:
    """Each number keeps the row that it was typed into, and the document shown now bears both."""
    ring(shop, "k1", BY_NUMBER)
    ring(shop, "k2", BY_IIN)
    shop.now.move(days=1)
    ring(shop, "k3", PASSPORT)
    ring(shop, "k4", ID_CARD)
    assert whole(shop)

    with shop.raw(writing=True) as connection:
        connection.execute("UPDATE visitor_document SET masked = 'N••••••79' WHERE kind = 'passport'")
    assert "visitor A of T1-000003: the document shown is another one" in list(shop.verify())


def test_a_document_that_was_refused_is_known_by_its_other_number_all_the_same(shop: DemoShop) -> None:
    ring(shop, "k1", BY_IIN, cartons=2)
    with pytest.raises(QuotaExceeded):
        ring(shop, "k2", PASSPORT)
    with pytest.raises(QuotaExceeded):
        ring(shop, "k3", BY_NUMBER)
    assert whole(shop)


def test_whatever_the_order_two_documents_of_one_iin_are_one_person(shop: DemoShop) -> None:
    for turn, ways in enumerate(permutations((PASSPORT, ID_CARD, BY_NUMBER, BY_CARD))):
        shop.now.move(days=1)
        sold = 0
        for index, way in enumerate((*ways, PASSPORT, ID_CARD)):
            try:
                ring(shop, f"k{turn}-{index}", way)
            except QuotaExceeded:
                continue
            sold += 1
        assert sold == 2
    assert whole(shop)


@pytest.mark.parametrize(("one", "other"), [(PASSPORT, BY_NUMBER), (BY_NUMBER, PASSPORT), (PASSPORT, ID_CARD)])
def test_one_person_is_not_two_companions(shop: DemoShop, one: Any, other: Any) -> None:
    with pytest.raises(BadField) as refused:
        ring(shop, "k1", one, other)
    assert refused.value.facts()["what"] == "duplicate"
    assert shop.rows("SELECT count(*) FROM sale WHERE kind = 'sale'") == [(0,)]


def test_the_window_knows_a_typed_companion_again_when_the_document_is_scanned(shop: DemoShop) -> None:
    checkout: Checkout = shop.checkout()
    checkout.identify(read(shop, {**BY_NUMBER, "birth_date": "1985"}))
    view = checkout.identify(read(shop, PASSPORT))

    assert view.again == "A"
    assert [one.visitor.birth_date is not None for one in view.visitors] == [True]
    checkout.leave_to("CN")
    for _ in range(2):
        checkout.scan(CARTON)
    shop.pay(checkout)
    with pytest.raises(QuotaExceeded):
        ring(shop, "k2", BY_IIN)
    assert whole(shop)


def test_two_companions_who_turn_out_to_be_one_are_reported_before_the_payment(shop: DemoShop) -> None:
    checkout: Checkout = shop.checkout()
    checkout.identify(read(shop, BY_NUMBER))
    checkout.identify(read(shop, BY_IIN))
    checkout.leave_to("CN")
    checkout.scan(CARTON)
    checkout.identify(read(shop, PASSPORT))

    with pytest.raises(BadField) as refused:
        checkout.payable()
    assert refused.value.facts() == {"field": "visitors[1].document", "what": "same_person", "value": "B"}
    assert [one.visitor.label for one in checkout.dismiss_visitor("B").visitors] == ["A"]
    checkout.payable()


def test_documents_of_one_number_are_shown_once_and_cannot_be_parted(shop: DemoShop) -> None:
    ring(shop, "k1", typed("other", NUMBER, "KZ"))
    account = steps(shop).show(read(shop, PASSPORT), shop.person("amina"))

    assert account.known is not None
    assert [(document.kind, document.own) for document in account.known.id_documents] == [("passport", True)]
    with pytest.raises(NotLinked):
        steps(shop).part(read(shop, PASSPORT), shop.person("manager"))


def test_a_document_with_two_numbers_is_parted_as_one(shop: DemoShop) -> None:
    ring(shop, "k1", BY_NUMBER)
    ring(shop, "k2", BY_IIN)
    ring(shop, "k3", CHINESE)
    amina, manager = shop.person("amina"), shop.person("manager")
    steps(shop).link(read(shop, PASSPORT), read(shop, CHINESE), amina)
    assert whole(shop)

    known = steps(shop).part(read(shop, PASSPORT), manager)

    assert {document.kind for document in known.id_documents} == {"passport", "kz-id"}
    purchases = steps(shop).show(read(shop, BY_NUMBER), amina).purchases
    assert len(purchases) == 2
    assert len(steps(shop).show(read(shop, CHINESE), amina).purchases) == 1
    assert whole(shop)


def test_documents_that_bear_one_number_need_no_link(shop: DemoShop) -> None:
    ring(shop, "k1", BY_IIN)
    with pytest.raises(AlreadyLinked):
        steps(shop).link(read(shop, PASSPORT), read(shop, BY_IIN), shop.person("amina"))
    assert whole(shop)


def test_documents_of_two_persons_stay_two(shop: DemoShop) -> None:
    other = {"mrz": a_zone("TD3", Holder("E12345679", issuer="CHN", nationality="CHN", expiry="340504"))}
    abroad = {"mrz": a_zone("TD3", Holder("E12345678", issuer="KGZ", nationality="KGZ", expiry="340504"))}
    for index, one in enumerate((CHINESE, other, abroad)):
        ring(shop, f"k{index}", one, cartons=2)
    assert linked(shop) == []
    assert whole(shop)


def test_a_store_of_an_older_program_is_linked_by_the_next_scan(shop: DemoShop) -> None:
    """There a scanned Kazakh document had its IIN alone, a typed one its number under the kind that was chosen."""
    ring(shop, "k1", PASSPORT)
    person, document = visitor_of(read(shop, PASSPORT), "A", shop.secrets).own_keys
    with shop.raw(writing=True) as connection:
        connection.execute("DELETE FROM visitor_document WHERE document_key = ?", (document,))
    ring(shop, "k2", typed("other", NUMBER, "KZ"))
    assert shop.rows("SELECT count(*) FROM visitor") == [(2,)]

    with pytest.raises(QuotaExceeded):
        ring(shop, "k3", PASSPORT)

    assert linked(shop) == [{"paper": 2, "to": 1}]
    assert person in {key for (key,) in shop.rows("SELECT document_key FROM visitor_document")}


def test_a_departure_and_entries_reported_by_one_number_count_for_the_other(shop: DemoShop) -> None:
    ring(shop, "k1", BY_NUMBER)
    ring(shop, "k2", BY_IIN)
    amina = shop.person("amina")

    left = steps(shop).record_departure(read(shop, PASSPORT), amina)
    steps(shop).record_entry_dates(read(shop, BY_IIN), [shop.now().date()], amina)

    assert left.units == 2
    known = steps(shop).show(read(shop, BY_NUMBER), amina).known
    assert known is not None
    assert known.entries == (shop.now().date(),)
    assert linked(shop) == [{"paper": 2, "to": 1}]
    assert whole(shop)


def test_a_purchase_is_moved_from_one_number_to_no_one_else(shop: DemoShop) -> None:
    ring(shop, "k1", BY_NUMBER)
    ring(shop, "k2", BY_IIN)
    with pytest.raises(Refused) as refused:
        steps(shop).move_quota("T1-000001", "A", read(shop, PASSPORT), shop.person("manager"))
    assert type(refused.value).__name__ == "AlreadyHis"
    assert whole(shop)


def test_what_is_parked_for_one_number_is_held_for_the_other(shop: DemoShop) -> None:
    checkout: Checkout = shop.checkout()
    checkout.identify(read(shop, PASSPORT))
    checkout.leave_to("CN")
    for _ in range(2):
        checkout.scan(CARTON)
    shop.park_sale(checkout.order(shop.person("amina")), "", shop.person("amina"))
    with pytest.raises(QuotaExceeded):
        ring(shop, "k2", BY_NUMBER)


def test_receipts_are_found_by_either_number(shop: DemoShop) -> None:
    ring(shop, "k1", BY_NUMBER)
    ring(shop, "k2", BY_IIN)
    for way in (PASSPORT, BY_NUMBER, BY_IIN):
        page = shop.find_receipts.of_visitor(read(shop, way), shop.person("amina"))
        assert [one.receipt for one in page.receipts] == ["T1-000002", "T1-000001"]


def test_documents_that_one_person_shows_one_after_another_are_all_known_afterwards(shop: DemoShop) -> None:
    checkout: Checkout = shop.checkout()
    for index, way in enumerate((BY_CARD, ID_CARD, typed("other", NUMBER, "KZ"), PASSPORT, BY_IIN)):
        if index == 2:
            continue  # nothing shows yet whose it is
        assert [one.visitor.label for one in checkout.identify(read(shop, way)).visitors] == ["A"]
    checkout.identify(read(shop, typed("other", NUMBER, "KZ")))
    assert checkout.view().visitors[0].visitor.name
    checkout.leave_to("CN")
    for _ in range(2):
        checkout.scan(CARTON)
    shop.pay(checkout)

    for index, way in enumerate((BY_CARD, BY_NUMBER, BY_IIN, typed("other", CARD, "KZ"), PASSPORT, ID_CARD)):
        with pytest.raises(QuotaExceeded):
            ring(shop, f"k{index}", way)
    shop.now.move(days=1)
    for index, way in enumerate((BY_CARD, BY_IIN)):
        ring(shop, f"m{index}", way)
    assert whole(shop)


def test_the_sale_of_a_linked_document_is_moved_and_the_books_still_agree(shop: DemoShop) -> None:
    ring(shop, "k1", BY_NUMBER)
    ring(shop, "k2", PASSPORT)
    steps(shop).move_quota("T1-000002", "A", read(shop, CHINESE), shop.person("manager"))
    ring(shop, "k3", BY_IIN)
    with pytest.raises(QuotaExceeded):
        ring(shop, "k4", BY_NUMBER)
    assert whole(shop)


def test_goods_moved_back_by_another_document_of_the_same_person_are_theirs(shop: DemoShop) -> None:
    manager, today = shop.person("manager"), shop.now().date()
    papers = [read_document(paper, "document", today) for paper in (PASSPORT, ID_CARD)]
    for sold_to, shown in (papers, reversed(papers)):
        sold = sell_to(shop, sold_to, SWEETS)
        steps(shop).move_quota(sold.receipt, "A", shop.document(), manager)
        steps(shop).move_quota(sold.receipt, "A", shown, manager)

        assert ShowSale(shop.context).moved(sold.receipt, manager) == {}
