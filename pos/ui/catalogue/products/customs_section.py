"""Customs data of one piece, and which of it is missing for which destination."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.catalogue.browse_catalogue import MissingFor
from pos.application.text.names import ATTRIBUTES, LACKING_ON_PAPERS, PAPERS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.catalogue.paper_needs import Paper, lacking_fields
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.product_fields import FormSection
from pos.ui.catalogue.products.section import FieldSection
from pos.ui.look.theme import Space
from pos.ui.session.session import Session
from pos.ui.widgets.cards.verdict_line import VerdictLine
from pos.ui.widgets.drawing.text_label import Role, TextLabel


class CustomsSection(FieldSection):
    """The attributes and the tax; above them what a rule needs and the product lacks."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, FormSection.CUSTOMS)
        self._lacking: Sequence[MissingFor] = ()
        self._titles: dict[str, str] = {}
        self.missing = VerdictLine(session.theme)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.body.insertWidget(0, self.missing)
        self.body.insertSpacing(1, Space.XS)
        self.papers = TextLabel(role=Role.LABEL, wrap=True)
        self.body.addWidget(self._hint)
        self.body.addWidget(self.papers)
        self.body.addStretch(1)

    def present_lacking(self, lacking: Sequence[MissingFor], titles: dict[str, str], tr: Translator) -> None:
        """Show what is missing; `titles` are the names of the regimes."""
        self._lacking, self._titles = lacking, titles
        self.missing.present(*missing_words(lacking, titles, tr))

    def present_papers(self, product: Product | None, tr: Translator) -> None:
        """Show what papers for the border lack; it stops no sale."""
        said = "" if product is None else papers_words(product, tr)
        self.papers.setText(said)
        self.papers.setVisible(bool(said))

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        self._hint.setText(tr("Values per piece as sold. Empty VAT means tax-free. Other empty fields mean unknown."))
        self.missing.present(*missing_words(self._lacking, self._titles, tr))


def papers_words(product: Product, tr: Translator) -> str:
    """What each paper lacks; empty if none lacks anything."""
    lacking = {paper: lacking_fields(paper, product) for paper in Paper}
    said = (
        labelled(tr, tr(PAPERS[paper]), tr(", ").join(name_of(LACKING_ON_PAPERS, name, tr) for name in fields))
        for paper, fields in lacking.items()
        if fields
    )
    return "\n".join((tr("Missing for customs papers:"), *lines) if (lines := tuple(said)) else ())


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
