"""A batch from plan to output: which lots it takes, what its output costs, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.end_batch import GiveUpDraft
from pos.application.workshop.goods_lines import GoodsLine
from pos.application.workshop.workshop_request import read_give_up
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.request_key import KeyReused
from pos.domain.staff.staff import NotAllowed
from pos.domain.stock.stock_document import AdjustmentTooLarge
from pos.domain.workshop.batch import (
    NO_LOT,
    BatchFinished,
    BatchGivenUp,
    BatchNotFinished,
    BatchNotStarted,
    BatchNotYet,
    BatchStarted,
    GivenBack,
    LostInput,
    LotTaken,
    MoreThanTaken,
    NoSuchBatch,
    NotEnoughInput,
    OutputGone,
)
from pos.domain.workshop.recipe import NoSuchRecipe
from tests.application.workshop.conftest import at_a_copy
from tests.horgos import CNY, USD
from tests.stocks import EARLY, LATE
from tests.workshops import BAR, BOX, WRAP, AtTheWorkshop


@pytest.fixture(scope="module")
def with_recipe(template_workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop with the recipe of a gift box."""
    folder = tmp_path_factory.mktemp("with-recipe") / "shop"
    for clerk in at_a_copy(template_workshop, folder):
        clerk.recipe()
    return folder


@pytest.fixture
def clerk(with_recipe: Path, tmp_path: Path) -> Iterator[AtTheWorkshop]:
    """With the recipe of a gift box."""
    yield from at_a_copy(with_recipe, tmp_path / "shop")


def test_planning_takes_nothing_and_shows_whether_it_can_start(clerk: AtTheWorkshop) -> None:
    view = clerk.planned(10)
    assert (view.batch.document, view.batch.state, view.product.code, view.can_start) == (
        "B-000001", "planned", BOX, True
    )  # fmt: skip
    assert [(one.product.code, one.needed, one.there, one.missing) for one in view.inputs] == [
        (BAR, 60, 100, 0), (WRAP, 10, 30, 0)
    ]  # fmt: skip
    short = clerk.planned(20)
    assert [(one.missing, one.parts) for one in short.inputs] == [(20, ()), (0, ())]
    assert not short.can_start
    assert clerk.moved("B-000001") == []
    assert clerk.facts_of("plan_batch")[0][1]["lines"] == [
        {"code": BAR, "quantity": 60},
        {"code": WRAP, "quantity": 10},
    ]


def test_a_batch_takes_what_ends_first_from_the_store_room_and_the_floor(clerk: AtTheWorkshop) -> None:
    view = clerk.started(10)
    assert clerk.parts(view) == [
        "store | A1 | 20 | 10000 | 0 | 0",
        "floor | B2 | 40 | 20001 | 0 | 0",
        "floor | W1 | 10 | 1000 | 0 | 0",
    ]
    assert clerk.lies(BAR) == ["floor | B2 | 40"]
    assert (clerk.value(BAR), clerk.value(WRAP)) == (200_00, 20_00)
    assert clerk.moved("B-000001") == [
        "processed | floor | W1 | -10 | -1000",
        "processed | store | A1 | -20 | -10000",
        "processed | floor | B2 | -40 | -20001",
    ]
    assert (view.batch.started_by, view.can_start) == ("clerk", False)
    assert clerk.mismatches() == []


def test_the_output_is_a_lot_of_its_own_at_the_cost_of_inputs_and_work(clerk: AtTheWorkshop) -> None:
    view = clerk.finished(9)
    assert view.lot is not None
    assert (view.lot.code, view.lot.expiry, view.lot.entry) == ("B-000001", EARLY, "B-000001")
    assert (view.batch.state, view.batch.made, view.batch.cost, view.batch.work_minor) == (
        "finished", 9, 325_01, 15_00
    )  # fmt: skip
    assert clerk.lies(BOX) == ["floor | B-000001 | 9"]
    assert clerk.value(BOX) == 325_01
    assert clerk.moved("B-000001")[-1] == "made | floor | B-000001 | +9 | 32501"
    assert clerk.mismatches() == []


def test_the_output_is_under_the_document_of_its_inputs_if_that_is_one(clerk: AtTheWorkshop) -> None:
    clerk.recipe(number=1, output=GoodsLine(1, BOX), inputs=[GoodsLine(6, BAR)], work=None)
    assert _lot(clerk.finished(1, 1)) == ("B-000001", EARLY, "GJ-1")


