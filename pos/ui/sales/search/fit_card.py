"""How many pieces still fit into the allowance: one line for each visitor of the current sale, or for each
destination.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.application.sales.remaining_allowance import FittingPieces
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import kg_text, pieces_text
from pos.application.text.names import VERDICTS, name_of
from pos.application.text.translator import Translator
from pos.domain.border import border_in_force
from pos.domain.quota.rule import Verdict
from pos.ui.look.theme import Space, Theme
from pos.ui.quota.quota_words import missing_text
from pos.ui.quota.verdict_words import depends_text, tone_of
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import announce, with_pauses

_MOST = 6


class FitCard(Surface):
    """Shows the results; takes no room without any."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent)
        self._theme = theme
        self._title = TextLabel(role=Role.STRONG)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.M, 12, Space.M, 12)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.addWidget(self._title, 0, 0, 1, 2)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[TextLabel, TextLabel]] = []
        self._more = TextLabel(role=Role.LABEL)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """The sentences shown, one for each line."""
        shown = [pair for pair in self._lines if not pair[0].isHidden()]
        return [f"{who.text()}: {what.text()}" for who, what in shown]

    def present(self, fits: Sequence[FittingPieces], names: dict[str, str], tr: Translator) -> None:
        """Show `fits`; `names` are the visitors' masked names by label."""
        while len(self._lines) < min(len(fits), _MOST):
            pair = TextLabel(), TextLabel(role=Role.STRONG)
            row = len(self._lines) + 1
            self._grid.addWidget(pair[0], row, 0)
            self._grid.addWidget(pair[1], row, 1, Qt.AlignmentFlag.AlignLeft)
            self._lines.append(pair)
        self._title.setText(tr("Allowance check"))
        for index, (who, what) in enumerate(self._lines):
            who.setVisible(index < len(fits))
            what.setVisible(index < len(fits))
            if index < len(fits):
                fit = fits[index]
                who.setText(_who(fit, names, tr))
                what.setText(_what(fit, tr))
                what.set_tone(Tone.NEUTRAL if _is_none_there(fit) else tone_of(fit.verdict))
        more = len(fits) - _MOST
        self._more.setVisible(more > 0)
        if more > 0:
            self._grid.addWidget(self._more, _MOST + 1, 0, 1, 2)
            self._more.setText(tr.plural("{n} more visitor", "{n} more visitors", more))
        self.setAccessibleName(" ".join(self.sentences))
        announce(self, with_pauses(self.sentences))
        self.setVisible(bool(fits))


def _who(fit: FittingPieces, names: dict[str, str], tr: Translator) -> str:
    side = destination_text(fit.regime.destination, tr) if fit.regime.destination in border_in_force().sides else ""
    destination = side or fit.regime.title_in(tr.language)
    if not fit.label:
        return tr("{place}, adult without purchases or other entries", place=destination)
    return f"{fit.label} {names.get(fit.label, '')} · {destination}"


def _is_none_there(fit: FittingPieces) -> bool:
    """Whether there is nothing on the floor of which it could be said that all of it fits."""
    return fit.verdict <= Verdict.NOTE and not fit.of


def _what(fit: FittingPieces, tr: Translator) -> str:
    if _is_none_there(fit):
        return tr("none on the floor")
    if fit.verdict <= Verdict.NOTE:
        if fit.by_weight:
            return tr("yes, up to {pieces}", pieces=kg_text(fit.pieces, tr.language, 0))
        if fit.pieces >= fit.of:
            return tr("yes, all pieces on the floor")
        return tr("yes, up to {pieces}", pieces=pieces_text(fit.pieces, tr))
    if fit.open:
        return depends_text(fit.open, tr)
    if fit.missing:
        return tr("unknown: {attributes}", attributes=missing_text(fit.missing, tr))
    return name_of(VERDICTS, fit.verdict.word, tr)
