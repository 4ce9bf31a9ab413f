"""The journal's chain of people."""

from __future__ import annotations

CONSOLE = 0
"""The journal's chain of what people do, at the console or by command."""
