"""The few moods of the window: each a colour for words, a ground, and an icon, so that colour never speaks alone."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """How serious something is."""

    NEUTRAL = "neutral"
    INFO = "info"
    WITHIN = "within"
    NEARLY = "nearly"
    OVER = "over"

    @property
    def ink(self) -> str:
        """The token of its words, icon and border."""
        return {Tone.NEUTRAL: "muted", Tone.INFO: "accent"}.get(self, self.value)

    @property
    def ground(self) -> str:
        """The token of the fill behind it."""
        return {Tone.NEUTRAL: "sunken", Tone.INFO: "accent_soft"}.get(self, f"{self.value}_soft")

    @property
    def icon(self) -> str:
        """The icon where none is named."""
        return {
            Tone.NEUTRAL: "info",
            Tone.INFO: "info",
            Tone.WITHIN: "circle-check",
            Tone.NEARLY: "circle-alert",
            Tone.OVER: "triangle-alert",
        }[self]
