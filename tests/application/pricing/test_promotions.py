"""A promotion is changed until it begins, and never after that."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pos.application.ports.journal_ports import JournalFilter
from pos.application.pricing.promotions import PromotionDraft
from pos.application.reports.journal_fields import entry_fields
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.text.translator import Translator
from pos.domain.errors import BadField, MovedMeanwhile
from pos.domain.pricing.promotion import NoSuchPromotion, Promotion, PromotionBegun, PromotionOver
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed
from tests.builders import money
from tests.shops import COGNAC, SWEETS, DemoShop


def scheduled(shop: DemoShop, **wanted: Any) -> Promotion:
    """Ten per cent off all goods, from tomorrow for a week."""
    since = shop.now() + timedelta(days=1)
    fields: dict[str, Any] = {"percent": Decimal(10), "since": since, "until": since + timedelta(days=7)} | wanted
    return shop.promotions.add(PromotionDraft("Spring", **fields), shop.person("manager"))


def change(shop: DemoShop, promotion: Promotion, **wanted: Any) -> Promotion:
    draft = replace(PromotionDraft.of(promotion), **wanted)
    return shop.promotions.change(promotion.id, draft, shop.person("manager"), promotion)


def kept(shop: DemoShop) -> list[Promotion]:
    return list(shop.promotions.all(shop.person("manager")))


def test_all_of_it_may_become_another_one(shop: DemoShop) -> None:
    since = shop.now() + timedelta(days=3)
    before = scheduled(shop)
    changed = change(shop, before, name="Summer", percent=None, take=3, pay=2, code=COGNAC, since=since, until=None)

    assert kept(shop) == [changed]
    assert changed.id == before.id
    assert (changed.name, changed.kind, changed.code, changed.since) == ("Summer", "bundle", COGNAC, since)
    assert changed.until is None
    assert shop.verify() == []


def test_a_changed_promotion_works_as_it_was_changed(shop: DemoShop) -> None:
    change(shop, scheduled(shop), percent=Decimal(25))
    assert shop.basket(SWEETS).view().total == money("48.00")
    shop.now.move(days=1)
    assert shop.basket(SWEETS, visitor=False).view().total == money("36.00")


def test_none_begins_before_it_is_recorded(shop: DemoShop) -> None:
    promotion, earlier = scheduled(shop), shop.now() - timedelta(seconds=1)
    with pytest.raises(BadField) as added:
        scheduled(shop, since=earlier)
    with pytest.raises(BadField) as changed:
        change(shop, promotion, since=earlier)
    assert {(one.value.field, one.value.what) for one in (added, changed)} == {("from", "in_the_past")}
    assert kept(shop) == [promotion]
    assert scheduled(shop, since=shop.now()).runs_at(shop.now())


def test_it_may_be_made_to_begin_now(shop: DemoShop) -> None:
    changed = change(shop, scheduled(shop), since=None)
    assert changed.runs_at(shop.now())
    assert shop.verify() == []


@pytest.mark.parametrize("after", [timedelta(days=1), timedelta(days=2)])
def test_one_that_has_begun_can_only_be_ended(shop: DemoShop, after: timedelta) -> None:
    promotion = scheduled(shop)
    shop.now.at += after
    with pytest.raises(PromotionBegun):
        change(shop, promotion, percent=Decimal(50))
    assert kept(shop) == [promotion]
    assert shop.promotions.end(promotion.id, shop.person("manager")).is_over(shop.now())


def test_one_that_is_over_or_unknown_is_not_changed(shop: DemoShop) -> None:
    promotion = scheduled(shop)
    shop.promotions.end(promotion.id, shop.person("manager"))
    with pytest.raises(PromotionOver):
        change(shop, promotion, percent=Decimal(50))
    with pytest.raises(NoSuchPromotion):
        change(shop, replace(promotion, id=99))


def test_what_another_person_has_changed_meanwhile_stands(shop: DemoShop) -> None:
    promotion = scheduled(shop)
    change(shop, promotion, name="Summer")
    with pytest.raises(MovedMeanwhile):
        change(shop, promotion, percent=Decimal(50))
    assert [(one.name, one.percent) for one in kept(shop)] == [("Summer", Decimal(10))]


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({"percent": Decimal(101)}, BadField),
        ({"name": " "}, BadField),
        ({"code": "4006381333931"}, UnknownCode),
        ({"until": datetime.fromisoformat("2020-01-01T00:00:00+00:00")}, BadField),
    ],
)
def test_what_could_be_no_promotion_changes_nothing(
    shop: DemoShop, wanted: dict[str, Any], refusal: type[Exception]
) -> None:
    promotion = scheduled(shop)
    with pytest.raises(refusal):
        change(shop, promotion, **wanted)
    assert kept(shop) == [promotion]


def test_a_cashier_changes_none(shop: DemoShop) -> None:
    promotion = scheduled(shop)
    with pytest.raises(NotAllowed):
        shop.promotions.change(promotion.id, PromotionDraft.of(promotion), shop.person("amina"))


def test_the_journal_says_what_it_became_and_what_it_was(shop: DemoShop) -> None:
    change(shop, scheduled(shop), percent=Decimal(25), name="Summer")

    (entry,) = shop.read_journal(JournalFilter(events=("change_promotion",)), shop.person("manager")).entries
    assert (entry.person, entry.details["percent"], entry.details["before"]) == (
        "manager", "25", {"name": "Spring", "percent": "10"},
    )  # fmt: skip
    formatter = JournalFormatter(Translator.english(), shop.settings().zone, shop.settings().price, {})
    assert formatter.sentence(entry) == "Promotion “Summer” changed before it began."
    assert ("Previous value", "Name: Spring · Percentage: 10") in entry_fields(entry, formatter)


def test_verify_names_one_that_was_changed_past_the_program_or_after_it_began(shop: DemoShop) -> None:
    promotion = scheduled(shop)
    change(shop, promotion, percent=Decimal(25))
    with shop.raw(writing=True) as store:
        store.execute("UPDATE promotion SET name = 'Other'")
    assert any("name is Other, the journal says Spring" in line for line in shop.verify())
    with shop.raw(writing=True) as store:
        store.execute("UPDATE promotion SET name = 'Spring'")
    shop.now.move(days=2)
    began = {**json.loads(str(shop.rows("SELECT details FROM journal WHERE act = 'change_promotion'")[0][0]))}
    with shop.store.begin() as work:
        work.journal.write(shop.now(), shop.till, "manager", "change_promotion", began)
        work.commit()
    assert any("it was changed when it had begun" in line for line in shop.verify())
