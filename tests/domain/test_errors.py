"""Refusals are facts: a stable name and figures, whose sentences are made elsewhere."""

from __future__ import annotations

import pytest

import pos.application.checkout
import pos.application.complete_sale
import pos.application.found_shop
import pos.application.options
import pos.application.settings
import pos.domain.barcode
import pos.domain.cart
import pos.domain.category
import pos.domain.mrz
import pos.domain.rates
import pos.domain.sale
import pos.domain.shift
import pos.domain.staff
import pos.domain.stock
import pos.domain.tender
from pos.domain.errors import BadField, BadInput, Refused, RuleBroken, StoreTrouble, Trouble
from pos.domain.tender import Underpaid
from tests.builders import money


def children(parent: type[RuleBroken]) -> list[type[RuleBroken]]:
    return [child for direct in parent.__subclasses__() for child in (direct, *children(direct))]


def test_a_refusal_says_its_figures_by_name() -> None:
    refused = Underpaid(money("12.50"))

    assert refused.fact == "underpaid"
    assert refused.facts() == {"left": money("12.50")}
    assert str(refused) == "underpaid(left=12.50)"
    assert BadField("lines[2].quantity", "negative", "-1").fact == "bad_field"


def test_every_refusal_is_either_bad_input_or_refused_and_never_both() -> None:
    for child in children(RuleBroken):
        if child in (BadInput, Refused):
            continue
        assert issubclass(child, BadInput) != issubclass(child, Refused), child


def test_no_two_refusals_bear_the_same_fact() -> None:
    named: dict[str, set[type]] = {}
    for child in children(RuleBroken):
        if child.__module__.startswith("pos."):
            named.setdefault(child.fact if isinstance(child, RuleBroken) else child.__name__, set()).add(child)

    assert [classes for classes in named.values() if len(classes) > 1] == []


def test_a_refusal_can_be_raised_and_caught_as_what_it_is() -> None:
    with pytest.raises(Refused):
        raise Underpaid(money("1"))
    assert Underpaid(money("1")) != Underpaid(money("1"))


def test_a_trouble_says_what_where_and_in_whose_words() -> None:
    trouble = StoreTrouble("disk_full", "shop.db", "No space left on device")

    assert isinstance(trouble, Trouble)
    assert str(trouble) == "disk_full: shop.db (No space left on device)"
    assert str(Trouble("damaged", "shop.db")) == "damaged: shop.db"
