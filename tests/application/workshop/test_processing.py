"""Where the goods of an import document are, through every batch; and what the workshop made, cost and lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from pos.application.reports.report_period import DaysBackwards
from pos.application.tables.listing import ListReader
from pos.application.text.translator import Translator
from pos.application.workshop import tables
from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.goods_lines import GoodsLine
from pos.application.workshop.workshop_request import processed_json
from pos.domain.errors import BadField
from pos.domain.staff.staff import NotAllowed
from tests.application.workshop.conftest import at_a_copy
from tests.shops import COGNAC
from tests.workshops import BAR, BOX, AtTheWorkshop


@pytest.fixture(scope="module")
def made_and_sold(template_workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop. Ten boxes were planned with two in a hundred usually lost; nine came out, and one was sold."""
    folder = tmp_path_factory.mktemp("made") / "shop"
    for clerk in at_a_copy(template_workshop, folder):
        clerk.recipe(loss=20)
        clerk.finished(9)
        clerk.shop.sell(BOX)
    return folder


@pytest.fixture
def clerk(made_and_sold: Path, tmp_path: Path) -> Iterator[AtTheWorkshop]:
    """The clerk of that shop."""
    yield from at_a_copy(made_and_sold, tmp_path / "shop")


def reader(clerk: AtTheWorkshop) -> ListReader:
    return ListReader(clerk.by, Translator.english(), clerk.shop.settings(), clerk.shop.now())


def test_of_each_document_it_is_said_where_its_pieces_are(clerk: AtTheWorkshop) -> None:
    """62 bars were taken, 20 of them of the first document; the recipe has 54 in nine boxes."""
    [bars] = clerk.workshop.ledger(clerk.by, "GJ-1")
    inside = Fraction(20 * 54, 62)
    assert bars.account.through.sold == inside / 9
    assert bars.account.through.on_hand == inside * 8 / 9
    assert bars.account.through.wasted == 20 - inside
    assert bars.account.figures.on_hand == 0
    assert bars.account.whole.came == 20
    assert bars.shares == (2, 3, 0, 15, 0)
    [used] = bars.batches
    assert (used.document, used.use.used, used.output and used.output.figures.lot.code) == ("B-000001", 20, "B-000001")
    assert [one.account.figures.lot.entry for one in clerk.workshop.ledger(clerk.by)] == ["GJ-1", "GJ-2", "GJ-3"]


def test_goods_made_of_made_goods_are_followed_to_the_end(clerk: AtTheWorkshop) -> None:
    clerk.empties(COGNAC)
    clerk.recipe(output=GoodsLine(1, COGNAC), inputs=[GoodsLine(4, BOX)], name="Hamper")
    clerk.workshop.start(clerk.by, clerk.workshop.plan(clerk.by, BatchDraft(2, 2)).batch.number)
    [bars] = clerk.workshop.ledger(clerk.by, "GJ-1")
    assert bars.account.through.in_process == Fraction(20 * 54, 62) * 8 / 9
    clerk.finishes_batch(2, 2)
    [bars] = clerk.workshop.ledger(clerk.by, "GJ-1")
    assert bars.account.through.in_process == 0
    assert bars.account.through.on_hand == Fraction(20 * 54, 62) * 8 / 9
    assert processed_json(bars)["batches"][0]["output"]["used"] == 8
    assert clerk.mismatches() == []


def test_the_account_is_a_list_by_lot_and_one_by_batch(clerk: AtTheWorkshop) -> None:
    by_lot, by_batch = tables.processing(clerk.workshop.ledger).make(reader(clerk))
    names = [column.name for column in by_lot.columns]
    rows = [dict(zip(names, row, strict=True)) for row in by_lot.rows]
    for row in rows:
        used = sum(int(str(row[name])) for name in names[11:] if not name.startswith("Counts"))
        assert row["Used in batches"] == used - int(str(row["Counts ± in made goods"]))
    assert [row["Used in batches"] for row in rows] == [20, 42, 11]
    assert [row[4] for row in by_batch.rows] == ["B-000001"] * 3
    first, _ = tables.processing(clerk.workshop.ledger, "GJ-1", by_batch=True).make(reader(clerk))
    assert first.key == "processing_batches"


