"""What a person has answered at the first start."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Founding:
    """The answers, with the id of the border; PIN and pass are excluded from the repr.

    They outlive the window: one that stands at another border takes its place and creates the shop of them. Where
    another till has created the shop meanwhile, `border` is empty: the window opens again where that shop stands.
    """

    border: str
    shop: str = ""
    zone: str = ""
    manager: str = ""
    pin: str = ""
    again: str = ""
    center_pass: str = ""
