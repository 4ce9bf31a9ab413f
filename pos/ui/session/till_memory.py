"""What the till remembers after it closes: read once, written whenever it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos.ui.session.till_state import StateFile, TillState


class TillMemory:
    """Holds the till's habits. Without a file they are lost when the program ends."""

    def __init__(self, file: StateFile | None = None, state: TillState | None = None) -> None:
        self._file = file
        self.state = state or TillState()

    def keep(self, **changes: Any) -> None:
        """Remember these values: fields of a TillState."""
        after = replace(self.state, **changes)
        if after != self.state:
            self.state = after
            if self._file is not None:
                self._file.write(after)
