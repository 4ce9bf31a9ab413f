"""Opening a shop: once, on the first thread that needs it. A till of a server is claimed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from threading import RLock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.application.settings.context import Context
    from pos.application.shop.adapters import Adapters


@dataclass(frozen=True, slots=True)
class DemoTour:
    """What the button of the tour scans: the code of goods, and the lines of a specimen of a document."""

    code: str
    document: str


@dataclass(frozen=True)
class OpenedShop:
    """What is there once the store is open.

    `demo_pins` (sign-in name → PIN) and `demo_goods` (codes of well-known goods) are empty in a real shop, and
    there is a `demo_tour` only in a demo whose border has one. `zone` is the shop's time zone as last read, `close`
    closes the store.
    """

    context: Context
    adapters: Adapters
    zone: Callable[[], tzinfo]
    close: Callable[[], None]
    demo_pins: Mapping[str, str] = field(default_factory=dict)
    demo_goods: tuple[str, ...] = ()
    demo_tour: DemoTour | None = None


class Opening:
    """Calls `open_shop` when the opened shop is first needed. A failure is not tried again, but raised each time."""

    def __init__(self, open_shop: Callable[[], OpenedShop]) -> None:
        self._open_shop = open_shop
        self._lock = RLock()
        self._opened: OpenedShop | None = None
        self._failure: BaseException | None = None

    @property
    def is_done(self) -> bool:
        return self._opened is not None

    def __call__(self) -> OpenedShop:
        """The opened shop. Raises what `open_shop` raises."""
        if self._opened is None:
            with self._lock:
                if self._failure is not None:
                    raise self._failure
                if self._opened is None:
                    try:
                        self._opened = self._open_shop()
                    except BaseException as error:
                        self._failure = error
                        raise
        return self._opened


def claim_till(opened: OpenedShop) -> None:
    """Record nothing once, which only the seat of the till may; close the store if that is refused.

    Raises TillElsewhere, Trouble.
    """
    try:
        with opened.context.store.begin():
            pass
    except BaseException:
        opened.close()
        raise
