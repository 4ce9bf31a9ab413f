"""The members' key is changed while tills go on, and a visitor is found under whichever key they were first known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pos.application.center.manage_members import AddTill, RevokeTill
from pos.application.center.members_key import RenewTill, RotatedKey, RotateMembersKey, till_of
from pos.application.center.refusals import MembersKeyHalfChanged, PassEnded, TillNotKnown, TooManyMembersKeys
from pos.application.center.requests import VisitorLedger
from pos.application.center.till_pass import FormerKey, TillPass
from pos.domain.errors import BadField
from pos.keys.center_keys import MembersKeysOfFile, read_or_make_center_keys
from tests.center.shops import Center, TestKeys, TillAtCenter, perfume

UNTIL = date(2026, 11, 27)


@dataclass
class PassHolder:
    """A till that asks with its pass."""

    center: Center
    given: TillPass

    @property
    def till(self) -> TillAtCenter:
        caller = till_of(self.center.context, self.given.credential)
        assert caller is not None, "the center does not know it"
        return TillAtCenter(self.center.context, caller, self.given.credential)

    def look_up(self, document: str = "passport") -> VisitorLedger:
        return self.till.look_up(*self.given.identities(document, self.center.clock()))

    def sell(self, price: str, document: str = "passport") -> None:
        till = self.till
        asked = till.request(self.look_up(document), perfume(price), key=f"sale-{price}")
        till.reserve(asked)
        till.confirm(asked)


@pytest.fixture
def keys() -> TestKeys:
    return TestKeys()


def holder(center: Center, keys: TestKeys, name: str) -> PassHolder:
    """A new till of shop A with its pass."""
    return PassHolder(center, AddTill(center.context, keys)("A", name, "https://center.test", "owner"))


def renewed(center: Center, keys: TestKeys, name: str) -> PassHolder:
    return PassHolder(center, RenewTill(center.context, keys)("A", name, "https://center.test", "owner"))


def rotate(center: Center, keys: TestKeys, until: date = UNTIL) -> RotatedKey:
    return RotateMembersKey(center.context, keys)(until, "owner")


def test_a_visitor_is_the_same_under_the_old_key_the_new_one_and_both(center: Center, keys: TestKeys) -> None:
    one, other = holder(center, keys, "3"), holder(center, keys, "4")
    one.sell("1000")
    rotated = rotate(center, keys)
    assert ("A", "3") in rotated.tills
    one_new = renewed(center, keys, "3")
    assert one_new.look_up().lines[0].goods.unit_price == 1000
    other.sell("2000", "another")  # with its old pass, of a visitor whom the new key does not know
    assert one_new.look_up("another").lines[0].goods.unit_price == 2000
    center.clock.pass_by(days=8)
    with pytest.raises(PassEnded):
        other.look_up()
    other_new = renewed(center, keys, "4")
    assert [len(other_new.look_up(each).lines) for each in ("passport", "another")] == [1, 1]
    assert len(other_new.given.identities("passport", center.clock())) == 2
    assert len(other_new.given.identities("passport", rotated.former_sent_until)) == 1, "the new key alone"
    asked = other_new.till.look_up(other_new.given.identities("passport", rotated.former_sent_until)[0])
    assert len(asked.lines) == 1


def test_the_old_pass_ends_with_the_first_use_of_the_new_one(center: Center, keys: TestKeys) -> None:
    old = holder(center, keys, "3")
    new = renewed(center, keys, "3")
    before = old.till.caller.till
    old.look_up()
    assert new.till.caller.till == before
    new.look_up()
    assert till_of(center.context, old.given.credential) is None
    with pytest.raises(TillNotKnown):
        renewed(center, keys, "nowhere")


def test_a_till_that_was_lost_asks_nothing_more_with_either_pass(center: Center, keys: TestKeys) -> None:
    old = holder(center, keys, "3")
    new = renewed(center, keys, "3")
    RevokeTill(center.context)("A", "3", "owner")
    assert [till_of(center.context, each.given.credential) for each in (old, new)] == [None, None]


def test_a_change_that_broke_off_is_ended_by_the_same_step(center: Center, keys: TestKeys) -> None:
    holder(center, keys, "3")
    keys.change()  # the file has it, and the database was not told
    with pytest.raises(MembersKeyHalfChanged):
        holder(center, keys, "4")
    assert rotate(center, keys).number == 2
    assert len(keys.all) == 2, "no further key"
    assert len(holder(center, keys, "4").given.former) == 1


def test_so_many_keys_are_sent_at_once_and_no_more(center: Center, keys: TestKeys) -> None:
    for _ in range(3):
        rotate(center, keys)
    with pytest.raises(TooManyMembersKeys):
        rotate(center, keys)
    with pytest.raises(BadField):
        rotate(center, keys, date(2026, 11, 19))
    center.clock.pass_by(days=500)
    rotate(center, keys, date(2030, 1, 1))
    assert len(holder(center, keys, "3").given.former) == 1, "the others count no more"


def test_the_key_file_is_replaced_whole_and_keeps_what_was(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    before = read_or_make_center_keys(file, make=True)
    members = MembersKeysOfFile(file)
    members.change()
    after = read_or_make_center_keys(file)
    assert (after.identity, after.person, after.journal) == (before.identity, before.person, before.journal)
    assert (list(members.in_use())[1:], after.members != before.members) == ([before.members], True)
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_a_pass_is_read_as_it_was_written_and_nothing_else_is_one() -> None:
    former = FormerKey(bytes(32), datetime(2027, 1, 1, tzinfo=UTC))
    given = TillPass("https://center.test", "secret", bytes([1]) * 32, (former,))
    assert TillPass.from_text(given.to_text()) == given
    for text in ("", "center1.", given.to_text()[:-9], "center1.W10", "center1.eyJmb3JtZXIiOlsxXX0"):
        with pytest.raises(BadField):
            TillPass.from_text(text)
