"""What a person has answered at the first start."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Founding:
    """The answers, with the id of the border; the PIN is excluded from the repr.

    They outlive the window: one that stands at another border takes its place and creates the shop of them. A shop
    that another till has created meanwhile has none of it, and `border` is empty: the window opens where that one stands.
    """

    border: str
    shop: str = ""
    zone: str = ""
    manager: str = ""
    pin: str = ""
    again: str = ""