def test_the_last_day_is_typed_or_of_the_recipe_or_of_the_first_input(clerk: AtTheWorkshop) -> None:
    today = clerk.shop.now().date()
    clerk.recipe(number=1, shelf_days=90, output=GoodsLine(1, BOX), inputs=[GoodsLine(6, BAR)])
    assert _lot(clerk.finished(1, 1))[1] == today + timedelta(days=90)
    typed = clerk.finished(1, 1, expiry=date(2026, 5, 1), lot="BOX-1", place="store")
    assert _lot(typed)[:2] == ("BOX-1", date(2026, 5, 1))
    assert typed.batch.place == "store"
    with pytest.raises(BadField):
        clerk.finished(1, 1, expiry=today - timedelta(days=1))


def test_no_output_comes_in_past_its_last_day(clerk: AtTheWorkshop) -> None:
    clerk.started(1)
    clerk.shop.now.move(days=10)  # the bars are over by now
    with pytest.raises(BadField) as past:
        clerk.finishes_batch(1, 1)
    assert past.value.facts()["field"] == "expiry"
    assert clerk.finishes_batch(1, 1, expiry=clerk.shop.now().date()).batch.made == 1


def test_the_last_day_is_that_of_what_is_really_in_the_output(clerk: AtTheWorkshop) -> None:
    view = clerk.started(10)
    [early, late] = [lot.id for _, lot in view.inputs[0].parts if lot]
    bars, today = view.inputs[0].product.id, clerk.shop.now().date()
    assert view.last_day(today, [], []) == EARLY
    assert view.last_day(today, [GivenBack(bars, 20, early)], []) == LATE
    assert view.last_day(today, [GivenBack(bars, 20, early)], [LostInput(bars, 40, "spoiled", late)]) is None
    assert _lot(clerk.finishes_batch(1, 7, back=[GoodsLine(20, BAR, lot="A1")]))[1] == LATE


def test_a_batch_comes_to_more_or_less_than_planned(clerk: AtTheWorkshop) -> None:
    fewer, more = clerk.finished(4, 5), clerk.finished(6, 5)
    assert (fewer.batch.achieved, more.batch.achieved) == (Fraction(4, 5), Fraction(6, 5))
    assert (fewer.batch.cost, more.batch.cost) == (162_50, 162_50)  # 30 bars and 5 bags each, and 7.50 of work
    assert clerk.value(BOX) == 325_00
    assert clerk.mismatches() == []


def test_what_was_not_used_goes_back_to_its_lot_and_costs_the_output_nothing(clerk: AtTheWorkshop) -> None:
    view = clerk.finished(9, back=[GoodsLine(5, BAR), GoodsLine(1, WRAP)])
    assert clerk.parts(view) == [
        "store | A1 | 20 | 10000 | 0 | 0",
        "floor | B2 | 40 | 20001 | 5 | 0",
        "floor | W1 | 10 | 1000 | 1 | 0",
    ]
    assert view.batch.cost == 325_01 - 25_00 - 1_00
    assert clerk.lies(BAR) == ["floor | B2 | 45"]
    assert clerk.value(BAR) == 225_00
    assert clerk.mismatches() == []


def test_what_was_lost_by_a_reason_is_written_off_and_not_in_the_output(clerk: AtTheWorkshop) -> None:
    view = clerk.finished(9, lost=[GoodsLine(6, BAR, reason="spoiled"), GoodsLine(1, WRAP, lot="W1", reason="theft")])
    assert [(loss.quantity, loss.reason, loss.cost) for loss in view.batch.losses] == [
        (1, "theft", 1_00), (6, "spoiled", 30_00)
    ]  # fmt: skip
    assert view.batch.cost == 325_01 - 30_00 - 1_00
    assert [line for line in clerk.moved("B-000001") if line.startswith("waste")] == [
        "waste | store | W1 | -1 | -100", "waste | store | A1 | -6 | -3000"
    ]  # fmt: skip
    balances = clerk.shop.read_stock.lots(clerk.by, clerk.id_of(BAR))
    assert [(one.lot.code, one.received, one.destroyed, one.workshop, one.on_hand) for one in balances] == [
        ("A1", 20, 6, -14, 0), ("B2", 80, 0, -40, 40)
    ]  # fmt: skip
    assert clerk.mismatches() == []


