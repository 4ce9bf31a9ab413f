"""Shift hand-overs on paper: from whom to whom, when, and the cash differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.application.settings.settings import Settings
from pos.application.text.formatting import instant_text, money_text
from pos.domain.shifts.hand_over import HandOver
from pos.printing.drawing.both_words import BothWords
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Pair, Paragraph, Row


def hand_over_rows(hand_overs: Sequence[HandOver], settings: Settings, words: BothWords) -> Iterator[Row]:
    """The rows of a strip."""
    yield Paragraph(words("Hand-overs"), bold=True)
    for made in hand_overs:
        yield Pair(people_text(made), instant_text(made.at, settings.zone, words.language), small=True)
        if made.approved_by is not None:
            yield Pair(words("Approved by"), printable(made.approved_by, 40), small=True)
        yield Pair(words("Difference"), differences_text(made, words), small=True)


def people_text(made: HandOver) -> str:
    """From whom to whom."""
    return f"{printable(made.giver, 40)} → {printable(made.taker, 40)}"


def differences_text(made: HandOver, words: BothWords) -> str:
    """The difference of each currency; "matches" where there is none."""
    texts = (money_text(line.difference, words.language, cash=True, plus=True) for line in made.differing)
    return " · ".join(texts) or words("matches")
