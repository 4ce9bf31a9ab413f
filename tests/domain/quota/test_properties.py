"""What must hold of every basket, whatever the rules are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.quota.allowance_position import PastSale, Traveller
from pos.domain.quota.assess import Assessment, assess
from pos.domain.quota.measure import Goods
from pos.domain.quota.rule import Verdict
from tests.domain.quota.border import ADULT, NOON, RATES, regime, shipped, sold
from tests.domain.quota.strategies import baskets, carried, lines, regimes, visitors


def _judged(name: str, visitor: Traveller, basket: list[Goods], history: list[PastSale] | None = None) -> Assessment:
    return assess(regime(name), visitor, history or [], basket, NOON, RATES)


def _said(assessment: Assessment) -> list[tuple[object, ...]]:
    """Verdicts and figures, without the places of lines."""
    return [(r.rule.id, r.verdict, r.limit, r.used, r.available, r.current, r.over, r.left) for r in assessment.rules]


@given(regimes, visitors, baskets, st.randoms(use_true_random=False))
def test_the_order_of_scanning_changes_nothing(
    name: str, visitor: Traveller, basket: list[Goods], luck: object
) -> None:
    shuffled = list(basket)
    luck.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis types its Random as object here
    assert _said(_judged(name, visitor, basket)) == _said(_judged(name, visitor, shuffled))


@given(regimes, visitors, baskets)
def test_one_line_of_many_is_many_lines_of_one(name: str, visitor: Traveller, basket: list[Goods]) -> None:
    singles = [
        replace(line, quantity=1, discount=line.discount / line.quantity)
        for line in basket
        for _ in range(line.quantity)
    ]
    assert _said(_judged(name, visitor, basket)) == _said(_judged(name, visitor, singles))


@given(carried, visitors, baskets, st.integers(0, 6))
def test_a_sale_split_before_leaving_is_judged_as_one(
    name: str, visitor: Traveller, basket: list[Goods], cut: int
) -> None:
    earlier = [sold("2026-11-20T10:00:00+08:00", *basket[:cut])]
    assert _said(_judged(name, visitor, basket)) == _said(_judged(name, visitor, basket[cut:], earlier))


@given(regimes, visitors, baskets, baskets, st.data())
def test_what_is_returned_before_leaving_is_as_if_it_was_never_bought(
    name: str, visitor: Traveller, bought: list[Goods], basket: list[Goods], data: st.DataObject
) -> None:
    kept = [data.draw(st.integers(0, line.quantity)) for line in bought]
    after = [replace(line, quantity=n, discount=line.discount * n / line.quantity) for line, n in zip(bought, kept)]
    never = [line for line in after if line.quantity]
    returned = [sold("2026-11-20T10:00:00+08:00", *after)]
    expected = _judged(name, visitor, basket, [sold("2026-11-20T10:00:00+08:00", *never)] if never else [])
    assert _said(_judged(name, visitor, basket, returned)) == _said(expected)


@given(regimes, visitors, baskets, baskets)
def test_what_has_left_stays_used_whatever_comes_back_later(
    name: str, visitor: Traveller, gone: list[Goods], basket: list[Goods]
) -> None:
    """A return after leaving changes nothing that a regime asks about: the carry-out took place."""
    history = [sold("2026-11-20T08:00:00+08:00", *gone, left="2026-11-20T09:00:00+08:00")]
    with_it, without = _judged(name, visitor, basket, history), _judged(name, visitor, basket)
    assert with_it.verdict >= without.verdict
    for result, fresh in zip(with_it.rules, without.rules):
        if fresh.available is not None:
            assert result.available is not None
            assert result.available <= fresh.available
            assert result.current == fresh.current


@given(regimes, visitors, baskets, lines())
def test_one_more_unit_never_betters_a_verdict(name: str, visitor: Traveller, basket: list[Goods], more: Goods) -> None:
    assert _judged(name, visitor, [*basket, more]).verdict >= _judged(name, visitor, basket).verdict


@given(regimes, visitors, baskets)
@settings(max_examples=30)
def test_an_empty_carry_out_is_ok_whatever_left_before(name: str, visitor: Traveller, past: list[Goods]) -> None:
    history = [
        sold("2026-11-19T10:00:00+08:00", *past),
        sold("2026-11-20T09:00:00+08:00", *past, left=NOON.isoformat()),
    ]
    assert _judged(name, visitor, [], history).verdict is Verdict.OK


@given(regimes, visitors, baskets)
def test_figures_of_a_rule_add_up(name: str, visitor: Traveller, basket: list[Goods]) -> None:
    assessment = _judged(name, visitor, basket, [sold("2026-11-20T10:00:00+08:00", *basket)])
    assert assessment.verdict == max((result.verdict for result in assessment.rules), default=Verdict.OK)
    for result in assessment.rules:
        if result.current is None:
            continue
        assert result.available is not None
        assert result.over is not None
        assert result.left is not None
        assert result.current + result.left == result.available + result.over
        assert min(result.over, result.left) == 0


@given(regimes, visitors, baskets)
def test_whatever_is_unknown_is_named(name: str, visitor: Traveller, basket: list[Goods]) -> None:
    assessment = _judged(name, visitor, basket)
    unknown = any(result.verdict is Verdict.UNKNOWN for result in assessment.rules)
    assert not unknown or assessment.unknown
    assert assessment.unknown == () or assessment.verdict >= Verdict.UNKNOWN


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_rule_in_force_for_the_visitor_is_listed_even_without_goods(name: str) -> None:
    listed = [result.rule.id for result in _judged(name, ADULT, []).rules]
    assert len(listed) == len(set(listed))
    assert listed
