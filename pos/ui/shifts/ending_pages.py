"""The pages at the end of a shift, needed once a day or never: close, hand over, another cashier's shift."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pos.ui.shifts.close_screen import CloseShiftScreen
from pos.ui.shifts.hand_over_screen import HandOverScreen
from pos.ui.shifts.other_cashiers_shift_screen import ForeignShiftScreen

if TYPE_CHECKING:
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


def pages(session: Session, _built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one."""
    yield ForeignShiftScreen(session)
    yield CloseShiftScreen(session)
    yield HandOverScreen(session)
