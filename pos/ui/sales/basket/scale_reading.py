"""The scale at the checkout: polled while goods wait for their weight, until the cashier types one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from pos.application.text.translator import N_
from pos.domain.errors import DeviceError, InfrastructureError
from pos.ui.sales.basket.weigh_panel import WeighPanel
from pos.ui.session.session import Session
from pos.ui.session.till_devices import SCALE

_AGAIN_MS, _LATER_MS = 200, 1_500
"""Milliseconds until the next poll: after an answer, and after none."""

_AWAY = frozenset({"scale_unplugged", "scale_silent", "port_taken", "port_forbidden"})
"""Faults of the scale itself, not of the goods on it."""

_STEADY = N_("Weight from the scale. Press Enter to add it, or type another weight.")


class ScaleReading(QObject):
    """Puts the steady weight into the panel's field, and removes it when it is no longer steady."""

    def __init__(self, session: Session, panel: WeighPanel) -> None:
        super().__init__(panel)
        self._session, self._panel = session, panel
        self._asking = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._ask)
        panel.opened.connect(self._ask)

    def _ask(self) -> None:
        if self._asking or not self._is_needed:
            return
        self._asking = True
        weigh = self._session.shop.office.devices.weigh
        self._session.devices.run(SCALE, weigh, self._weighed, self._not_weighed)

    @property
    def _is_needed(self) -> bool:
        """Whether goods wait, nothing was typed, and there is a scale."""
        return bool(self._session.devices.scale) and self._panel.isVisible() and not self._panel.is_typed

    def _weighed(self, grams: int) -> None:
        self._asking = False
        self._session.devices.take(SCALE, None)
        if self._is_needed:
            self._panel.take_weight(grams, lambda: self._session.translator(_STEADY))
            self._again.start(_AGAIN_MS)

    def _not_weighed(self, error: Exception) -> None:
        self._asking = False
        away = isinstance(error, DeviceError) and error.what in _AWAY
        if isinstance(error, DeviceError):
            self._session.devices.take(SCALE, error if away else None)
        if self._is_needed and isinstance(error, InfrastructureError):
            self._panel.take_weight(None, lambda: self._session.wording(error))
            self._again.start(_LATER_MS if away else _AGAIN_MS)
