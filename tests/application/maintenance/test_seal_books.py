"""The books are sealed with each Z and each day, and the public key alone shows a past that was written again."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from db.store.store import audit
from pos.application.maintenance.seal_files import ExportSeals, read_external_anchors
from pos.application.ports.maintenance_ports import BookSeal, ExternalAnchor
from pos.domain.errors import BadField
from pos.domain.staff.staff import NotAllowed
from pos.keys.public_key import is_signed
from tests.application.maintenance.test_forget_visitors import forgetting
from tests.application.reports.test_reports_of_days import close
from tests.shops import COGNAC, SWEETS, DemoShop


def seals(shop: DemoShop) -> list[BookSeal]:
    with shop.store.reading() as work:
        return list(work.seals.walk())


def looked_at(shop: DemoShop, outside: tuple[ExternalAnchor, ...] = ()) -> list[str]:
    """What someone finds who has the store and the public key, and no other key."""
    return list(audit(None, shop.folder, partial(is_signed, shop.secrets.public_key()), outside))


def exported(shop: DemoShop) -> tuple[ExternalAnchor, ...]:
    lines = ExportSeals(shop.context)(shop.person("manager"), "seals.txt")
    return tuple(read_external_anchors("\n".join(lines)))


@pytest.fixture
def sealed(shop: DemoShop) -> DemoShop:
    """Two closed shifts with a sale in each."""
    for _ in range(2):
        shop.sell(SWEETS)
        shop.now.move(hours=1)
        close(shop)
        shop.open_shift(shop.person("amina"), {})
        shop.now.move(hours=1)
    return shop


def test_a_z_is_sealed_and_its_printout_bears_the_anchor(sealed: DemoShop) -> None:
    first, second = seals(sealed)
    content = json.loads(second.content)
    assert (second.number, second.z_number) == (2, 2)
    assert content["before"] == first.hash
    assert content["sales"] | {"sha256": ""} == {"from": 2, "to": 2, "sha256": ""}
    assert content["head"]["grand_total"] == 9600
    assert content["head"]["mac"] == sealed.rows("SELECT mac FROM sale WHERE number = 2")[0][0]
    with sealed.store.reading() as work:
        z = work.shifts.z("T1", 2)
    assert z is not None
    assert z.report.anchor == second.anchor
    assert z.report.anchor.replace(" ", "") == second.hash[:12]
    assert sealed.verify() == []
    assert looked_at(sealed, exported(sealed)) == []


def test_a_day_without_a_z_is_sealed_in_the_first_quiet_moment_of_the_next(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    assert not shop.seal_books.step()
    assert seals(shop) == []
    shop.now.move(hours=24)
    shop.seal_books.step()
    (one,) = seals(shop)
    assert (one.z_number, json.loads(one.content)["z"]) == (None, None)
    shop.seal_books.step()
    assert len(seals(shop)) == 1
    assert shop.verify() == []


def test_many_sales_are_sealed_a_part_at_a_time_and_each_once(shop: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.application.maintenance.seal_books._MOST", 2)
    for _ in range(5):
        shop.sell("6901204300016", visitor=True)
    shop.now.move(hours=24)
    while shop.seal_books.step():
        pass
    ranges = [json.loads(one.content)["sales"] for one in seals(shop)]
    assert [(one["from"], one["to"]) for one in ranges] == [(1, 2), (3, 4), (5, 5)]
    assert looked_at(shop) == []


def _sql(statement: str) -> Callable[[DemoShop], None]:
    def change(shop: DemoShop) -> None:
        with shop.raw(writing=True) as store:
            guards = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in guards:
                store.execute(f"DROP TRIGGER {name}")
            store.execute(statement)
            for _, made_by in guards:
                store.execute(made_by)

    return change


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_sql("UPDATE sold_goods SET name = 'Water'"), "of the sales T1-000001 to T1-000001 one was changed"),
        (_sql("UPDATE journal SET details = '{}' WHERE number = 1"), "of the journal's entries 1 to"),
        (_sql("DELETE FROM journal WHERE number = 2"), "of the journal's entries 1 to"),
        (_sql("UPDATE sale SET mac = 'f' WHERE number = 1"), "the sale T1-000001 is not there as it was then"),
        (_sql("UPDATE sale SET total_minor = 1 WHERE number = 1"), "the grand total was 4800, the sales come to 1"),
        (_sql("UPDATE z_report SET mac = 'f' WHERE number = 1"), "the Z T1-Z000001 is not there as it was then"),
        (_sql("DELETE FROM seal WHERE number = 1"), "seal 2 T1: seal 1 is missing before it"),
        (_sql("DELETE FROM seal WHERE number = 2"), "Z T1-Z000002: it has no seal"),
        (_sql("UPDATE seal SET content = replace(content, '9600', '9500')"), "the shop's key has not signed it"),
        (_sql("UPDATE seal SET signature = 'A'"), "the shop's key has not signed it"),
        (_sql("UPDATE seal SET number = number + 10"), "it is another seal"),
    ],
)
def test_who_has_the_public_key_alone_sees_what_was_changed(
    sealed: DemoShop, change: Callable[[DemoShop], None], fault: str
) -> None:
    change(sealed)
    sealed.close()
    assert any(fault in line for line in looked_at(sealed)), looked_at(sealed)


def test_visitors_may_be_forgotten_and_the_seals_still_hold(sealed: DemoShop) -> None:
    sealed.now.move(hours=24 * 800)
    while forgetting(sealed).step():
        pass
    assert "erased" in sealed.rows("SELECT visitors FROM sale WHERE number = 1")[0][0]
    assert looked_at(sealed) == []


def test_books_written_again_with_the_shops_own_keys_do_not_agree_with_what_lies_elsewhere(sealed: DemoShop) -> None:
    """The person who has the till has its keys: only what they cannot reach shows the change."""
    kept = exported(sealed)
    anchors = read_external_anchors(f"T1-Z000002 {seals(sealed)[1].anchor}\n")
    _sql("DELETE FROM seal")(sealed)
    for number in (1, 2):
        with sealed.store.reading() as work:
            z = work.shifts.z("T1", number)
        assert z is not None
        with sealed.store.begin() as work:
            sealed.seal_books.with_z(work, z, sealed.now())
            work.commit()

    assert sealed.verify() == []
    assert sealed.verify(kept) == [
        "seal 1 T1: the one that is kept outside says something else: the books were rewritten",
        "seal 2 T1: the one that is kept outside says something else: the books were rewritten",
    ]
    assert sealed.verify(anchors) == [
        "Z T1-Z000002: its printout has another anchor than the books: the books were rewritten"
    ]


def test_an_older_backup_in_the_place_of_the_books_is_reported_by_what_lies_elsewhere(
    sealed: DemoShop, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    sealed.store.back_up(old / "shop.db")
    sealed.sell(COGNAC)
    sealed.now.move(hours=1)
    close(sealed)
    kept, anchors = exported(sealed), read_external_anchors(f"T1-Z000003 {seals(sealed)[2].anchor}")
    lines = audit(None, old, sealed.secrets.is_signed, [*kept, *anchors])
    assert lines == [
        "seal 3 T1: it is kept outside, and the books end before it: they are older, or were cut off",
        "Z T1-Z000003: its printout is kept, and the books end before it: they are older, or were cut off",
    ]


def test_a_seal_of_another_shop_proves_nothing(sealed: DemoShop) -> None:
    (first, _) = exported(sealed)
    forged = ExternalAnchor("T1", 1, None, first.content.replace("4800", "4700"), first.signature)
    assert sealed.verify([forged]) == ["seal 1 T1, kept outside: the shop's key has not signed it"]


@pytest.mark.parametrize("text", ["{}", "T1-Z000001", "T1-Z000001 3f2a", "hello", '{"content": "[]", "signature": ""}'])
def test_what_is_no_seal_is_named_with_its_line(text: str) -> None:
    with pytest.raises(BadField, match="seals:2"):
        read_external_anchors(f"\n{text}")


def test_only_who_may_set_options_takes_the_seals_out_and_the_journal_says_so(sealed: DemoShop) -> None:
    exported(sealed)
    assert sealed.rows("SELECT details FROM journal ORDER BY id DESC LIMIT 1") == [
        ('{"file":"seals.txt","rows":2,"what":"seals"}',)
    ]
    with pytest.raises(NotAllowed):
        ExportSeals(sealed.context)(sealed.person("amina"), "seals.txt")
