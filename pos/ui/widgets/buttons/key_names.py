"""What a screen reader says for the keys of a pad that have no character on them."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import Translator
from pos.ui.widgets.buttons.keypad import CLEAR, ENTER, ERASE, MARK


def key_names(tr: Translator) -> Mapping[str, str]:
    """The names by label."""
    return {
        ERASE: tr("Delete the last character"),
        CLEAR: tr("Clear"),
        ENTER: tr("Enter"),
        MARK: tr("Decimal point"),
    }
