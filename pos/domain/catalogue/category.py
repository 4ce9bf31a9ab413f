"""The dotted tree of goods: a rule that names a branch means every leaf below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.errors import BadInput

LEAVES = (
    "tobacco.cigarette", "tobacco.heated", "tobacco.cigar", "tobacco.cigarillo", "tobacco.loose",
    "vape.device", "vape.pod",
    "alcohol.spirit", "alcohol.wine", "alcohol.beer", "alcohol.liqueur",
    "drink",
    "food.sweets", "food.honey", "food.dairy", "food.meat", "food.egg", "food.fresh", "food.other",
    "cosmetics.ordinary", "cosmetics.premium", "perfume",
    "clothing", "footwear", "fur", "hide", "bag", "textile", "jewellery", "watch",
    "electronics.phone", "electronics.tablet", "electronics.laptop", "electronics.other",
    "appliance", "kitchenware", "furniture", "toy", "book", "medicine", "sport", "seed", "souvenir", "other",
)  # fmt: skip
"""Every category that a product may bear (quota.md, section 5)."""

_LEAVES = frozenset(LEAVES)
_BRANCHES = frozenset(leaf[: leaf.rindex(".")] for leaf in LEAVES if "." in leaf)


@dataclass(eq=False)
class UnknownCategory(BadInput):
    """A category outside the tree."""

    fact = "unknown_category"

    category: str
    field: str = "category"


def is_leaf(name: str) -> bool:
    """Whether a product may bear `name`."""
    return name in _LEAVES


def is_scope(name: str) -> bool:
    """Whether a rule may name `name`: a leaf, a branch, or `*` for all goods."""
    return name == "*" or name in _LEAVES or name in _BRANCHES


def leaf(name: object, field: str = "category") -> str:
    """Return `name` if it is a leaf of the tree, or raise UnknownCategory naming `field`."""
    if isinstance(name, str) and name in _LEAVES:
        return name
    raise UnknownCategory(str(name)[:40], field)


def covers(scope: str, category: str) -> bool:
    """Whether `scope` (a leaf, a branch or `*`) holds goods of `category`."""
    return scope == "*" or scope == category or category.startswith(scope + ".")


def any_covers(scopes: Iterable[str], category: str) -> bool:
    """Whether one of `scopes` holds goods of `category`."""
    return any(covers(scope, category) for scope in scopes)


_ASKED: dict[str, tuple[str, ...]] = {
    "alcohol": ("ml", "abv"),
    "vape": ("ml",),
    "tobacco.loose": ("net_g",),
    "tobacco": ("sticks", "net_g"),
    "fur": ("variant",),
}


def asked_of(category: str) -> tuple[str, ...]:
    """The customs attributes that limits ask of goods of `category`; the gross weight of everything."""
    for branch, attributes in _ASKED.items():
        if covers(branch, category):
            return (*attributes, "gross_kg")
    return ("gross_kg",)