def test_the_work_may_have_cost_otherwise_and_in_another_currency(clerk: AtTheWorkshop) -> None:
    assert clerk.finished(5, 5, work=Money(20_00, CNY)).batch.work_minor == 20_00
    dollars = clerk.finished(5, 5, work=Money(10_00, USD)).batch
    with clerk.shop.store.reading() as work:
        rates = work.rates.at(clerk.shop.now())
    assert dollars.work_minor is not None
    assert dollars.work_minor > 60_00
    assert dollars.cost == (dollars.input_cost or 0) + dollars.work_minor
    assert "USD" in rates
    assert clerk.finished(5, 5, work=Money(0, CNY)).batch.work_minor == 0
    assert clerk.mismatches() == []


def test_an_unknown_cost_of_an_input_leaves_that_of_the_output_unknown(clerk: AtTheWorkshop) -> None:
    clerk.empties(WRAP)
    clerk.brings(WRAP, 10)
    view = clerk.finished(10)
    assert (view.batch.cost, clerk.value(BOX)) == (None, None)
    assert _lot(view)[2] == "B-000001"
    assert clerk.mismatches() == []


def test_goods_that_are_held_set_aside_or_expired_are_never_processed(clerk: AtTheWorkshop) -> None:
    person = clerk.person
    clerk.shop.move_stock(
        person, StockDocumentDraft("transfer", [StockDocumentLine(10, BAR, lot="B2")], "floor", "quarantine")
    )
    basket = clerk.shop.basket(*[BAR] * 12)
    clerk.shop.park_sale(basket.order(clerk.shop.person("amina")), "later", clerk.shop.person("amina"))
    view = clerk.planned(10)
    assert view.inputs[0].there == 20 + 70 - 12
    clerk.shop.now.move(days=10)  # the first lot is over, and the parked sale has lapsed
    view = clerk.workshop.batches.show(clerk.by, view.batch.number)
    assert view.inputs[0].there == 70
    clerk.planned(12)
    with pytest.raises(NotEnoughInput) as short:
        clerk.workshop.start(clerk.by, 2)
    assert short.value.facts() == {"batch": "B-000002", "code": BAR, "wanted": 72, "there": 70, "more": 0}
    clerk.workshop.start(clerk.by, 1)
    assert clerk.lies(BAR) == ["floor | B2 | 10", "store | A1 | 20", "quarantine | B2 | 10"]
    assert clerk.facts_of("lapse") != []
    assert clerk.mismatches() == []


def test_what_is_of_no_lot_is_taken_last(clerk: AtTheWorkshop) -> None:
    clerk.brings(BAR, 30, cost=150_00)
    view = clerk.started(20)
    assert [part.split(" | ")[:3] for part in clerk.parts(view)][:3] == [
        ["store", "A1", "20"], ["floor", "B2", "80"], ["floor", "-", "20"]
    ]  # fmt: skip
    assert clerk.mismatches() == []


def test_too_few_of_several_inputs_are_named_with_the_first(clerk: AtTheWorkshop) -> None:
    before = clerk.shop.tables()
    clerk.planned(31)
    with pytest.raises(NotEnoughInput) as short:
        clerk.workshop.start(clerk.by, 1)
    assert (short.value.wanted, short.value.there, short.value.more) == (186, 100, 1)
    after = clerk.shop.tables()
    assert after["stock"] == before["stock"]
    assert after["stock_move"] == before["stock_move"]


def test_each_step_is_done_once_and_a_repeated_request_returns_the_batch(clerk: AtTheWorkshop) -> None:
    planned = clerk.planned(5, key="p")
    assert clerk.planned(5, key="p") == planned
    with pytest.raises(KeyReused):
        clerk.planned(6, key="p")
    started = clerk.workshop.start(clerk.by, 1, "s")
    assert clerk.workshop.start(clerk.by, 1, "s") == started
    with pytest.raises(BatchStarted):
        clerk.workshop.start(clerk.by, 1, "s-2")
    done = clerk.finishes_batch(1, 5, key="f")
    assert clerk.finishes_batch(1, 5, key="f") == done
    with pytest.raises(BatchFinished):
        clerk.finishes_batch(1, 5, key="f-2")
    with pytest.raises(BatchFinished):
        clerk.workshop.start(clerk.by, 1)
    gone = clerk.gives_up(1, key="g")
    assert clerk.gives_up(1, key="g") == gone
    with pytest.raises(BatchGivenUp):
        clerk.gives_up(1)
    with pytest.raises(BatchGivenUp):
        clerk.finishes_batch(1, 5)
    with pytest.raises(BatchGivenUp):
        clerk.workshop.start(clerk.by, 1)
    assert clerk.shop.rows("SELECT count(*) FROM batch") == [(1,)]
    assert clerk.mismatches() == []


