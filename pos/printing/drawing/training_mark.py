"""The training mark above and below every document of a training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.settings.settings import Settings
from pos.application.text.translator import N_, Translator
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.rows import Banner, Heading, Row

TRAINING = N_("TRAINING")
_NOT_A_RECEIPT = N_("TRAINING — not a receipt")


def marked_as_training(
    rows: Sequence[Row], settings: Settings, translators: Mapping[str, Translator]
) -> tuple[Row, ...]:
    """The document with a large mark at both ends, in the languages of the shop, so that no part of it looks real."""
    both_words = JoinedTranslator.of(translators, settings.receipt_languages)
    heading = Heading(both_words(TRAINING))
    banners = [Banner(said) for said in both_words.apart(_NOT_A_RECEIPT)]
    return (heading, *banners, *rows, *banners, heading)
