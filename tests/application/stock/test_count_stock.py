"""The clerk counts while the shop sells, another person counts again, and the differences are posted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pos.application.stock.count_stock import CountDraft
from pos.application.stock.count_tables import differences
from pos.application.tables.listing import ListReader
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed
from pos.domain.stock.stock import NotThere
from pos.domain.stock.stock_count import (
    CountDropped,
    CountedElsewhere,
    CountOfAnother,
    CountOver,
    CountUnsettled,
    FewerCounted,
    NotRecounted,
    ReasonMissing,
    RecountedOnce,
    SheetDone,
    SheetsOpen,
    SurplusIsNoLoss,
)
from pos.domain.stock.stock_document import AdjustmentTooLarge
from tests.shops import CARTON, CHOCOLATE, COGNAC, LAST_ONE, SWEETS, DemoShop
from tests.stocks import EARLY, LATE, Clerk


@pytest.fixture
def clerk(shop: DemoShop) -> Clerk:
    """The stock clerk."""
    return Clerk(shop)


def the_file(clerk: Clerk, count: int) -> list[list[Any]]:
    """The rows of a stock-take as they are saved."""
    reader = ListReader(clerk.person, Translator.english(), clerk.shop.settings(), clerk.shop.now())
    [table] = differences(clerk.shop.post_count, count).make(reader)
    return [list(row) for row in table.rows]


def test_each_scan_is_in_the_store_at_once(clerk: Clerk) -> None:
    count = clerk.begins(CHOCOLATE, SWEETS)
    sheet = clerk.sheet(count)
    step = clerk.shop.count_stock
    for _ in range(3):
        step.scan(clerk.person, count, sheet, CHOCOLATE)
    answer = step.scan(clerk.person, count, sheet, CHOCOLATE, times=5)

    assert (answer.added, answer.counted, answer.expected) == (5, 8, None)
    shown = step.sheet(clerk.person, count, sheet)
    assert (shown.products, shown.pieces, [row.code for row in shown.rows]) == (1, 8, [CHOCOLATE])


def test_a_carton_counts_for_its_pieces(clerk: Clerk) -> None:
    clerk.packs(CHOCOLATE, "CARTON12", 12)
    count = clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    assert clerk.shop.count_stock.scan(clerk.person, count, sheet, "CARTON12", times=2).counted == 24


def test_an_open_sheet_shows_what_the_books_have_and_a_blind_one_does_not(clerk: Clerk) -> None:
    on_hand = clerk.on_floor(CHOCOLATE)
    count = clerk.begins(CHOCOLATE, blind=False)
    answer = clerk.shop.count_stock.scan(clerk.person, count, clerk.sheet(count), CHOCOLATE)
    assert answer.expected == on_hand


def test_a_piece_sold_after_it_was_counted_is_no_difference_nor_one_sold_before(clerk: Clerk) -> None:
    on_hand = clerk.on_floor(CHOCOLATE)
    count = clerk.begins(CHOCOLATE, SWEETS)
    sheet = clerk.sheet(count)
    clerk.shop.sell(CHOCOLATE)
    clerk.counts(count, sheet, CHOCOLATE, on_hand - 1)
    clerk.shop.sell(CHOCOLATE, CHOCOLATE)
    clerk.finishes(count, sheet)

    assert clerk.differences(count) == []
    assert clerk.shop.post_count.review(clerk.person, count).agreed == 1


def test_a_difference_is_posted_as_it_was_when_it_was_counted(clerk: Clerk) -> None:
    on_hand = clerk.on_floor(CHOCOLATE)
    count = clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    clerk.shop.sell(CHOCOLATE)
    clerk.counts(count, sheet, CHOCOLATE, on_hand - 1 - 3)
    clerk.shop.sell(CHOCOLATE)
    clerk.finishes(count, sheet)
    assert clerk.differences(count) == [f"{CHOCOLATE} | - | {on_hand - 1} | {on_hand - 4} | -3"]
    clerk.posts(count)

    assert clerk.on_floor(CHOCOLATE) == on_hand - 2 - 3
    assert [row.split(" | ")[3] for row in clerk.moved("C-000001")] == ["-3"]
    assert clerk.shop.verify() == []
    events = [event for event in clerk.journal() if "count" in event]
    assert events == ["begin_count", "take_count_sheet", "finish_count_sheet", "post_count"]


def test_what_was_sold_while_it_was_counted_is_reported_and_recounted(clerk: Clerk) -> None:
    count = clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    step = clerk.shop.count_stock
    step.scan(clerk.person, count, sheet, CHOCOLATE)
    clerk.shop.sell(CHOCOLATE)
    answer = step.scan(clerk.person, count, sheet, CHOCOLATE)
    assert answer.moved
    clerk.finishes(count, sheet)
    clerk.explains_all(count)
    with pytest.raises(CountUnsettled) as refused:
        clerk.shop.post_count(clerk.person, count)
    assert refused.value.codes == (CHOCOLATE,)

    clerk.shop.post_count.recount(clerk.person, count)
    again = clerk.sheet(count, "manager")
    clerk.counts(count, again, CHOCOLATE, clerk.on_floor(CHOCOLATE) - 1, name="manager")
    clerk.finishes(count, again, "manager")
    assert [row.rsplit(" | ", 1)[1] for row in clerk.differences(count)] == ["-1"]


def test_a_product_is_taken_off_a_sheet_and_recounted(clerk: Clerk) -> None:
    on_hand = clerk.on_floor(CHOCOLATE)
    count = clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    step = clerk.shop.count_stock
    step.scan(clerk.person, count, sheet, CHOCOLATE)
    clerk.shop.sell(CHOCOLATE)
    step.strike(clerk.person, count, sheet, clerk.id_of(CHOCOLATE))
    assert step.sheet(clerk.person, count, sheet).products == 0
    assert not step.scan(clerk.person, count, sheet, CHOCOLATE, times=on_hand - 1).moved
    assert clerk.differences(count) == []


def test_several_people_count_on_sheets_of_their_own_and_their_pieces_add_up(clerk: Clerk) -> None:
    on_hand = clerk.on_floor(CHOCOLATE)
    count = clerk.begins(CHOCOLATE)
    one, other = clerk.sheet(count), clerk.sheet(count, "manager")
    assert one != other
    clerk.counts(count, one, CHOCOLATE, on_hand - 4)
    clerk.counts(count, other, CHOCOLATE, 4, name="manager")
    with pytest.raises(SheetsOpen):
        clerk.shop.post_count(clerk.person, count)
    clerk.finishes(count, one)
    clerk.finishes(count, other)
    assert clerk.differences(count) == []
    with pytest.raises(SheetDone):
        clerk.counts(count, one, CHOCOLATE, 1)


def test_the_recount_is_of_what_differs_and_another_person_is_preferred(clerk: Clerk) -> None:
    chocolate, sweets = clerk.on_floor(CHOCOLATE), clerk.on_floor(SWEETS)
    count = clerk.begins(CHOCOLATE, SWEETS)
    sheet = clerk.sheet(count)
    clerk.counts(count, sheet, CHOCOLATE, chocolate - 2)
    clerk.counts(count, sheet, SWEETS, sweets)
    clerk.finishes(count, sheet)
    assert clerk.shop.post_count.recount(clerk.person, count) == 1
    mine = clerk.shop.count_stock.take_sheet(clerk.person, count)
    theirs = clerk.shop.count_stock.take_sheet(clerk.shop.person("manager"), count)
    assert (mine.again, theirs.again) == (True, False)
    with pytest.raises(NotRecounted):
        clerk.counts(count, mine.sheet.number, SWEETS, 1)
    clerk.counts(count, theirs.sheet.number, CHOCOLATE, chocolate, name="manager")
    clerk.finishes(count, mine.sheet.number)
    clerk.finishes(count, theirs.sheet.number)
    clerk.posts(count)

    assert clerk.on_floor(CHOCOLATE) == chocolate
    assert clerk.moved("C-000001") == []


def test_a_second_recount_is_refused_by_its_own_name_and_the_stock_take_stays_open(clerk: Clerk) -> None:
    count = clerk.counted(CHOCOLATE, clerk.on_floor(CHOCOLATE) - 2)
    clerk.shop.post_count.recount(clerk.person, count)
    with pytest.raises(RecountedOnce):
        clerk.shop.post_count.recount(clerk.person, count)
    clerk.posts(count)
    assert clerk.shop.post_count.review(clerk.person, count).count.posted_at is not None


def test_what_no_one_counted_stays_until_someone_says_that_there_is_none(clerk: Clerk) -> None:
    sweets = clerk.on_floor(SWEETS)
    count = clerk.counted(CHOCOLATE, clerk.on_floor(CHOCOLATE))
    clerk.shop.count_stock.drop(clerk.person, count)
    count = clerk.begins(CHOCOLATE, SWEETS)
    sheet = clerk.sheet(count)
    clerk.counts(count, sheet, CHOCOLATE, clerk.on_floor(CHOCOLATE))
    clerk.finishes(count, sheet)
    review = clerk.shop.post_count.review(clerk.person, count)
    assert (review.differences, review.not_counted) == ([], 1)
    assert [one.code for one in clerk.shop.post_count.not_counted(clerk.person, count)] == [SWEETS]

    clerk.shop.sell(SWEETS)
    assert clerk.shop.post_count.none_left(clerk.person, count) == 1
    assert [row.rsplit(" | ", 1)[1] for row in clerk.differences(count)] == [str(1 - sweets)]
    clerk.posts(count)
    assert clerk.on_floor(SWEETS) == 0
    assert clerk.shop.verify() == []


def test_what_is_not_of_the_scope_is_listed_and_never_posted(clerk: Clerk) -> None:
    sweets = clerk.on_floor(SWEETS)
    count = clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    assert clerk.shop.count_stock.scan(clerk.person, count, sheet, SWEETS).outside
    clerk.counts(count, sheet, CHOCOLATE, clerk.on_floor(CHOCOLATE))
    clerk.finishes(count, sheet)
    review = clerk.shop.post_count.review(clerk.person, count)
    assert [(one.product.code, one.counted) for one in review.outside] == [(SWEETS, 1)]
    clerk.posts(count)
    assert clerk.on_floor(SWEETS) == sweets


def test_a_stock_take_begun_by_mistake_is_discarded_with_all_that_was_counted_and_the_journal_says_so(
    clerk: Clerk,
) -> None:
    chocolate = clerk.on_floor(CHOCOLATE)
    count = clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    clerk.counts(count, sheet, CHOCOLATE, 3)
    dropped = clerk.shop.count_stock.drop(clerk.person, count)
    assert (dropped.state, dropped.is_open) == ("dropped", False)
    with pytest.raises(CountDropped) as refused:
        clerk.counts(count, sheet, CHOCOLATE, 4)
    assert refused.value.count == count
    with pytest.raises(CountDropped):
        clerk.shop.post_count(clerk.person, count)

    assert clerk.on_floor(CHOCOLATE) == chocolate
    assert clerk.facts_of("drop_count") == [("clerk", {"count": "C-000001", "sheets": 1, "pieces": 3})]
    assert clerk.shop.verify() == []


def test_the_stock_take_of_another_person_is_discarded_only_by_who_may_act_for_them(clerk: Clerk) -> None:
    manager = clerk.shop.person("manager")
    count = clerk.shop.count_stock.begin(manager, CountDraft(scope="products", codes=(CHOCOLATE,))).number
    with pytest.raises(CountOfAnother) as refused:
        clerk.shop.count_stock.drop(clerk.person, count)
    assert (refused.value.count, refused.value.person) == (count, "manager")
    assert clerk.shop.count_stock.all(clerk.person)[0].is_open

    clerk.shop.count_stock.drop(manager, count)
    mine = clerk.begins(CHOCOLATE)
    clerk.shop.count_stock.drop(manager, mine)
    assert clerk.facts_of("drop_count") == [
        ("manager", {"count": "C-000001", "sheets": 0, "pieces": 0}),
        ("manager", {"count": "C-000002", "sheets": 0, "pieces": 0, "of_person": "clerk"}),
    ]


def test_goods_are_not_counted_twice_at_once(clerk: Clerk) -> None:
    first = clerk.begins(CHOCOLATE)
    with pytest.raises(CountedElsewhere) as refused:
        clerk.begins(CHOCOLATE, SWEETS)
    assert (refused.value.code, refused.value.count) == (CHOCOLATE, first)
    clerk.shop.count_stock.drop(clerk.person, first)
    assert clerk.begins(CHOCOLATE) == 2


def test_a_category_is_counted_and_what_comes_into_it_meanwhile_too(clerk: Clerk) -> None:
    wanted = CountDraft(scope="category", value="food.sweets")
    count = clerk.shop.count_stock.begin(clerk.person, wanted).number
    lines = {one.code for one in clerk.shop.post_count.not_counted(clerk.person, count, 1_000)}
    assert SWEETS in lines
    assert COGNAC not in lines
    with clerk.shop.raw(writing=True) as store:
        store.execute("UPDATE product SET category = 'food.sweets' WHERE code = ?", (COGNAC,))
    sheet = clerk.sheet(count)
    clerk.counts(count, sheet, COGNAC, clerk.on_floor(COGNAC))
    assert clerk.differences(count) == []


def test_a_shelf_is_counted_and_an_empty_one_is_refused(clerk: Clerk) -> None:
    with clerk.shop.raw(writing=True) as store:
        store.execute("UPDATE product SET shelf = 'A-3' WHERE code IN (?, ?)", (CHOCOLATE, SWEETS))
    count = clerk.shop.count_stock.begin(clerk.person, CountDraft(scope="shelf", value="A-3"))
    assert clerk.shop.post_count.review(clerk.person, count.number).not_counted == 2
    with pytest.raises(Exception, match="nothing_to_count"):
        clerk.shop.count_stock.begin(clerk.person, CountDraft(scope="shelf", value="B-1"))


def test_lots_are_counted_by_name(clerk: Clerk) -> None:
    here = clerk.on_floor(CHOCOLATE)
    clerk.brings(CHOCOLATE, 6, lot="A1", expiry=EARLY)
    clerk.brings(CHOCOLATE, 8, lot="B2", expiry=LATE)
    count = clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    clerk.counts(count, sheet, CHOCOLATE, 5, "A1")
    clerk.counts(count, sheet, CHOCOLATE, 9, "B2")
    clerk.finishes(count, sheet)
    review = clerk.shop.post_count.review(clerk.person, count)
    assert [(one.lot.code if one.lot else "", one.pieces) for one in review.differences] == [("A1", -1), ("B2", 1)]
    assert [one.expected for one in review.lots_left] == [here]
    clerk.posts(count)
    assert clerk.lies(CHOCOLATE) == [f"floor | - | {here}", "floor | A1 | 5", "floor | B2 | 9"]
    assert clerk.shop.verify() == []


def test_without_lots_what_expires_first_is_missing_and_what_is_over_is_of_no_lot(clerk: Clerk) -> None:
    here = clerk.on_floor(CHOCOLATE)
    clerk.brings(CHOCOLATE, 6, lot="A1", expiry=EARLY)
    clerk.brings(CHOCOLATE, 8, lot="B2", expiry=LATE)
    clerk.posts(clerk.counted(CHOCOLATE, here + 14 - 7))
    assert clerk.lies(CHOCOLATE) == [f"floor | - | {here}", "floor | B2 | 7"]
    clerk.posts(clerk.counted(CHOCOLATE, here + 9))
    assert clerk.lies(CHOCOLATE) == [f"floor | - | {here + 2}", "floor | B2 | 7"]


def test_an_unknown_lot_counts_for_the_product_and_is_reported(clerk: Clerk) -> None:
    count = clerk.begins(CHOCOLATE)
    answer = clerk.shop.count_stock.scan(clerk.person, count, clerk.sheet(count), CHOCOLATE, lot="X9")
    assert (answer.unknown_lot, answer.lot) == ("X9", None)


def test_what_is_held_for_a_customer_cannot_be_counted_away(clerk: Clerk) -> None:
    shop = clerk.shop
    shop.park_sale(shop.basket(LAST_ONE).order(shop.person("amina")), "", shop.person("amina"))
    count = clerk.counted(LAST_ONE, 0)
    [one] = shop.post_count.review(clerk.person, count).differences
    assert (one.pieces, one.held) == (-1, 1)
    clerk.explains_all(count)
    before = shop.tables()
    with pytest.raises(NotThere):
        shop.post_count(clerk.person, count)
    assert shop.tables() == before


def test_every_difference_has_a_reason_before_it_is_posted(clerk: Clerk) -> None:
    count = clerk.counted(CHOCOLATE, clerk.on_floor(CHOCOLATE) + 2)
    with pytest.raises(ReasonMissing):
        clerk.shop.post_count(clerk.person, count)
    with pytest.raises(BadField):
        clerk.shop.post_count.explain(clerk.person, count, clerk.id_of(CHOCOLATE), 0, "because")


@pytest.mark.parametrize("cause", ["damaged", "theft", "expired"])
def test_goods_that_are_over_were_neither_damaged_stolen_nor_expired(clerk: Clerk, cause: str) -> None:
    count = clerk.counted(CHOCOLATE, clerk.on_floor(CHOCOLATE) + 2)
    clerk.explains_all(count, cause)
    before = clerk.shop.tables()
    with pytest.raises(SurplusIsNoLoss) as refused:
        clerk.shop.post_count(clerk.person, count)
    assert refused.value.facts() == {"code": CHOCOLATE, "cause": cause}
    assert clerk.shop.tables() == before
    clerk.explains_all(count, "unrecorded")
    clerk.shop.post_count(clerk.person, count)


def test_one_reason_for_the_rest_leaves_what_was_explained_meanwhile(clerk: Clerk) -> None:
    step = clerk.shop.post_count
    count = clerk.begins(CHOCOLATE, SWEETS)
    sheet = clerk.sheet(count)
    for code in (CHOCOLATE, SWEETS):
        clerk.counts(count, sheet, code, clerk.on_floor(code) + 1)
    clerk.finishes(count, sheet)
    seen = [(one.product.id, one.line) for one in step.review(clerk.person, count).differences]
    step.explain(clerk.person, count, clerk.id_of(SWEETS), 0, "theft", "the lock of the cabinet is broken")
    step.explain_rest(clerk.person, count, seen, "unknown")

    differences = step.review(clerk.person, count).differences
    assert {one.product.code: (one.reason, one.note) for one in differences} == {
        CHOCOLATE: ("unknown", ""),
        SWEETS: ("theft", "the lock of the cabinet is broken"),
    }
    with pytest.raises(BadField):
        step.explain_rest(clerk.person, count, seen, "because")


def test_the_value_of_a_difference_is_what_the_goods_cost_and_unknown_where_no_one_knows(clerk: Clerk) -> None:
    here = clerk.on_floor(CARTON)
    clerk.brings(CARTON, 10, cost=200_00)
    known = clerk.counted(CARTON, here + 7)
    review = clerk.shop.post_count.review(clerk.person, known)
    [one] = review.differences
    clerk.posts(known)
    cost = clerk.moved("C-000001")[0].rsplit(" | ", 1)[1]
    assert one.value is not None
    assert cost == str(one.value.minor)
    content = clerk.shop.post_count.posted(clerk.person, known)
    assert content is not None
    assert content["differences"][0]["value"] == str(one.value)
    with clerk.shop.raw(writing=True) as store:
        store.execute("UPDATE stock SET value_minor = NULL WHERE product_id = ?", (clerk.id_of(CHOCOLATE),))
    unknown = clerk.counted(CHOCOLATE, clerk.on_floor(CHOCOLATE) - 1)
    review = clerk.shop.post_count.review(clerk.person, unknown)
    assert (review.differences[0].value, review.unknown) == (None, 1)


def test_over_the_limit_of_corrections_a_manager_posts_the_stock_take(clerk: Clerk) -> None:
    clerk.shop.set("adjustment_limit", "100")
    here = clerk.on_floor(CARTON)
    clerk.brings(CARTON, 10, cost=200_00)
    number = clerk.counted(CARTON, here + 9)
    with pytest.raises(AdjustmentTooLarge) as refused:
        clerk.posts(number)
    there = clerk.on_floor(CARTON)
    clerk.shop.post_count(clerk.shop.person("manager"), number)

    assert str(refused.value.limit) == "100.00"
    assert (there, clerk.on_floor(CARTON)) == (here + 10, here + 9)
    assert clerk.shop.verify() == []


def test_what_was_posted_stays_as_it_was(clerk: Clerk) -> None:
    count = clerk.counted(CHOCOLATE, clerk.on_floor(CHOCOLATE) - 2)
    clerk.posts(count)
    content = clerk.shop.post_count.posted(clerk.person, count)
    assert content is not None
    assert [(one["difference"], one["reason"]) for one in content["differences"]] == [(-2, "unknown")]
    for change in (lambda: clerk.sheet(count), lambda: clerk.shop.post_count(clerk.person, count)):
        with pytest.raises(CountOver):
            change()
    with clerk.shop.raw(writing=True) as store:
        content["differences"][0]["difference"] = -1
        store.execute("UPDATE stock_count SET content = ?", (json.dumps(content),))
    assert any("C-000001" in line for line in clerk.shop.verify())


def test_the_file_of_a_stock_take_has_the_books_of_the_moment_at_which_goods_were_counted(clerk: Clerk) -> None:
    here = clerk.on_floor(CHOCOLATE)
    count = clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    clerk.shop.sell(CHOCOLATE)
    clerk.counts(count, sheet, CHOCOLATE, here - 3)
    clerk.finishes(count, sheet)

    assert the_file(clerk, count)[0][3:6] == [here - 1, here - 3, -2]


def test_the_file_of_a_posted_stock_take_has_what_was_posted_whatever_the_goods_cost_by_now(clerk: Clerk) -> None:
    clerk.brings(CARTON, 10, cost=200_00)
    count = clerk.counted(CARTON, clerk.on_floor(CARTON) - 3)
    clerk.posts(count)
    content = clerk.shop.post_count.posted(clerk.person, count)
    clerk.brings(CARTON, 100, cost=200_000_00)
    with clerk.shop.raw(writing=True) as store:
        store.execute("UPDATE product SET name = 'Renamed', name_en = 'Renamed' WHERE code = ?", (CARTON,))

    assert content is not None
    [posted], [row] = content["differences"], the_file(clerk, count)
    figures = [posted[name] for name in ("expected", "counted", "difference", "value")]
    assert [*row[:2], *row[3:6], str(row[6])] == [posted["names"]["en"], CARTON, *figures]


def test_verify_names_a_count_whose_movements_are_not_its_own(clerk: Clerk) -> None:
    clerk.posts(clerk.counted(CHOCOLATE, clerk.on_floor(CHOCOLATE) - 2))
    with clerk.shop.raw(writing=True) as store:
        store.execute("UPDATE stock_move SET quantity = -3 WHERE document = 'C-000001'")
    assert any("count C-000001" in line for line in clerk.shop.verify())


def test_no_one_takes_off_a_sheet_what_is_not_on_it(clerk: Clerk) -> None:
    count = clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    clerk.shop.count_stock.scan(clerk.person, count, sheet, CHOCOLATE)
    with pytest.raises(FewerCounted):
        clerk.shop.count_stock.add(clerk.person, count, sheet, clerk.id_of(CHOCOLATE), "", -2)


def test_goods_whose_only_scan_was_undone_are_not_counted(clerk: Clerk) -> None:
    """The clerk scans the wrong box, undoes it and posts: its stock stays. It was set to none."""
    there = clerk.on_floor(CHOCOLATE)
    step, count = clerk.shop.count_stock, clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    first = step.scan(clerk.person, count, sheet, CHOCOLATE)
    second = step.scan(clerk.person, count, sheet, CHOCOLATE)

    assert step.take_back(clerk.person, count, sheet, second).counted == 1
    step.take_back(clerk.person, count, sheet, first)
    assert step.sheet(clerk.person, count, sheet).products == 0
    clerk.finishes(count, sheet)
    review = clerk.shop.post_count.review(clerk.person, count)
    assert (review.differences, review.not_counted) == ([], 1)
    assert clerk.on_floor(CHOCOLATE) == there


def test_of_goods_entered_as_none_an_undone_scan_leaves_none(clerk: Clerk) -> None:
    step, count = clerk.shop.count_stock, clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    clerk.counts(count, sheet, CHOCOLATE, 0)
    step.take_back(clerk.person, count, sheet, step.scan(clerk.person, count, sheet, CHOCOLATE))

    assert step.sheet(clerk.person, count, sheet).products == 1


def test_an_undone_lot_leaves_the_other_lots_of_the_sheet(clerk: Clerk) -> None:
    clerk.brings(CHOCOLATE, 6, lot="A1", expiry=EARLY)
    clerk.brings(CHOCOLATE, 8, lot="B2", expiry=LATE)
    step, count = clerk.shop.count_stock, clerk.begins(CHOCOLATE)
    sheet = clerk.sheet(count)
    step.scan(clerk.person, count, sheet, CHOCOLATE, lot="A1")
    step.take_back(clerk.person, count, sheet, step.scan(clerk.person, count, sheet, CHOCOLATE, lot="B2"))

    assert [row.lot for row in step.sheet(clerk.person, count, sheet).rows] == ["A1"]


def test_a_cashier_counts_nothing_and_bad_input_is_refused(clerk: Clerk) -> None:
    step = clerk.shop.count_stock
    with pytest.raises(NotAllowed):
        step.begin(clerk.shop.person("amina"), CountDraft())
    for wanted in (
        CountDraft(location="roof"),
        CountDraft(scope="wall"),
        CountDraft(scope="shelf"),
        CountDraft(scope="category", value="nonsense"),
        CountDraft(scope="products"),
        CountDraft(scope="shelf", value="x" * 61),
    ):
        with pytest.raises(BadField):
            step.begin(clerk.person, wanted)
    with pytest.raises(UnknownCode):
        step.begin(clerk.person, CountDraft(scope="products", codes=("ABC999",)))


def test_a_label_that_names_its_lot_counts_for_the_lot(clerk: Clerk) -> None:
    clerk.brings(CHOCOLATE, 6, lot="A1", expiry=EARLY)
    count = clerk.begins(CHOCOLATE)
    answer = clerk.shop.count_stock.scan(clerk.person, count, clerk.sheet(count), f"010{CHOCOLATE}10A1")
    assert answer.lot is not None
    assert (answer.lot.code, answer.product.code) == ("A1", CHOCOLATE)