def test_the_list_of_batches_adds_up_no_output_that_was_taken_out_of_stock_again(clerk: AtTheWorkshop) -> None:
    clerk.finished(2, 2)
    clerk.gives_up(2)
    [table] = tables.batches(clerk.workshop.batches).make(reader(clerk))
    made, cost = ([column.name for column in table.columns].index(name) for name in ("Pieces made", "Cost"))
    cancelled, finished = table.rows
    assert (cancelled[made], cancelled[cost]) == (None, None)
    assert finished[made] == 9
    assert finished[cost]


def test_a_document_that_was_never_processed_is_listed_when_it_is_asked_for(clerk: AtTheWorkshop) -> None:
    clerk.brings(BAR, 5, lot="C3", entry="GJ-9", cost=25_00)
    assert [one.account.figures.lot.code for one in clerk.workshop.ledger(clerk.by, "GJ-9")] == ["C3"]
    assert clerk.workshop.ledger(clerk.by, "NONE") == []
    with pytest.raises(BadField):
        clerk.workshop.ledger(clerk.by, "x" * 41)
    with pytest.raises(NotAllowed):
        clerk.workshop.ledger(clerk.shop.person("amina"))


def test_the_number_of_a_batch_finds_the_goods_that_went_into_it(clerk: AtTheWorkshop) -> None:
    """Bars of two documents are in the boxes: these are under the number of their batch."""

    def found(entry: str) -> list[str]:
        return [one.account.figures.lot.entry for one in clerk.workshop.ledger(clerk.by, entry)]

    assert clerk.workshop.batches.show(clerk.by, 1).lot is not None
    assert found("B-000001") == found("b-1") == ["GJ-1", "GJ-2", "GJ-3"]
    clerk.empties(COGNAC)
    clerk.recipe(output=GoodsLine(1, COGNAC), inputs=[GoodsLine(4, BOX)], name="Hamper")
    clerk.workshop.start(clerk.by, clerk.workshop.plan(clerk.by, BatchDraft(2, 2)).batch.number)
    assert found("B-000002") == ["GJ-1", "GJ-2", "GJ-3"]
    clerk.finishes_batch(2, 2)
    assert found("B-000002") == ["GJ-1", "GJ-2", "GJ-3"]
    assert found("B-000003") == found("B-") == []
    clerk.brings(BAR, 5, lot="C3", entry="B-000001", cost=25_00)  # of another shop, with its own numbers
    assert found("B-000001") == ["GJ-1", "GJ-2", "GJ-3", "B-000001"]


def test_the_report_says_yield_cost_and_losses_of_a_period(clerk: AtTheWorkshop) -> None:
    clerk.started(2)
    clerk.gives_up(2, GoodsLine(3, BAR, reason="spoiled"))
    clerk.started(1)
    report = clerk.workshop.report(clerk.by)
    [box] = report.figures.recipes
    assert (box.finished, box.given_up, box.planned, box.made, box.achieved) == (1, 1, 10, 9, Fraction(9, 10))
    assert (box.inputs, box.work, box.cost) == (321_01, 15_00, 336_01)
    assert (box.each, box.lost, box.lost_cost) == (Fraction(336_01, 9), 3, 15_00)
    assert [(one.reason, one.pieces, one.cost) for one in report.figures.losses] == [("spoiled", 3, 15_00)]
    assert (report.figures.started, report.figures.in_process) == (1, 9)
    by_recipe, losses = tables.report(clerk.workshop.report).make(reader(clerk))
    assert [row[0] for row in by_recipe.rows] == ["Gift box"]
    assert [row[1] for row in losses.rows] == [3]


def test_a_period_has_what_ended_in_it(clerk: AtTheWorkshop) -> None:
    today = clerk.shop.now().date()
    clerk.shop.now.move(days=3)
    clerk.finished(1, 1)
    assert clerk.workshop.report(clerk.by, today, today).figures.recipes[0].made == 9
    assert clerk.workshop.report(clerk.by).figures.recipes[0].made == 1
    assert clerk.workshop.report(clerk.by, today, today + timedelta(days=3)).figures.recipes[0].made == 10
    assert clerk.workshop.report(clerk.by, date(2026, 1, 1), date(2026, 1, 31)).figures.recipes == ()
    with pytest.raises(DaysBackwards):
        clerk.workshop.report(clerk.by, today, today - timedelta(days=1))
