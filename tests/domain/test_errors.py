"""Refusals are facts: a stable name and figures, whose sentences are made elsewhere."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import pos.application
import pos.domain
from pos.domain.errors import BadField, BadInput, InfrastructureError, Refused, RuleBroken, StoreError
from pos.domain.payment.tender import Underpaid
from pos.domain.staff.staff import Approvable
from tests.builders import money

KINDS = (BadInput, Refused, Approvable)
"""The kinds of refusals, which are never raised themselves."""


def children(parent: type[RuleBroken]) -> list[type[RuleBroken]]:
    return [child for direct in parent.__subclasses__() for child in (direct, *children(direct))]


def all_of_the_shop() -> list[type[RuleBroken]]:
    """Every refusal of the rules and the steps: all modules are imported, so that none is overlooked."""
    for package in (pos.domain, pos.application):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return [child for child in children(RuleBroken) if child.__module__.startswith("pos.")]


def test_a_refusal_says_its_figures_by_name() -> None:
    refused = Underpaid(money("12.50"))

    assert refused.fact == "underpaid"
    assert refused.facts() == {"left": money("12.50")}
    assert str(refused) == "underpaid(left=12.50)"
    assert BadField("lines[2].quantity", "negative", "-1").fact == "bad_field"


def test_every_refusal_is_either_bad_input_or_refused_and_never_both() -> None:
    for child in all_of_the_shop():
        if child in KINDS:
            continue
        assert issubclass(child, BadInput) != issubclass(child, Refused), child


def test_no_two_refusals_bear_the_same_fact() -> None:
    names = [child.fact for child in all_of_the_shop() if child not in KINDS]

    assert sorted(names) == sorted(set(names))
    assert len(names) > 30


def test_each_refusal_states_its_fact_itself() -> None:
    for child in all_of_the_shop():
        if child not in KINDS:
            assert "fact" in vars(child), child


def test_each_refusal_that_an_approval_lifts_says_what_to_approve() -> None:
    lifted = [child for child in all_of_the_shop() if issubclass(child, Approvable) and child is not Approvable]

    assert [child for child in lifted if child.need is Approvable.need] == []
    assert len(lifted) > 2


def test_a_refusal_can_be_raised_and_caught_as_what_it_is() -> None:
    with pytest.raises(Refused):
        raise Underpaid(money("1"))
    assert Underpaid(money("1")) != Underpaid(money("1"))


def test_a_trouble_says_what_where_and_in_whose_words() -> None:
    trouble = StoreError("disk_full", "shop.db", "No space left on device")

    assert isinstance(trouble, InfrastructureError)
    assert str(trouble) == "disk_full: shop.db (No space left on device)"
    assert str(InfrastructureError("damaged", "shop.db")) == "damaged: shop.db"