def test_a_batch_that_was_given_up_loses_what_is_lost_and_returns_the_rest(clerk: AtTheWorkshop) -> None:
    before = (clerk.value(BAR), clerk.value(WRAP))
    clerk.started(10)
    view = clerk.gives_up(1, GoodsLine(25, BAR, reason="spoiled"))
    assert [(loss.quantity, loss.reason, loss.cost) for loss in view.batch.losses] == [
        (20, "spoiled", 100_00), (5, "spoiled", 25_00)
    ]  # fmt: skip
    assert clerk.lies(BAR) == ["floor | B2 | 75"]
    assert clerk.lies(WRAP) == ["floor | W1 | 30"]
    assert (clerk.value(BAR), clerk.value(WRAP)) == ((before[0] or 0) - 125_00, before[1])
    assert clerk.facts_of("give_up_batch")[0][1]["lost"] == [
        {"code": BAR, "lot": "A1", "quantity": 20, "reason": "spoiled"},
        {"code": BAR, "lot": "B2", "quantity": 5, "reason": "spoiled"},
    ]
    assert clerk.mismatches() == []


def test_a_loss_falls_on_the_lot_that_is_named_also_on_none_and_on_one_of_two_of_a_code(clerk: AtTheWorkshop) -> None:
    clerk.empties(BAR)
    for entry in ("GJ-1", "GJ-9"):
        clerk.brings(BAR, 20, lot="A1", expiry=EARLY, entry=entry, cost=100_00)
    clerk.brings(BAR, 20, cost=100_00)
    view = clerk.started(10)
    lots = [lot.id if lot else NO_LOT for one in view.inputs for _, lot in one.parts if one.product.code == BAR]
    with pytest.raises(BadField) as two:
        clerk.gives_up(1, GoodsLine(1, BAR, reason="spoiled", lot="A1"))
    assert "several_lots" in two.value.facts().values()
    with pytest.raises(BadField):
        clerk.gives_up(1, GoodsLine(1, WRAP, reason="spoiled", lot_id=lots[0]))
    with pytest.raises(MoreThanTaken):
        clerk.gives_up(1, GoodsLine(1, WRAP, reason="spoiled", lot_id=NO_LOT))
    lost = [GoodsLine(2, BAR, reason="spoiled", lot_id=lots[1]), GoodsLine(3, BAR, reason="theft", lot_id=NO_LOT)]
    given_up = clerk.gives_up(1, *lost)
    assert [(loss.lot or NO_LOT, loss.quantity) for loss in given_up.batch.losses] == [(lots[1], 2), (NO_LOT, 3)]
    assert clerk.mismatches() == []


def test_a_file_names_what_is_of_no_lot_by_an_empty_code(clerk: AtTheWorkshop) -> None:
    clerk.empties(WRAP)
    clerk.brings(WRAP, 5, lot="W1", cost=5_00)
    clerk.brings(WRAP, 10, cost=10_00)
    lines = [
        {"code": WRAP, "quantity": 2, "lot": "", "reason": "spoiled"},
        {"code": WRAP, "quantity": 1, "reason": "theft"},
    ]
    clerk.started(10)
    view = clerk.workshop.give_up(clerk.by, read_give_up({"batch": "B-000001", "lost": lines}))
    codes = {lot.id: lot.code for one in view.inputs for _, lot in one.parts if lot is not None}
    assert [(codes.get(loss.lot or NO_LOT), loss.quantity) for loss in view.batch.losses] == [(None, 2), ("W1", 1)]


def test_all_of_a_batch_may_be_lost(clerk: AtTheWorkshop) -> None:
    clerk.started(10)
    view = clerk.gives_up(1, GoodsLine(2, WRAP, reason="theft"), all_lost="damaged")
    assert sum(part.lost for part in view.batch.parts) == view.batch.taken == 70
    assert {loss.reason for loss in view.batch.losses} == {"damaged", "theft"}
    assert clerk.mismatches() == []


def test_a_planned_batch_is_given_up_without_a_movement(clerk: AtTheWorkshop) -> None:
    clerk.planned(10)
    assert clerk.gives_up(1).batch.state == "given_up"
    assert clerk.moved("B-000001") == []
    clerk.planned(10)
    with pytest.raises(MoreThanTaken):
        clerk.gives_up(2, GoodsLine(1, BAR, reason="spoiled"))
    assert clerk.mismatches() == []


