"""The shop's logo for printed documents."""

from __future__ import annotations

from pos.application.settings.setting_kinds import logo_png, png_sides
from pos.application.settings.settings import Settings
from pos.printing.drawing.rows import Picture


def logo_of(settings: Settings) -> Picture | None:
    """The logo; None if the shop has none."""
    if not settings.logo:
        return None
    png = logo_png(settings.logo)
    return Picture(png, *png_sides(png))
