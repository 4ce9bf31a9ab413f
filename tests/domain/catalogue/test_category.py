"""The tree of goods: a rule that names a branch means every leaf below it, and nothing beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.text.names import CATEGORIES
from pos.domain.catalogue.category import LEAVES, UnknownCategory, any_covers, covers, is_leaf, is_scope, leaf

leaves = st.sampled_from(LEAVES)


@given(leaves)
def test_a_leaf_is_covered_by_itself_its_branch_and_everything(name: str) -> None:
    assert covers("*", name)
    assert covers(name, name)
    assert covers(name.split(".")[0], name)
    assert leaf(name) == name


@given(leaves, leaves)
def test_a_leaf_covers_no_other_leaf(one: str, other: str) -> None:
    assert covers(one, other) == (one == other)


def test_a_branch_covers_by_whole_names_only() -> None:
    assert not covers("foot", "footwear")
    assert not covers("food.sweet", "food.sweets")
    assert not covers("drink", "drinkware")
    assert any_covers(["fur", "alcohol"], "alcohol.wine")
    assert not any_covers([], "fur")


def test_a_product_bears_a_leaf_and_a_rule_may_name_a_branch() -> None:
    assert is_leaf("alcohol.wine")
    assert not is_leaf("alcohol")
    assert is_scope("alcohol")
    assert is_scope("*")
    assert not is_scope("alcohol.")


@pytest.mark.parametrize("name", ["alcohol", "Fur", "", "*", "food.", None, 5, ["fur"], "fur "])
def test_what_is_no_leaf_is_named(name: object) -> None:
    with pytest.raises(UnknownCategory) as refused:
        leaf(name, "rows[1].category")

    assert refused.value.field == "rows[1].category"


def test_every_category_has_a_name_for_people() -> None:
    assert set(LEAVES) <= set(CATEGORIES)