def test_a_finished_batch_is_given_up_while_all_of_its_output_is_here(clerk: AtTheWorkshop) -> None:
    clerk.finished(9)
    clerk.shop.move_stock(clerk.by, StockDocumentDraft("transfer", [StockDocumentLine(4, BOX)], "floor", "store"))
    view = clerk.gives_up(1, GoodsLine(1, WRAP, reason="damaged"))
    assert clerk.lies(BOX) == []
    assert clerk.lies(BAR) == ["floor | B2 | 80", "store | A1 | 20"]
    assert clerk.value(BOX) == 0
    assert view.batch.made == 9
    assert clerk.mismatches() == []


def test_an_output_that_leaves_again_takes_along_what_it_came_in_with(clerk: AtTheWorkshop) -> None:
    clerk.brings(BOX, 5, cost=50_00)
    before = {code: clerk.value(code) for code in (BOX, BAR, WRAP)}
    clerk.finished(3, 3, work=Money(900_00, CNY))
    clerk.shop.move_stock(
        clerk.by, StockDocumentDraft("transfer", [StockDocumentLine(1, BOX, lot="B-000001")], "floor", "store")
    )
    clerk.gives_up(1)
    assert {code: clerk.value(code) for code in before} == before
    assert clerk.mismatches() == []


def test_only_what_it_made_leaves_again_from_behind_the_floor_first(clerk: AtTheWorkshop) -> None:
    clerk.finished(9)
    move, lot = clerk.shop.move_stock, "B-000001"
    move(clerk.by, StockDocumentDraft("transfer", [StockDocumentLine(4, BOX)], "floor", "store"))
    found = StockDocumentDraft("adjustment", [StockDocumentLine(2, BOX, lot=lot)], "floor", reason="found")
    move(clerk.shop.person("manager"), found)
    basket = clerk.shop.basket(BOX)
    clerk.shop.park_sale(basket.order(clerk.shop.person("amina")), "later", clerk.shop.person("amina"))
    clerk.gives_up(1)
    assert clerk.lies(BOX) == ["floor | B-000001 | 2"]
    assert clerk.mismatches() == []


def test_it_is_not_given_up_once_its_output_is_sold_or_held(clerk: AtTheWorkshop) -> None:
    clerk.finished(9)
    basket = clerk.shop.basket(BOX)
    clerk.shop.park_sale(basket.order(clerk.shop.person("amina")), "later", clerk.shop.person("amina"))
    with pytest.raises(OutputGone) as held:
        clerk.gives_up(1)
    assert held.value.facts() == {"batch": "B-000001", "made": 9, "there": 8}
    clerk.shop.now.move(days=1)
    clerk.shop.sell(BOX)
    with pytest.raises(OutputGone) as sold:
        clerk.gives_up(1)
    assert sold.value.there == 8
    balance = clerk.shop.read_stock.lots(clerk.by, clerk.id_of(BOX))[0]
    assert (balance.received, balance.workshop, balance.sold, balance.on_hand) == (0, 9, 1, 8)
    assert clerk.mismatches() == []


def test_what_was_typed_wrongly_is_refused_and_nothing_moves(clerk: AtTheWorkshop) -> None:
    clerk.planned(10)
    with pytest.raises(BatchNotStarted):
        clerk.finishes_batch(1, 10)
    clerk.workshop.start(clerk.by, 1)
    before = clerk.shop.tables()
    for refusal, fields in (
        (BadField, {"made": 0}),
        (BadField, {"made": 1, "place": "cellar"}),
        (BadField, {"made": 1, "lost": [GoodsLine(1, BAR)]}),
        (BadField, {"made": 1, "lost": [GoodsLine(1, BAR, reason="spoiled", lot="Z9")]}),
        (BadField, {"made": 1, "lost": [GoodsLine(1, BAR, reason="thirst")]}),
        (BadField, {"made": 1, "back": [GoodsLine(60, BAR), GoodsLine(10, WRAP)]}),
        (BadField, {"made": 1, "work": Money(-1, CNY)}),
        (BadField, {"made": 1, "back": [GoodsLine(1, BAR)] * 201}),
        (MoreThanTaken, {"made": 1, "back": [GoodsLine(61, BAR)]}),
        (MoreThanTaken, {"made": 1, "lost": [GoodsLine(1, BOX, reason="spoiled")]}),
    ):
        with pytest.raises(refusal):
            clerk.finishes_batch(1, **fields)
    with pytest.raises(NoSuchBatch):
        clerk.finishes_batch(9, 1)
    with pytest.raises(NoSuchRecipe):
        clerk.workshop.plan(clerk.by, BatchDraft(9, 1))
    with pytest.raises(BatchNotFinished):
        clerk.workshop.batches.labels(clerk.by, 1)
    assert clerk.shop.tables() == before


