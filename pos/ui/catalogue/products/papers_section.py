"""What papers for the border want of a product, and which of it each of them lacks."""

from __future__ import annotations

from pos.application.text.names import LACKING_ON_PAPERS, PAPERS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.catalogue.paper_needs import Paper, lacking_fields
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.product_fields import FormSection
from pos.ui.catalogue.products.section import FieldSection
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.text_label import Role, TextLabel


class PapersSection(FieldSection):
    """The fields, and beneath them what is missing for which paper: it stops no sale."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, FormSection.PAPERS)
        self._product: Product | None = None
        self.missing = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.body.addWidget(self.missing)
        self.body.addWidget(self._hint)
        self.body.addStretch(1)

    def present_product(self, product: Product | None, tr: Translator) -> None:
        """Show what the papers lack of a product on file; None for a new one."""
        self._product = product
        said = "" if product is None else missing_for_papers(product, tr)
        self.missing.setText(said)
        self.missing.setVisible(bool(said))

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        self._hint.setText(tr("For declarations and data sheets. Goods are sold without this data, too."))
        self.present_product(self._product, tr)


def missing_for_papers(product: Product, tr: Translator) -> str:
    """What each paper lacks, a line each; empty if none lacks anything."""
    lacking = {paper: lacking_fields(paper, product) for paper in Paper}
    return "\n".join(
        labelled(
            tr,
            tr("Missing for {paper}", paper=tr(PAPERS[paper])),
            tr(", ").join(name_of(LACKING_ON_PAPERS, name, tr) for name in fields),
        )
        for paper, fields in lacking.items()
        if fields
    )
