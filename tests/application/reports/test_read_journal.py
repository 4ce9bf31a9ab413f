"""The journal is read by kind, person, till, time and words; every entry is a sentence; its chains are walked."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.application.catalogue.export_catalogue import ExportCatalogue
from pos.application.ports.journal_ports import CHANGED, CUT, MISSING, ChainWalk, JournalEntry, JournalFilter
from pos.application.quota.log_rule_changes import log_rule_changes
from pos.application.reports import journal_kinds
from pos.application.reports.journal_formatter import SENTENCES, JournalFormatter
from pos.application.reports.journal_kinds import KIND_NAMES, KINDS, kind_of
from pos.application.reports.read_journal import journal_filter
from pos.application.shifts.open_shift import OpenShift
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.staff.staff import NotAllowed
from pos.languages.catalogue import load_translators
from tests.application.returns.test_return_goods import record_return
from tests.horgos import CNY
from tests.shops import CHOCOLATE, COGNAC, REGIMES, SWEETS, DemoShop

EVIL = "=HYPERLINK(1)"


@pytest.fixture
def busy(shop: DemoShop) -> DemoShop:
    """Monday: a sale, a drawer opened; Tuesday: a sale, a bottle taken out of a basket, goods that came back."""
    shop.sell(CHOCOLATE, CHOCOLATE)  # T1-000001
    shop.open_drawer(shop.person("manager"), EVIL)
    shop.now.move(days=1)
    shop.sell(COGNAC, SWEETS)  # T1-000002
    basket = shop.checkout()
    view = basket.scan(COGNAC)
    basket.void(view.lines[0].line.id, shop.person("amina"))
    record_return(shop, "T1-000002", (0, 1))
    return shop


def sentences(shop: DemoShop, **asked: str) -> list[str]:
    manager = shop.person("manager")
    formatter = shop.read_journal.formatter(Translator.english(), manager)
    wanted = journal_filter(shop.settings().zone, **asked)
    return [formatter.sentence(one) for one in shop.read_journal(wanted, manager).entries]


def test_what_happened_is_shown_newest_first_in_sentences(busy: DemoShop) -> None:
    newest = sentences(busy)
    assert newest[0].startswith("Return T1-000003 of goods of T1-000002: ¥")
    assert newest[1].startswith("Line voided: 1 × ")
    assert newest[2] == "Sale T1-000002: ¥\u00a0498.00."
    assert "Drawer opened without a sale. Reason: =HYPERLINK(1)." in newest


@pytest.mark.parametrize(
    ("asked", "how_many"),
    [
        ({"kind": "sale"}, 2),
        ({"kind": "void"}, 1),
        ({"kind": "no_sale"}, 1),
        ({"kind": "sale", "text": "t1-000002"}, 1),
        ({"kind": "sale", "person": "amina"}, 2),
        ({"kind": "sale", "person": "manager"}, 0),
        ({"kind": "sale", "till": "T9"}, 0),
        ({"kind": "sale", "since": "2026-03-03"}, 1),
        ({"kind": "sale", "until": "2026-03-02"}, 1),
        ({"kind": "sale", "since": "2026-03-02", "until": "2026-03-03"}, 2),
        ({"text": "hyperlink"}, 1),
        ({"text": "% _ ' \" ; DROP TABLE journal"}, 0),
        ({"text": "x" * 5_000}, 0),
    ],
)
def test_by_kind_person_till_time_and_words(busy: DemoShop, asked: dict[str, str], how_many: int) -> None:
    assert len(sentences(busy, **asked)) == how_many


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"since": "31.12.2026"}, "from"),
        ({"until": "2026-02-31"}, "to"),
        ({"until": "9999-12-31"}, "to"),
        ({"since": "2026-03-03", "until": "2026-03-02"}, "to"),
        ({"kind": "=1+1"}, "kind"),
    ],
)
def test_what_cannot_be_asked_is_said_by_its_field(shop: DemoShop, asked: dict[str, str], field: str) -> None:
    with pytest.raises(BadField) as refused:
        journal_filter(shop.settings().zone, **asked)
    assert refused.value.field == field


def test_a_page_after_another_misses_and_doubles_nothing(busy: DemoShop) -> None:
    manager, before, seen = busy.person("manager"), None, list[int]()
    everything = [one.id for one in busy.read_journal(JournalFilter(), manager).entries]
    for _ in everything:
        page = busy.read_journal(JournalFilter(), manager, limit=3, before=before)
        seen += [one.id for one in page.entries]
        before = page.next
        if before is None:
            break
    assert seen == everything
    assert list(busy.read_journal.newest(JournalFilter(), manager, 4)) == list(
        busy.read_journal(JournalFilter(), manager, 4).entries
    )


def test_every_act_has_a_kind_with_a_name_and_a_sentence() -> None:
    assert KINDS.keys() == KIND_NAMES.keys()
    assert {event for event in SENTENCES if not kind_of(event)} == set()


def test_every_act_that_a_step_writes_is_worded() -> None:
    written = re.compile(r"journal\.write\([^()]*(?:\([^()]*\)[^()]*)*?, \"([a-z_]+)\",")
    steps = Path(journal_kinds.__file__).parents[1]
    of_the_shop = [
        file for file in steps.rglob("*.py") if file.parent.name not in ("center", "center_console")
    ]  # which has a journal of its own
    events = {event for file in of_the_shop for event in written.findall(file.read_text(encoding="utf-8"))}
    assert len(events) > 40
    assert events - SENTENCES.keys() == set()


def test_what_no_one_has_worded_is_its_name_and_its_facts(shop: DemoShop) -> None:
    formatter = JournalFormatter(Translator.english(), shop.settings().zone, CNY, {})
    entry = JournalEntry(1, "T1", 1, shop.now(), "amina", "paint_wall", {"colour": "red\n\u202e", "rolls": 2}, "")
    assert formatter.sentence(entry) == "paint wall: colour: red   · rolls: 2"
    broken = JournalEntry(1, "T1", 1, shop.now(), "amina", "sale", {"receipt": ["x"], "total": {"a": 1}}, "")
    assert formatter.sentence(broken) == "Sale x: a 1."
    empty = JournalEntry(1, "T1", 1, shop.now(), "amina", "set_rate", {}, "")
    assert formatter.sentence(empty) == "Rate of —: buy —, sell —, from —."


def test_a_file_of_it_is_safe_in_a_spreadsheet_and_stands_in_the_journal(busy: DemoShop, tmp_path: Path) -> None:
    manager, file = busy.person("manager"), tmp_path / "journal.csv"
    rows = busy.read_journal.export(
        journal_filter(busy.settings().zone, text=EVIL), manager, file, Translator.english()
    )
    assert rows == 2  # and that it was given out, for this word
    everything = busy.read_journal.export(JournalFilter(), manager, file, Translator.english())

    written = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert len(written) == everything
    assert not [cell for row in written for cell in row.values() if cell.startswith(("=", "+", "@"))]
    assert [row["act"] for row in written[:2]] == ["export", "export"]
    assert written[1]["person"] == "manager"
    with pytest.raises(NotAllowed):
        busy.read_journal.export(JournalFilter(), busy.person("amina"), tmp_path / "hers.csv", Translator.english())
    assert not (tmp_path / "hers.csv").exists()


def test_a_catalogue_that_is_given_out_stands_in_it(shop: DemoShop) -> None:
    ExportCatalogue(shop.context)(lambda goods: len(list(goods)), shop.person("manager"))
    assert sentences(shop)[0] == "Exported to a file: the catalogue."


def test_looking_for_a_visitors_receipts_is_written_down_once(busy: DemoShop) -> None:
    person = busy.person("amina")
    page = busy.find_receipts.of_visitor(busy.document(), person, limit=1)
    busy.find_receipts.of_visitor(busy.document(), person, page.next, limit=1)
    assert sentences(busy, kind="look_up") == ["Visitor looked up: no. 1."]


def test_rules_that_became_others_are_written_down_at_the_next_shift(shop: DemoShop) -> None:
    known = dict(shop.regimes())
    amina = shop.person("amina")
    OpenShift(replace(shop.context, till="T2", regimes=lambda: known))(amina, {})
    assert sentences(shop, kind="regimes") == [f"Rules new or changed: {', '.join(sorted(known))}."]
    OpenShift(replace(shop.context, till="T3", regimes=lambda: known))(amina, {})
    OpenShift(replace(shop.context, till="T4", regimes=dict))(amina, {})
    assert len(sentences(shop, kind="regimes")) == 2  # each till says its own once
    known["cn-horgos"] = replace(known["cn-horgos"], version="another")
    with shop.store.begin() as work:
        log_rule_changes(work, known, shop.now(), "T2", "amina")
        log_rule_changes(work, known, shop.now(), "T2", "amina")
        work.commit()
    assert sentences(shop, kind="regimes")[0] == "Rules new or changed: cn-horgos."
    assert len(sentences(shop, kind="regimes")) == 3


def walked(shop: DemoShop) -> ChainWalk:
    walk = ChainWalk()
    while not walk.is_done:
        walk = shop.read_journal.walk(walk, shop.person("manager"))
    return walk


def test_chains_that_hold_are_said_to_hold(busy: DemoShop) -> None:
    walk = walked(busy)
    assert walk.all_faults == ()
    [[entries]] = busy.rows("SELECT count(*) FROM journal")
    assert walk.walked == walk.entries == entries


@pytest.mark.parametrize(
    ("tampering", "what"),
    [
        ("UPDATE journal SET person = 'nobody' WHERE number = 3", CHANGED),
        ("DELETE FROM journal WHERE number = 3", MISSING),
        ("DELETE FROM journal WHERE number = (SELECT max(number) FROM journal WHERE till = 'T1') AND till = 'T1'", CUT),
    ],
)
def test_who_touches_an_entry_is_found_out(busy: DemoShop, tampering: str, what: str) -> None:
    with busy.raw(writing=True) as connection:
        connection.execute(tampering)
    assert what in {fault.what for fault in walked(busy).all_faults}
    assert [line for line in busy.verify() if line.startswith("journal T1")]


def test_entries_of_one_instant_are_all_found(shop: DemoShop) -> None:
    for _ in range(5):
        shop.open_drawer(shop.person("manager"), "again")
    later = shop.now() + timedelta(seconds=1)
    manager, before, seen = shop.person("manager"), None, 0
    wanted = JournalFilter(events=("no_sale", "sale"), until=later)
    while True:
        page = shop.read_journal(wanted, manager, limit=2, before=before)
        seen, before = seen + len(page.entries), page.next
        if before is None:
            break
    assert seen == 5


def test_a_rate_is_written_as_the_readers_language_writes_figures(shop: DemoShop) -> None:
    rate = {"currency": "USD", "buy": "501.50", "sell": "505.00", "since": "2026-11-24T00:30:00+00:00"}
    entry = JournalEntry(1, "T1", 1, shop.now(), "manager", "set_rate", rate, "")
    russian = JournalFormatter(load_translators(REGIMES.parent / "translations")["ru"], shop.settings().zone, CNY, {})
    assert "501,50" in russian.sentence(entry)
    assert "505,00" in russian.sentence(entry)
