"""A step whose database was lost or busy: done again where that is safe, else reported as unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from db.engine.retry_policy import StoreRetryPolicy
from pos.application.access.retry import retry_idempotent, retry_on_rollback
from pos.application.purchasing.book_delivery import BookDelivery, DeliveredLine, Delivery
from pos.application.sales.complete_sale import ResolveUnknownCommit
from pos.application.stock.count_stock import CountDraft
from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.domain.errors import Collided, OutcomeUnknown, StoreError, StoreUnavailable
from tests.receiving import CLERK, posting, receiving
from tests.shops import BAG, CHOCOLATE, DemoShop

Kind = Callable[[Callable[["Step"], str]], Callable[["Step"], str]]


@dataclass
class Step:
    """A step that fails so one time after another, and at last says something; on a store where no one waits."""

    answers: list[StoreError | str]
    now: float = 0.0
    pauses: list[float] = field(default_factory=list)

    @property
    def store(self) -> Any:
        return self

    def patience(self) -> StoreRetryPolicy:
        return StoreRetryPolicy(lambda: self.now, self.pauses.append)

    def done(self) -> str:
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            return answer
        raise answer


def tried(kind: Kind, *answers: StoreError | str) -> str:
    return kind(Step.done)(Step(list(answers)))


@pytest.mark.parametrize("kind", [retry_idempotent, retry_on_rollback])
@pytest.mark.parametrize("trouble", [Collided(), StoreUnavailable()])
def test_what_the_database_undid_is_done_again(kind: Kind, trouble: StoreError) -> None:
    step = Step([trouble, trouble, "recorded"])

    assert kind(Step.done)(step) == "recorded"

    first, second = step.pauses
    assert 0 < first <= 0.075
    assert first / 2 < second <= 0.15


@pytest.mark.parametrize("kind", [retry_idempotent, retry_on_rollback])
def test_it_is_done_five_times_and_no_more(kind: Kind) -> None:
    assert tried(kind, *(Collided() for _ in range(4)), "the fifth time") == "the fifth time"

    with pytest.raises(Collided):
        tried(kind, *(Collided() for _ in range(5)), "a sixth time")


def test_a_lost_commit_is_settled_by_the_key_and_left_alone_without_one() -> None:
    assert tried(retry_idempotent, OutcomeUnknown(), "what was recorded") == "what was recorded"

    with pytest.raises(OutcomeUnknown):
        tried(retry_on_rollback, OutcomeUnknown(), "twice")


@pytest.mark.parametrize("after", [StoreUnavailable(), StoreError("login_refused"), Collided()])
def test_after_a_lost_commit_nothing_else_is_reported_while_the_database_stays_away(after: StoreError) -> None:
    with pytest.raises(OutcomeUnknown):
        tried(retry_idempotent, OutcomeUnknown(), *(after for _ in range(9)))


@pytest.mark.parametrize(("trouble", "is_asked"), [(StoreUnavailable(), False), (Collided(), True)])
def test_a_lost_database_is_not_asked_for_long(trouble: StoreError, is_asked: bool) -> None:
    step = Step([trouble, "recorded"])

    def slow(step: Step) -> str:
        step.now += 1.6
        return step.done()

    if is_asked:
        assert retry_on_rollback(slow)(step) == "recorded"
    else:
        with pytest.raises(StoreUnavailable):
            retry_on_rollback(slow)(step)


def test_what_another_person_holds_is_not_waited_for_longer_than_six_seconds() -> None:
    step = Step([Collided() for _ in range(9)])

    def held(step: Step) -> str:
        step.now += 2.5  # the server gives up waiting for the row
        return step.done()

    with pytest.raises(Collided):
        retry_on_rollback(held)(step)
    assert step.now == 5.0


def test_trouble_of_another_kind_is_reported_at_once() -> None:
    step = Step([StoreError("disk_full"), "pretended"])

    with pytest.raises(StoreError, match="disk_full"):
        retry_idempotent(Step.done)(step)

    assert step.pauses == []


def test_the_key_of_a_lost_sale_tells_what_became_of_it(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE)
    before = shop.tables()
    settle = ResolveUnknownCommit(shop.context)

    settled = settle(sale.key)
    assert settled is not None
    assert (settled.receipt, settled.mac) == (sale.receipt, sale.mac)
    assert settle("never-arrived") is None
    assert shop.tables() == before


def test_a_sale_whose_commit_was_lost_is_one_sale(shop: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    _lose(monkeypatch, answers=[True])

    sale = shop.sell(CHOCOLATE)

    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]
    assert sale.number == 1
    assert shop.verify() == []


def test_a_sale_whose_commit_never_arrived_is_made_then(shop: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    _lose(monkeypatch, answers=[False, False])

    assert shop.sell(CHOCOLATE).number == 1

    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]


def _adjusted(shop: DemoShop) -> str:
    return shop.move_stock(
        shop.person("clerk"), StockDocumentDraft("adjustment", [StockDocumentLine(1, BAG)], reason="found")
    ).document


def _delivered(shop: DemoShop) -> str:
    book = BookDelivery(shop.context)
    return book(Delivery([DeliveredLine(BAG, 3)]), shop.person("clerk")).name


def _counted_delivery(shop: DemoShop) -> str:
    number = receiving(shop).begin(CLERK).receipt.number
    receiving(shop).scan(number, BAG, CLERK)
    return posting(shop)(number, CLERK).name


def _counted_shelf(shop: DemoShop) -> str:
    clerk = shop.person("clerk")
    number = shop.count_stock.begin(clerk, CountDraft(scope="products", codes=(BAG,))).number
    sheet = shop.count_stock.take_sheet(clerk, number).sheet.number
    shop.count_stock.scan(clerk, number, sheet, BAG)
    shop.count_stock.finish_sheet(clerk, number, sheet)
    for one in shop.post_count.review(clerk, number).differences:
        shop.post_count.explain(clerk, number, one.product.id, one.line, "miscounted")
    return shop.post_count(clerk, number).count.name


@pytest.mark.parametrize("posted", [_adjusted, _delivered, _counted_delivery, _counted_shelf])
def test_a_document_of_the_stock_clerk_that_stood_in_anothers_way_is_posted_once(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch, posted: Callable[[DemoShop], str]
) -> None:
    undone = _undo_what_moves_stock(monkeypatch, times=2)

    document = posted(shop)

    assert undone == [0]
    assert shop.rows("SELECT DISTINCT document FROM stock_move WHERE document IS NOT NULL") == [(document,)]
    assert shop.verify() == []


def _undo_what_moves_stock(monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    """The next COMMITs with movements in them end in a deadlock; how many are still to come."""
    from db.store.unit_of_work import SqlUnitOfWork

    commit, left = SqlUnitOfWork.commit, [times]
    moves = "SELECT count(*) FROM stock_move WHERE document IS NOT NULL"

    def collided(work: SqlUnitOfWork, *nothing: Any) -> None:
        if left[0] and work.connection.exec_driver_sql(moves).scalar_one():
            left[0] -= 1
            raise Collided
        commit(work)

    monkeypatch.setattr(SqlUnitOfWork, "commit", collided)
    return left


def _lose(monkeypatch: pytest.MonkeyPatch, answers: list[bool]) -> None:
    """Lose the answers of the next COMMITs, which the database did or not."""
    from db.store.unit_of_work import SqlUnitOfWork

    commit = SqlUnitOfWork.commit

    def lost(work: SqlUnitOfWork, *nothing: Any) -> None:
        if not answers:
            commit(work)
            return
        if answers.pop(0):
            commit(work)
        raise OutcomeUnknown

    monkeypatch.setattr(SqlUnitOfWork, "commit", lost)
