"""What is in doubt still counts, what is released can come back, and nothing is exceeded without a flag."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest

from pos.application.center.link_visitors import LinkVisitors
from pos.application.center.manage_members import DisableMember
from pos.application.center.record_unseen_sale import RecordUnseenSale
from pos.application.center.refusals import ClockDiffers, KeyClosed, PersonsDiffer, ReservationNotKnown, RulesDiffer
from pos.application.center.release_reservation import ReleaseReservation, ReservationsInDoubt
from pos.application.center.requests import DocumentLink, Person, RulesUsed, SoldShare, UnseenSale, UnseenShare
from pos.application.center.settle_reservation import ExtendReservation
from pos.application.center.till_pass import credential_digest
from pos.application.center.verify_center import FindingKind, VerifyCenter
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField
from tests.center.shops import ADULT, Center, digest, perfume, replaced


def test_a_release_frees_the_allowance_and_what_comes_after_it_is_booked_and_flagged(center: Center) -> None:
    lost, other = center.till("A1"), center.till("B1")
    asked = lost.request(lost.look_up("passport"), perfume("5000"), seconds=60)
    lost.reserve(asked)
    center.clock.pass_by(minutes=5)
    (doubted,) = ReservationsInDoubt(center.context)()
    assert doubted.key == center.key_of("A1", asked)
    ReleaseReservation(center.context)(doubted.key, "the till burnt", "owner")
    other.sell("passport", perfume("6000"))
    assert set(lost.confirm(asked).flags) == {"late", "over"}
    assert len(other.look_up("passport").lines) == 2
    assert VerifyCenter(center.context)().findings == []


def test_a_release_wants_a_reason_and_something_to_release(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("5000"))
    till.reserve(asked)
    with pytest.raises(BadField):
        ReleaseReservation(center.context)(center.key_of("A1", asked), "  ", "owner")
    with pytest.raises(ReservationNotKnown):
        ReleaseReservation(center.context)("another", "mistaken", "owner")
    till.confirm(asked)
    with pytest.raises(KeyClosed):
        ReleaseReservation(center.context)(center.key_of("A1", asked), "mistaken", "owner")


def test_what_is_sold_beyond_the_reservation_is_booked_and_flagged(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("5000"))
    till.reserve(asked)
    more = SoldShare(asked.visitors[0].reference, (perfume("5000", 2),))
    assert set(till.confirm(asked, [more]).flags) == {"beyond_reservation", "over"}
    (line,) = till.look_up("passport").lines
    assert line.goods.quantity == 2


def test_fewer_goods_than_were_reserved_are_no_ones_concern(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("1000", 3), perfume("10", line=2))
    till.reserve(asked)
    fewer = SoldShare(asked.visitors[0].reference, (perfume("1000", 2),))
    assert till.confirm(asked, [fewer]).flags == ()


def test_a_payment_at_a_provider_gets_more_time_until_the_end_of_the_day(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("5000"), seconds=60)
    till.reserve(asked)
    extended = ExtendReservation(center.context)(till.caller, asked.key, 3600)
    assert extended.ends_at - center.clock() == timedelta(hours=1)
    center.clock.pass_by(hours=11, minutes=30)
    late = till.request(till.look_up("other"), perfume("10"), seconds=3600)
    assert till.reserve(late).ends_at - center.clock() == timedelta(minutes=30), "midnight in Shanghai"


def test_a_sale_that_was_made_while_the_center_was_away_is_always_booked(center: Center) -> None:
    till, at = center.till("A1"), center.clock()
    center.clock.pass_by(hours=1)
    center.till("B1").sell("passport", perfume("5000"))
    unseen = UnseenSale("unseen-1", "sale-9", at, "cn-horgos", (UnseenShare(("passport",), ADULT, (perfume("5000"),)),))
    booked = RecordUnseenSale(center.context)(till.caller, unseen, digest(unseen))
    assert set(booked.flags) == {"unseen", "over"}
    assert [line.at for line in till.look_up("passport").lines] == [at, center.clock()]
    assert RecordUnseenSale(center.context)(till.caller, unseen, digest(unseen)) == booked


def test_what_an_unseen_sale_says_of_its_visitor_is_known_from_then_on(center: Center) -> None:
    till = center.till("A1")
    unseen = UnseenSale(
        "unseen-1", "sale-9", center.clock(), "cn-horgos", (UnseenShare(("passport",), ADULT, (perfume("10"),)),)
    )
    RecordUnseenSale(center.context)(till.caller, unseen, digest(unseen))
    till.look_up("card", person=Person(date(2001, 1, 1)))
    link = DocumentLink("link-1", ("passport",), ("card",))
    with pytest.raises(PersonsDiffer):
        LinkVisitors(center.context)(till.caller, link, digest(link))


def test_an_unseen_sale_is_judged_by_what_it_says_of_its_visitor_for_the_first_time(center: Center) -> None:
    till, line = center.till("A1"), perfume("10")
    cigarettes = replace(line.goods, category="tobacco.cigarette", attributes=Attributes(sticks=20))
    child = Person(date(2016, 5, 1), None, "CN")
    share = UnseenShare(("passport",), child, (replace(line, goods=cigarettes),))
    unseen = UnseenSale("unseen-1", "sale-9", center.clock(), "cn-horgos", (share,))

    booked = RecordUnseenSale(center.context)(till.caller, unseen, digest(unseen))

    assert set(booked.flags) == {"unseen", "over"}


def test_another_evaluator_of_a_till_stands_in_the_journal(center: Center) -> None:
    till = center.till("A1")
    till.reserve(replaced(till.request(till.look_up("passport"), perfume("10")), evaluator="0.9"))
    with psycopg.connect(center.url) as connection:
        (facts,) = connection.execute("SELECT facts FROM journal WHERE action = 'reserve'").fetchall()
    assert '"evaluator": "0.9"' in facts[0]


def test_a_till_with_a_wrong_clock_or_other_rules_takes_no_money(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("10"))
    for minutes in (-3, 3):
        with pytest.raises(ClockDiffers):
            till.reserve(replaced(asked, clock=center.clock() + timedelta(minutes=minutes)))
    with pytest.raises(RulesDiffer):
        till.reserve(replaced(asked, rules=RulesUsed("cn-horgos", "0" * 12)))


def test_no_till_settles_or_closes_what_another_has_reserved(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("10"))
    till.reserve(asked)
    for name in ("A2", "B1"):
        center.till(name).give_back(asked)
        with pytest.raises(ReservationNotKnown):
            center.till(name).confirm(asked)
    later = till.request(till.look_up("other"), perfume("10"))
    center.till("B1").give_back(later)
    till.reserve(later)
    assert till.confirm(asked).flags == ()


def test_no_till_of_a_disabled_shop_is_answered(center: Center) -> None:
    DisableMember(center.context)("A", "owner")
    with center.store.reading() as work:
        assert work.members.by_credential(credential_digest(center.till("A1").credential)) is None
        assert work.members.by_credential(credential_digest(center.till("B1").credential)) is not None


@pytest.mark.parametrize(
    ("attack", "kind"),
    [
        ("UPDATE journal SET facts = '{}' WHERE till = 1 AND entry = 2", FindingKind.JOURNAL_BROKEN),
        ("DELETE FROM journal WHERE till = 1 AND entry = 2", FindingKind.JOURNAL_BROKEN),
        (
            "DELETE FROM journal WHERE till = 1 AND entry = (SELECT max(entry) FROM journal WHERE till = 1)",
            FindingKind.JOURNAL_BROKEN,
        ),
        ("DELETE FROM ledger_entry WHERE kind = 'sold'", FindingKind.SALE_NOT_BOOKED),
        ("UPDATE visitor SET version = 0", FindingKind.VERSION_BEHIND),
        (
            "UPDATE ledger_entry SET content = replace(content, '\"quantity\":1', '\"quantity\":9')",
            FindingKind.EXCESS_NOT_FLAGGED,
        ),
    ],
)
def test_verify_names_what_was_changed_in_the_books(center: Center, attack: str, kind: FindingKind) -> None:
    center.till("A1").sell("passport", perfume("5000"))
    assert VerifyCenter(center.context)().findings == []
    center.run_as_attacker(attack)
    assert {finding.kind for finding in VerifyCenter(center.context)().findings} == {kind}


def test_the_database_itself_refuses_to_change_what_is_written_once(center: Center) -> None:
    center.till("A1").sell("passport", perfume("5000"))
    for statement in (
        "UPDATE ledger_entry SET content = '{}'",
        "DELETE FROM journal",
        "TRUNCATE ledger_entry",
    ):
        with pytest.raises(Exception, match="stays as it is"):
            center.run(statement)
