"""The border of a new shop: a list, and beneath it the ways out and the money of the chosen one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from pos.application.settings.offer_borders import BordersToChoose
from pos.application.text.border_words import EXAMPLE_RULES
from pos.application.text.translator import Translator
from pos.domain.border import Border, border_in_force, in_language
from pos.ui.page.form_page import FormRow
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.combo_box import ComboBox


class BorderRow(FormRow):
    """`chosen` reports another border. Until the files are read only the border in force is there."""

    chosen = Signal()

    def __init__(self, wording: Callable[[Exception], str]) -> None:
        self.list = ComboBox()
        super().__init__(self.list)
        self._wording = wording
        here = border_in_force()
        self._offer = BordersToChoose((here,), here, is_settled=False)
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setMinimumContentsLength(20)
        self.about = TextLabel(role=Role.SMALL, wrap=True)
        self.example = TextLabel(role=Role.STRONG, wrap=True)
        self.example.set_tone(Tone.NEARLY)
        self.settled = TextLabel(role=Role.SMALL, wrap=True)
        self.faults = TextLabel(role=Role.SMALL, wrap=True)
        self.faults.set_tone(Tone.OVER)
        for said in (self.about, self.example, self.settled, self.faults):
            self.column.addWidget(said)
        self.list.currentIndexChanged.connect(self._turned)
        self._fill(here.id)

    @property
    def border(self) -> Border:
        """The border that is chosen."""
        return self._offer.borders[max(0, self.list.currentIndex())]

    def offer(self, offer: BordersToChoose, tr: Translator) -> None:
        """Show the borders there are; the chosen one stays, if it is still there."""
        kept = offer.in_force.id if offer.is_settled else self.border.id
        self._offer = offer
        self._fill(kept)
        self.list.setEnabled(not offer.is_settled)
        self.retranslate(tr)

    def choose(self, border: str) -> None:
        """Choose a border by its id; one that is not offered is left."""
        self.list.setCurrentIndex(max(0, self.list.findData(border)))

    def retranslate(self, tr: Translator) -> None:
        self.present(tr("Border"))
        for place, border in enumerate(self._offer.borders):
            self.list.setItemText(place, in_language(border.title, tr.language))
        self.settled.setText(tr("This shop has people or goods: it stays at its border."))
        self.settled.setVisible(self._offer.is_settled)
        faults = [self._wording(fault) for fault in self._offer.faults]
        self.faults.setText("\n".join(faults))
        self.faults.setVisible(bool(faults))
        self.example.setText(tr(EXAMPLE_RULES))
        self.present_chosen(tr)

    def present_chosen(self, tr: Translator) -> None:
        """Say where visitors leave to from the chosen border, its money, and whether its rules are an example."""
        border = self.border
        ways = tr(", ").join(in_language(one.title, tr.language) for one in border.destinations)
        self.about.setText(f"{ways} · {tr(', ').join(border.currencies)}")
        self.example.setVisible(border.is_example)
        said = [self.about.text(), *([self.example.text()] if border.is_example else [])]
        self.list.setAccessibleDescription(". ".join(said))

    def _turned(self, _place: int) -> None:
        self.chosen.emit()

    def _fill(self, chosen: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for border in self._offer.borders:
            self.list.addItem("", border.id)
        self.choose(chosen)
        self.list.blockSignals(False)
        self.chosen.emit()
