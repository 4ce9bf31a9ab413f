"""What no rule can ask for is erased; the journal stays, and says nothing of whom it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from pos.application.center.erase_old import EraseOld
from pos.application.center.link_visitors import LinkVisitors
from pos.application.center.list_flags import ListFlags
from pos.application.center.ports import CenterContext
from pos.application.center.record_changes import RecordDeparture, RecordEntries, RecordReturn
from pos.application.center.refusals import OwnerOnly, ReservationNotKnown
from pos.application.center.requests import Departure, DocumentLink, EntryDays, ReturnedUnits, UnitsBack
from pos.application.center.verify_center import VerifyCenter
from pos.domain.center.ledger import LineId
from pos.domain.center.retention import kept_for
from pos.domain.quota.rule import Verdict
from tests.center.shops import Center, digest, perfume
from tests.center.test_the_services_role import served  # noqa: F401 # a fixture


def kept_days(context: CenterContext) -> int:
    return kept_for(each.regime for each in context.regimes().values()).days


def counts(center: Center) -> dict[str, int]:
    """Rows by table, of all tables but the journal and those of the members."""
    tables = ("visitor", "identity", "ledger_entry", "line_place", "reservation", "reserved_goods", "request", "flag")
    with psycopg.connect(center.url) as connection:
        found = {name: connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() for name in tables}
    return {name: row[0] for name, row in found.items() if row and row[0]}


def test_after_the_longest_window_and_35_days_nothing_of_a_visitor_is_left_but_the_journal(center: Center) -> None:
    till = center.till("A1")
    till.sell("passport", perfume("9000", taxed=1), verdict=Verdict.DUTY, approved=True)
    link = DocumentLink("link-1", ("passport",), ("card",))
    LinkVisitors(center.context)(till.caller, link, digest(link))
    before = VerifyCenter(center.context)().entries
    center.clock.pass_by(days=kept_days(center.context) - 1)
    assert EraseOld(center.context)("owner").visitors == 0
    center.clock.pass_by(days=2)
    erased = EraseOld(center.context)("owner")
    assert (erased.visitors, erased.entries, erased.reservations) == (1, 1, 1)
    assert counts(center) == {}
    verified = VerifyCenter(center.context)()
    assert (verified.findings, verified.entries) == ([], before + 2), "the journal is whole, and says who erased"
    assert till.look_up("passport").lines == (), "a stranger"


def test_the_journal_says_nothing_of_whom_it_was(center: Center) -> None:
    center.till("A1").sell("passport", perfume("10"))
    with psycopg.connect(center.url) as connection:
        (secret,) = connection.execute("SELECT secret FROM visitor").fetchall()[0]
        (facts,) = connection.execute("SELECT facts FROM journal WHERE action = 'look_up'").fetchall()[0]
    reference = center.till("A1").known["passport"].reference
    assert center.context.keys.pseudonym(reference, bytes(secret)) in facts
    center.clock.pass_by(days=kept_days(center.context) + 1)
    EraseOld(center.context)("owner")
    with psycopg.connect(center.url) as connection:
        assert connection.execute("SELECT count(*) FROM visitor").fetchall() == [(0,)]
        assert connection.execute("SELECT facts FROM journal WHERE action = 'look_up'").fetchall() == [(facts,)]


def test_of_a_visitor_who_still_comes_the_old_lines_go_and_the_new_ones_stay(center: Center) -> None:
    till = center.till("A1")
    till.sell("passport", perfume("1000"))
    left_at = center.clock() + timedelta(hours=2)
    reference = till.known["passport"].reference
    left = Departure("left-1", reference, "cn-horgos", center.clock(), left_at, left_at)
    entered = EntryDays("entry-1", reference, (date(2026, 11, 20),))
    center.clock.pass_by(hours=2)
    RecordDeparture(center.context)(till.caller, left, digest(left))
    RecordEntries(center.context)(till.caller, entered, digest(entered))
    center.clock.pass_by(days=kept_days(center.context) - 10)
    till.sell("passport", perfume("2000", 2))
    back = ReturnedUnits("back-1", center.clock(), (UnitsBack(LineId("A-1-2", 1), 1),))
    RecordReturn(center.context)(till.caller, back, digest(back))
    center.clock.pass_by(days=11)
    erased = EraseOld(center.context)("owner")
    assert (erased.visitors, erased.entries) == (0, 3)
    (line,) = till.look_up("passport").lines
    assert [line.goods.unit_price, line.goods.quantity] == [2000, 1]
    assert VerifyCenter(center.context)().findings == []
    center.clock.pass_by(days=kept_days(center.context))
    assert EraseOld(center.context)("owner").entries == 2


def test_what_is_in_doubt_stays_until_it_is_settled(center: Center) -> None:
    till = center.till("A1")
    asked = till.request(till.look_up("passport"), perfume("5000"))
    till.reserve(asked)
    center.clock.pass_by(days=1000)
    assert EraseOld(center.context)("owner").visitors == 0
    till.confirm(asked)
    assert len(till.look_up("passport").lines) == 1
    assert VerifyCenter(center.context)().findings == []
    center.clock.pass_by(days=1000)
    assert EraseOld(center.context)("owner").visitors == 1
    with pytest.raises(ReservationNotKnown):
        till.confirm(asked)


def test_an_excess_keeps_its_flag_as_long_as_its_line(center: Center) -> None:
    lost, other = center.till("A1"), center.till("B1")
    late = lost.request(lost.look_up("passport"), perfume("5000"))
    lost.reserve(late)
    other.sell("passport", perfume("3000"))
    center.clock.pass_by(days=kept_days(center.context))
    lost.confirm(late)  # written late, bought long ago
    center.clock.pass_by(days=1)
    EraseOld(center.context)("owner")
    assert [line.goods.unit_price for line in other.look_up("passport").lines] == [5000]
    assert VerifyCenter(center.context)().findings == []


def test_the_role_of_the_service_erases_nothing(served: Center) -> None:  # noqa: F811 # the fixture
    served.till("A1").sell("passport", perfume("10"))
    served.clock.at = datetime(2099, 1, 1, tzinfo=UTC)
    with pytest.raises(OwnerOnly):
        EraseOld(served.context)("owner")
    assert len(served.till("A1").look_up("passport").lines) == 1


@pytest.mark.parametrize("table", ["journal", "customs_rate", "regime_file"])
def test_not_even_the_owner_erases_what_stays(center: Center, table: str) -> None:
    center.run(
        "INSERT INTO customs_rate VALUES ('2026-01-01', 'CNY', 'KZT', '72', 'x', now())",
        "INSERT INTO regime_file (regime, digest, content, starts_on, by, at) VALUES ('x', '', '', now(), 'x', now())",
    )
    with pytest.raises(Exception, match="stays as it is"):
        center.run("SET LOCAL center.erases = 'on'", f"DELETE FROM {table}")
    assert ListFlags(center.context)() == []
