"""What the till remembers beyond its end, in one hand: read once, written whenever something of it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos.ui.session.till_state import StateFile, TillState


class TillMemory:
    """Holds the till's habits. Without a file it forgets them with the program."""

    def __init__(self, file: StateFile | None = None, state: TillState | None = None) -> None:
        self._file = file
        self.state = state or TillState()

    def keep(self, **changes: Any) -> None:
        """Remember these from now on: fields of a TillState."""
        after = replace(self.state, **changes)
        if after != self.state:
            self.state = after
            if self._file is not None:
                self._file.write(after)
