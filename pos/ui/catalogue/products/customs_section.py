"""Customs data of one piece, and which of it is missing for which destination."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.catalogue.browse_catalogue import MissingFor
from pos.application.catalogue.vat_words import vat_doubt, vat_rates_text
from pos.application.text.names import ATTRIBUTES, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.catalogue.product_fields import FormSection
from pos.domain.errors import BadField
from pos.ui.catalogue.products.section import FieldSection, read_editor
from pos.ui.look.theme import Space
from pos.ui.session.session import Session
from pos.ui.widgets.cards.verdict_line import VerdictLine
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone


class CustomsSection(FieldSection):
    """The attributes and the tax; above them what a rule needs and the product lacks."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, FormSection.CUSTOMS)
        self._lacking: Sequence[MissingFor] = ()
        self._titles: dict[str, str] = {}
        self.missing = VerdictLine(session.theme)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.vat_doubt = TextLabel(role=Role.SMALL, wrap=True)
        self.vat_doubt.set_tone(Tone.NEARLY)
        self.vat_doubt.hide()
        self.rows["vat"].column.addWidget(self.vat_doubt)
        self.changed.connect(self._look_at_vat)
        self.body.insertWidget(0, self.missing)
        self.body.insertSpacing(1, Space.XS)
        self.body.addWidget(self._hint)
        self.body.addStretch(1)

    def present_lacking(self, lacking: Sequence[MissingFor], titles: dict[str, str], tr: Translator) -> None:
        """Show what is missing; `titles` are the names of the regimes."""
        self._lacking, self._titles = lacking, titles
        self.missing.present(*missing_words(lacking, titles, tr))

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        said = [tr("Values per piece as sold. Empty VAT means tax-free. Other empty fields mean unknown.")]
        if rates := vat_rates_text(self._session.today, tr):
            said.append(tr("VAT rates now: {rates}.", rates=rates))
        self._hint.setText(paragraph(tr, said))
        self._look_at_vat()
        self.missing.present(*missing_words(self._lacking, self._titles, tr))

    def _look_at_vat(self) -> None:
        """Say what is odd about the typed rate; a text that is no figure is said when it is saved."""
        tr = self._session.translator
        try:
            rate = read_editor(self._fields["vat"], self.rows["vat"].field, tr.language)
        except BadField:
            rate = None
        self.vat_doubt.setText(vat_doubt(rate, self._session.today, tr))
        self.vat_doubt.setVisible(bool(self.vat_doubt.text()))


def missing_words(lacking: Sequence[MissingFor], titles: dict[str, str], tr: Translator) -> tuple[str, str]:
    """What is missing, and for which regimes; two empty texts if nothing is missing."""
    if not lacking:
        return "", ""
    fields = dict.fromkeys(name for one in lacking for name in one.fields)
    named = tr(", ").join(name_of(ATTRIBUTES, name, tr) for name in fields)
    ways = tr(", ").join(titles.get(one.regime, one.regime) for one in lacking)
    return (
        tr("Missing: {fields}", fields=named),
        tr("Without this data the allowance is unknown: {regimes}.", regimes=ways),
    )
