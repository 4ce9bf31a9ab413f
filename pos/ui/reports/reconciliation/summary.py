"""The verdict of a reconciliation in one line, beside what each side has taken and given back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pos.application.outside_partners.reconcile_provider import ProviderReconciliation, Verdict
from pos.application.outside_partners.reconciliation_words import verdict_text
from pos.application.text.formatting import money_text
from pos.application.text.names import name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.translator import Translator
from pos.application.text.typography import noted, paragraph
from pos.domain.money import Money
from pos.ui.look.theme import Theme
from pos.ui.widgets.cards.verdict_line import VerdictLine
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.figure_table import FigureCell, FigureTable

_TONES = {
    Verdict.AGREED: Tone.WITHIN,
    Verdict.UNSETTLED: Tone.NEARLY,
    Verdict.NOTHING_HERE: Tone.NEARLY,
    Verdict.DIFFERENT: Tone.OVER,
}
_ROW = 28
"""The height of a row of sums, in pixels: a low window has room for some differences, too."""
_ROOM = 760


class ReconciliationSummary(QWidget):
    """Both stand below each other in a narrow window."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.verdict = VerdictLine(theme)
        self.sums = FigureTable(_ROW)
        both = Folding(Stretched(self.verdict, 2), Stretched(self.sums, 3), room=_ROOM)
        vbox(both, margins=0, parent=self)

    def present(self, found: ProviderReconciliation, tr: Translator, *, is_old: bool) -> None:
        """Show a reconciliation; one that `is_old` is being made again, and is no verdict until then."""
        text = verdict_text(found, tr)
        if is_old:
            self.verdict.present(tr("Comparing again…"), "", Tone.NEUTRAL)
        else:
            self.verdict.present(text.headline, paragraph(tr, text.notes), _TONES[found.verdict])
        provider = name_of(PROVIDERS, found.provider, tr)
        rows = [
            *_rows(tr("Paid"), found.sums(refunds=False), tr),
            *_rows(tr("Refunded"), found.sums(refunds=True), tr),
        ]
        self.sums.present("", ("", provider, tr("Shop"), tr("Difference")), rows)
        self.sums.setAccessibleName(tr("Sums"))


def _rows(name: str, sums: Sequence[tuple[Money, Money]], tr: Translator) -> list[list[FigureCell]]:
    """One row for each currency, which is named where there are several."""
    several = len(sums) > 1
    return [
        [
            FigureCell(noted(tr, name, there.currency.code) if several else name),
            FigureCell(money_text(there, tr.language)),
            FigureCell(money_text(here, tr.language)),
            FigureCell(
                money_text(there - here, tr.language, plus=True), bold=True, tone=Tone.OVER if there != here else None
            ),
        ]
        for there, here in sums
    ]
