"""The band of a till in training: above every page, in every language, for as long as the window lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.ui.shell.band import Band

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.ui.look.theme import Theme


class TrainingBand(Band):
    """Says that nothing here is real."""

    def __init__(self, theme: Theme, tr: Translator) -> None:
        super().__init__(theme, "graduation-cap", "accent", "accent_text")
        self.retranslate(tr)

    def retranslate(self, tr: Translator) -> None:
        """Show it in another language."""
        self.present(tr("TRAINING"), tr("Training: sales, money, stock and allowances are not real."))
