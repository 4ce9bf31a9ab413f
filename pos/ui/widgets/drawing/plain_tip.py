"""Tooltips as plain text: names come from foreign catalogues, passports and terminals."""

from __future__ import annotations

from html import escape


def plain_tip(text: str) -> str:
    """Escape `text` for a tooltip, which would otherwise be read as markup and load the files it names."""
    if "<" not in text:
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br/>")
