"""A tooltip to the letter: names come from strangers' catalogues, passports and terminals."""

from __future__ import annotations

from html import escape


def plain_tip(text: str) -> str:
    """`text` for a tooltip, which takes what looks like markup for markup, and reads the files that it names."""
    if "<" not in text:
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br/>")
