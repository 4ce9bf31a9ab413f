"""The few tones of the window: each has a text colour, a ground and an icon, so that colour is never alone."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """How serious a message is."""

    NEUTRAL = "neutral"
    INFO = "info"
    WITHIN = "within"
    NEARLY = "nearly"
    OVER = "over"

    @property
    def ink(self) -> str:
        """Token of its text, icon and border."""
        return {Tone.NEUTRAL: "muted", Tone.INFO: "accent"}.get(self, self.value)

    @property
    def ground(self) -> str:
        """Token of its fill."""
        return {Tone.NEUTRAL: "sunken", Tone.INFO: "accent_soft"}.get(self, f"{self.value}_soft")

    @property
    def icon(self) -> str:
        """Default icon."""
        return {
            Tone.NEUTRAL: "info",
            Tone.INFO: "info",
            Tone.WITHIN: "circle-check",
            Tone.NEARLY: "circle-alert",
            Tone.OVER: "triangle-alert",
        }[self]
