"""What each role may do without an approval, and up to which discount: the shop's table of rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ROLES = ("cashier", "manager", "clerk")

PERMISSIONS = (
    "sell", "discount", "over_quota", "review", "price", "return", "open_shift", "close_shift",
    "close_other", "move_cash", "pay_out", "no_sale", "rates", "staff", "settings", "reports", "catalogue",
    "stock", "expected_cash", "refund_cash", "for_others", "hand_over", "blind_return", "void_sale",
    "sell_unseen", "pickup",
)  # fmt: skip
"""Everything for which a right is asked."""

FIXED_ROLE = "manager"
"""The role that may do everything, whatever the table says: a shop never locks itself out."""
EDITED_ROLES = tuple(role for role in ROLES if role != FIXED_ROLE)
"""The roles whose rights the shop sets."""

FIXED_PERMISSION = "staff"
"""The permission of managers alone: who has it may change this table."""
GRANTED_PERMISSIONS = tuple(permission for permission in PERMISSIONS if permission != FIXED_PERMISSION)
"""What a shop may grant to another role."""


def in_order(permissions: Iterable[str]) -> tuple[str, ...]:
    """What of this can be granted, each once, in the order of the table; other names are left out."""
    given = set(permissions)
    return tuple(permission for permission in GRANTED_PERMISSIONS if permission in given)


@dataclass(frozen=True, slots=True)
class RoleRights:
    """What one role may do without an approval; `most_percent` is the largest discount, for a role that gives any."""

    permissions: frozenset[str] = frozenset()
    most_percent: int = 0

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    @property
    def discount_limit(self) -> Decimal:
        """The largest discount in per cent that the role gives without an approval."""
        return Decimal(self.most_percent if "discount" in self.permissions else 0)


_EVERYTHING, _NOTHING = RoleRights(frozenset(PERMISSIONS), 100), RoleRights()


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights of the roles that a shop sets; the defaults are those of a shop that has set none."""

    cashier: RoleRights = RoleRights(
        frozenset({"sell", "discount", "return", "open_shift", "close_shift", "move_cash", "pickup"}), 10
    )
    clerk: RoleRights = RoleRights(frozenset({"catalogue", "stock", "pickup"}), 0)

    def of(self, role: str) -> RoleRights:
        """The rights of a role; none for an unknown role."""
        known = {"cashier": self.cashier, "clerk": self.clerk, FIXED_ROLE: _EVERYTHING}
        return known.get(role, _NOTHING)


USUAL_RIGHTS = Rights()
"""The rights of a shop that has changed none."""