def test_a_lot_of_the_output_is_never_one_that_is_there(clerk: AtTheWorkshop) -> None:
    clerk.brings(BOX, 1, lot="BOX-1", expiry=LATE, entry="GJ-9", cost=40_00)
    with pytest.raises(LotTaken) as taken:
        clerk.finished(1, 1, lot="BOX-1")
    assert taken.value.facts() == {"code": BOX, "lot": "BOX-1"}


def test_a_batch_is_not_started_before_its_version_holds(clerk: AtTheWorkshop) -> None:
    clerk.recipe(number=1, valid_from=date(2026, 4, 1))
    planned = clerk.planned(1, date(2026, 4, 2))
    assert isinstance(planned.obstacle, BatchNotYet)
    with pytest.raises(BatchNotYet) as early:
        clerk.workshop.start(clerk.by, 1)
    assert early.value.facts() == {"batch": "B-000001", "recipe": "W-000001", "valid_from": date(2026, 4, 1)}
    clerk.shop.now.move(days=31)
    clerk.brings(BAR, 6, cost=30_00)
    assert clerk.workshop.start(clerk.by, 1).batch.state == "started"


def test_no_batch_is_planned_for_a_day_that_is_over(clerk: AtTheWorkshop) -> None:
    yesterday = clerk.shop.now().date() - timedelta(days=1)
    for step in (
        lambda: clerk.planned(1, yesterday),
        lambda: clerk.workshop.check(clerk.by, 1, 1, yesterday),
    ):
        with pytest.raises(BadField) as past:
            step()
        assert past.value.facts()["field"] == "day"


def test_a_clerk_loses_no_more_than_they_may_write_off(clerk: AtTheWorkshop) -> None:
    clerk.shop.set("adjustment_limit", "50")
    clerk.started(10)
    with pytest.raises(AdjustmentTooLarge) as refused:
        clerk.gives_up(1, all_lost="spoiled")
    assert refused.value.value == Money(310_01, CNY)
    given_up = clerk.workshop.give_up
    manager = clerk.shop.person("manager")
    assert given_up(manager, GiveUpDraft(1, all_lost="spoiled")).batch.given_up_by == "manager"
    assert clerk.mismatches() == []


def test_a_cashier_is_at_no_batch(clerk: AtTheWorkshop) -> None:
    amina = clerk.shop.person("amina")
    for step in (
        lambda: clerk.workshop.plan(amina, BatchDraft(1, 1)),
        lambda: clerk.workshop.start(amina, 1),
        lambda: clerk.workshop.batches(amina),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_batches_are_listed_by_state_newest_first(clerk: AtTheWorkshop) -> None:
    clerk.finished(2, 2)
    clerk.started(2)
    clerk.planned(2)
    listed = clerk.workshop.batches(clerk.by)
    assert [(one.batch.number, one.batch.state) for one in listed] == [(3, "planned"), (2, "started"), (1, "finished")]
    assert [one.batch.number for one in clerk.workshop.batches(clerk.by, ("started", "finished"), 1)] == [2]
    assert [one.batch.number for one in clerk.workshop.batches(clerk.by, (), 5, 2)] == [1]


def test_the_labels_of_the_output_bear_its_lot(clerk: AtTheWorkshop) -> None:
    clerk.finished(9)
    assert not clerk.workshop.batches.settings().label_lots  # which is about other labels
    [label] = clerk.workshop.batches.labels(clerk.by, 1)
    assert (label.label.code, label.label.lot, label.label.expiry, label.copies) == (BOX, "B-000001", EARLY, 9)
    [plain] = clerk.workshop.batches.labels(clerk.by, 1, lots=False)
    assert plain.label.lot == ""
    clerk.gives_up(1)
    with pytest.raises(BatchGivenUp):
        clerk.workshop.batches.labels(clerk.by, 1)


def _lot(view: object) -> tuple[str, date | None, str]:
    lot = view.lot  # type: ignore[attr-defined] # a BatchView
    assert lot is not None
    return lot.code, lot.expiry, lot.entry
