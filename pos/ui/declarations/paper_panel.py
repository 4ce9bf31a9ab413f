"""The panel beside the preview: which paper, which goods, whose document, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.text.names import PAPERS
from pos.application.text.translator import Translator
from pos.application.text.typography import noted, paragraph
from pos.domain.declarations.declaration import Declaration
from pos.ui.declarations.declaration_controller import DeclarationController
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import Gap, Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.scrolled_fields import scroll_over

_DUTIABLE, _ALL = "dutiable", "all"
_MOST_SIDE_BY_SIDE = 6


class PaperPanel(Surface):
    """Shows the state of a DeclarationController and emits what is chosen."""

    paper_chosen = Signal(str)
    adult_chosen = Signal(str)
    goods_chosen = Signal(bool)
    document_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.PANEL)
        theme, key = session.theme, session.actions.key_text
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._about = TextLabel(role=Role.LABEL, wrap=True)
        self._papers_label, self._adults_label, self._goods_label = (
            TextLabel(role=Role.LABEL, wrap=True) for _ in range(3)
        )
        self.papers = Segmented(theme, "")
        self.adults = Segmented(theme, "")
        self.goods = Segmented(theme, "")
        self._number = TextLabel(role=Role.STRONG, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self._later = TextLabel(role=Role.LABEL, wrap=True)
        self.enter = IconButton(theme, icon="id-card", key=key("visitor"), height=Size.SMALL_BUTTON)
        self.save = IconButton(theme, icon="save", key=key("save_declaration"), height=Size.SMALL_BUTTON)
        self.print = IconButton(theme, icon="printer", key=key("print_declaration"), kind=ButtonKind.PRIMARY)
        for button in (self.enter, self.save, self.print):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.papers.chosen.connect(self.paper_chosen)
        self.adults.chosen.connect(self.adult_chosen)
        self.goods.chosen.connect(lambda chosen: self.goods_chosen.emit(chosen == _ALL))
        self.enter.clicked.connect(self.document_asked)
        self._lay_out()

    def retranslate(self, tr: Translator) -> None:
        """Name what does not depend on the paper."""
        self._title.setText(tr("Customs declaration"))
        self._papers_label.setText(tr("Paper of visitor"))
        self._adults_label.setText(tr("Adult who declares for visitors under 16"))
        self._goods_label.setText(tr("Goods on the paper"))
        for label, control in (
            (self._papers_label, self.papers), (self._adults_label, self.adults), (self._goods_label, self.goods)
        ):  # fmt: skip
            control.setAccessibleName(label.text())
        self.enter.present(tr("Enter a document"))
        self.save.present(tr("Save with a blank number"))
        self.print.present(tr("Print"))

    def present(self, controller: DeclarationController, tr: Translator) -> None:
        """Show what is chosen, and what can be."""
        paper, made = controller.paper, controller.made
        kind = "" if made is None else tr(PAPERS[made.paper])
        self._about.setText("\n".join(part for part in (controller.receipt, kind) if part))
        labels = [one.adult.label for one in controller.papers]
        self._offer(self._papers_label, self.papers, labels, "" if paper is None else paper.adult.label)
        adults = controller.adults if len(controller.adults) > 1 else ()
        self._offer(self._adults_label, self.adults, adults, controller.adult or "")
        is_whole = paper is not None and paper.sale.is_whole
        self._goods_label.setVisible(is_whole)
        self.goods.setVisible(is_whole)
        segments = (Segment(_DUTIABLE, tr("Dutiable only")), Segment(_ALL, tr("All")))
        self.goods.present(segments, _ALL if controller.with_free else _DUTIABLE)
        self._number.setText("" if paper is None else _number_text(controller, tr))
        self._hint.setText("" if paper is None else _hint_text(controller, paper, tr))
        later = "" if paper is None else paper.later
        said = tr("More was bought later, by receipt {receipt}: its paper has all goods.", receipt=later)
        self._later.setText(said if later else "")
        for label in (self._number, self._hint, self._later):
            label.setVisible(bool(label.text()))
        self.enter.setVisible(made is not None)
        for button in (self.save, self.print):
            button.setEnabled(paper is not None)

    @staticmethod
    def _offer(label: QWidget, control: Segmented, labels: Sequence[str], chosen: str) -> None:
        is_choice = len(labels) > 1 or bool(labels and not chosen)
        control.present([Segment(one, one[:4]) for one in labels[:_MOST_SIDE_BY_SIDE]], chosen)
        label.setVisible(is_choice)
        control.setVisible(is_choice)

    def _lay_out(self) -> None:
        column = vbox(
            self._title,
            self._about,
            Gap(Space.S),
            self._papers_label,
            self.papers,
            self._adults_label,
            self.adults,
            self._goods_label,
            self.goods,
            Gap(Space.S),
            self._number,
            self._hint,
            self.enter,
            self._later,
            Stretch(),
            spacing=Space.S,
            margins=0,
        )
        foot = QWidget()
        vbox(self.save, self.print, spacing=Space.S, margins=0, parent=foot)
        around = column.contentsMargins()
        around.setLeft(Space.L)
        around.setTop(Space.M)
        around.setRight(Space.L)
        around.setBottom(Space.M)
        scroll_over(column, foot, around, self, Space.S)


def _number_text(controller: DeclarationController, tr: Translator) -> str:
    document = controller.document
    if document is None:
        return tr("Document number and name: blank lines")
    return noted(tr, tr("Filled in from the document at hand"), document.masked)


def _hint_text(controller: DeclarationController, paper: Declaration, tr: Translator) -> str:
    """Whose document fills in the lines, and that an age is not known here."""
    label = paper.adult.label[:4]
    said = [
        tr("Scan the document of visitor {label} to fill them in. It goes to the printer and is not kept.", label=label)
        if controller.document is None
        else ""
    ]
    if _has_unknown_age(controller):
        said.append(tr("Ages are not kept: scan the documents of visitors under 16, and an adult declares for them."))
    return paragraph(tr, said)


def _has_unknown_age(controller: DeclarationController) -> bool:
    made = controller.made
    return made is not None and any(
        visitor.birth_date is None and visitor.born_from is None
        for visitor in made.visitors
        if visitor.label in made.shares
    )
