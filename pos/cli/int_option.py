"""Integer options: up to nine ASCII digits, since `int` also accepts 1_000, +5 and digits of other scripts."""

from __future__ import annotations

import re

import typer

_WHOLE = re.compile(r"-?[0-9]{1,9}")


def whole(text: str | int) -> int:
    """Parse an option or an argument; a default is unchanged. Raises typer's BadParameter, which names it."""
    if isinstance(text, int):
        return text
    if not _WHOLE.fullmatch(text):
        raise typer.BadParameter(f"{text[:20]!a} is not a whole number of at most nine digits.")
    return int(text)
