"""Documents that are unlinked are two visitors again, and every line is on one ledger, once, as it stood."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pos.application.center.ledgers import known_person
from pos.application.center.link_visitors import LinkVisitors
from pos.application.center.record_changes import RecordDeparture, RecordReturn
from pos.application.center.refusals import LedgerMoved
from pos.application.center.requests import Departure, DocumentLink, Person, ReturnedUnits, UnitsBack
from pos.application.center.verify_center import VerifyCenter
from pos.application.center_console.account import Account, ConsoleRole
from pos.application.center_console.ports import ConsoleContext
from pos.application.center_console.refusals import AuditorReads, NotLinked
from pos.application.center_console.unlink_documents import ListLinked, UnlinkDocument
from pos.domain.center.ledger import LineId
from pos.domain.errors import BadField
from pos.keys.console_passwords import ConsolePasswords
from tests.center.shops import NOON, Center, digest, perfume

AIGUL = Account(1, "aigul", ConsoleRole.ADMINISTRATOR, "en", True, True, NOON, None)
MARAT = Account(2, "marat", ConsoleRole.AUDITOR, "en", True, True, NOON, None)


def console_of(center: Center) -> ConsoleContext:
    return ConsoleContext(center=center.context, books=center.store, passwords=ConsolePasswords(8, 1))


def link(center: Center, first: str = "passport", second: str = "card") -> None:
    till = center.till("A1")
    for document in (first, second):
        till.look_up(document, person=Person())
    asked = DocumentLink(f"link-{center.clock()}", (first,), (second,))
    LinkVisitors(center.context)(till.caller, asked, digest(asked))


def unlink(center: Center, account: Account = AIGUL) -> None:
    (linked,) = ListLinked(console_of(center))()
    UnlinkDocument(console_of(center))(account, linked.document, "two brothers")


def bring_back(center: Center, sale: str, units: int, key: str = "back") -> None:
    till = center.till("A1")
    returned = ReturnedUnits(key, center.clock(), (UnitsBack(LineId(sale, 1), units),))
    RecordReturn(center.context)(till.caller, returned, digest(returned))


def prices(center: Center, document: str) -> list[int]:
    """Unit price times quantity of what stands on a ledger."""
    lines = center.till("A1").look_up(document, person=Person()).lines
    return [int(line.goods.unit_price * line.goods.quantity) for line in lines]


def test_lines_stay_where_they_were_bought(center: Center) -> None:
    center.till("A1").sell("passport", perfume("1000"))
    center.till("B1").sell("card", perfume("2000"))
    link(center)
    center.clock.pass_by(minutes=1)
    center.till("B1").sell("card", perfume("300"))
    assert prices(center, "card") == prices(center, "passport") == [1000, 2000, 300]
    unlink(center)
    assert prices(center, "passport") == [1000, 300], "the visitor keeps what was bought since"
    assert prices(center, "card") == [2000]
    assert VerifyCenter(center.context)().findings == []
    center.till("B1").sell("card", perfume("6000"))
    center.till("B1").sell("passport", perfume("6700"))
    assert VerifyCenter(center.context)().findings == []


def test_what_came_back_while_they_were_linked_has_come_back_once(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("card"), perfume("1000", 5))
    till.reserve(asked)
    till.confirm(asked)
    bring_back(center, asked.key, 1, "before")
    link_of_two(center)
    bring_back(center, asked.key, 1, "since")
    bring_back(center, asked.key, 1, "since too")
    assert prices(center, "card") == [2000]
    unlink(center)
    assert prices(center, "card") == [2000]
    assert prices(center, "passport") == []
    with center.store.reading() as work:
        shop = work.audit.shop("A", NOON - timedelta(days=1), NOON + timedelta(days=1))
    assert shop is not None
    (line,) = shop.lines.values()
    assert (line.units, line.returned) == (5, 3), "the shop's books agree"
    bring_back(center, asked.key, 2, "afterwards")
    assert prices(center, "card") == []
    assert VerifyCenter(center.context)().findings == []


def link_of_two(center: Center) -> None:
    """The passport is the older one: the card's lines stand under an alias."""
    link(center, "passport", "card")


def test_a_till_that_judged_before_judges_again(center: Center) -> None:
    link(center)
    till = center.till("A1")
    asked = till.request(till.look_up("card"), perfume("10"))
    unlink(center)
    with pytest.raises(LedgerMoved):
        till.reserve(asked)
    till.sell("card", perfume("10"))


def test_a_departure_told_while_they_were_linked_stays_with_the_visitor(center: Center) -> None:
    till = center.till("A1")
    till.sell("passport", perfume("1000"))
    till.sell("card", perfume("2000"))
    link(center)
    reference = till.look_up("card").reference
    left = Departure("left-1", reference, "cn-horgos", NOON, NOON, center.clock())
    RecordDeparture(center.context)(till.caller, left, digest(left))
    unlink(center)
    (of_passport,), (of_card,) = till.look_up("passport").lines, till.look_up("card").lines
    assert of_passport.carried_out_at == NOON
    assert of_card.carried_out_at is None, "it may have been the other person who left"


def test_what_the_document_may_have_told_of_the_person_is_forgotten(center: Center) -> None:
    till = center.till("A1")
    till.look_up("passport", person=Person(None, None, "KZ"))
    till.look_up("card")
    asked = DocumentLink("link-1", ("passport",), ("other card",))
    LinkVisitors(center.context)(till.caller, asked, digest(asked))
    till.look_up("third", person=Person(residence="KZ"))
    link(center, "passport", "third")
    with center.store.begin() as work:
        (head,) = work.visitors.locked([center.context.keys.hidden("passport")], NOON)
    assert known_person(center.context, head).residence == "KZ"
    unlink(center)
    with center.store.begin() as work:
        (head,) = work.visitors.locked([center.context.keys.hidden("passport")], NOON)
    assert head.sealed is not None
    assert known_person(center.context, head) == Person()


def test_they_can_be_linked_again(center: Center) -> None:
    center.till("B1").sell("card", perfume("2000"))
    center.till("A1").sell("passport", perfume("1000"))
    link(center)
    unlink(center)
    center.clock.pass_by(minutes=1)
    link(center)
    assert sorted(prices(center, "card")) == [1000, 2000]
    unlink(center)
    assert sorted([prices(center, "card"), prices(center, "passport")]) == [[1000], [2000]]
    assert VerifyCenter(center.context)().findings == []


def test_it_wants_a_reason_a_link_and_an_administrator(center: Center) -> None:
    with pytest.raises(NotLinked):
        UnlinkDocument(console_of(center))(AIGUL, "0" * 32, "two brothers")
    link(center)
    (linked,) = ListLinked(console_of(center))()
    with pytest.raises(BadField):
        UnlinkDocument(console_of(center))(AIGUL, linked.document, " ")
    with pytest.raises(AuditorReads):
        unlink(center, MARAT)
    with pytest.raises(NotLinked):
        UnlinkDocument(console_of(center))(AIGUL, linked.visitor, "the wrong one of both")
