"""Print options of labels: preview, paper, first position on the sheet, copies."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt, Signal

from pos.application.pricing.print_labels import LabelPicture
from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space
from pos.ui.pricing.labels.label_picture import PaperPicture, SheetMap
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import Aligned, Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.scrolled_fields import scroll_over

SHEETS = {"a4": (3, 8), "a4-44": (4, 11), "roll-40x30": (1, 1)}
"""Columns and rows of each paper, in the order offered."""

ONE, ON_HAND = "one", "on_hand"


class PrintPanel(Surface):
    """`paper_chosen`, `copies_chosen` and `started` carry the chosen options; `requested` starts printing."""

    paper_chosen = Signal(str)
    copies_chosen = Signal(str)
    started = Signal(int)
    requested = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        theme = session.theme
        self._paper, self._start, self._count, self._copies = "a4", 1, 0, ONE
        self._is_known = False
        self._translator = session.translator
        self._title = TextLabel(role=Role.TITLE)
        self.picture = PaperPicture(theme)
        self._paper_name = TextLabel(role=Role.LABEL)
        self.papers = Segmented(theme, "")
        self.papers.chosen.connect(self.paper_chosen)
        self._copies_name = TextLabel(role=Role.LABEL)
        self.copies = Segmented(theme, "")
        self.copies.chosen.connect(self.copies_chosen)
        self.sheet = SheetMap(theme)
        self.sheet.started.connect(self.started)
        self._figure = TextLabel(role=Role.SECTION, wrap=True)
        self._sheets = TextLabel(role=Role.STRONG, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        key = session.actions.key_text("print_labels")
        self.button = IconButton(theme, icon="printer", key=key, kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        self.button.clicked.connect(self.requested)
        self._lay_out()

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self._translator = tr
        self._title.setText(tr("As it will be printed"))
        self._paper_name.setText(tr("Label paper"))
        self.papers.setAccessibleName(tr("Label paper"))
        self.picture.say(tr("Choose a product: its label is shown here."))
        self._copies_name.setText(tr("Copies per product"))
        self.copies.setAccessibleName(tr("Copies per product"))
        self._show()

    def present(self, paper: str, start: int, count: int | None, copies: str) -> None:
        """Show the number of labels on this paper, from this position of the first sheet; None until it is known."""
        self._paper, self._start, self._count, self._copies = paper, start, count or 0, copies
        self._is_known = count is not None
        self._show()

    def show_label(self, picture: LabelPicture | None, name: str) -> None:
        """Show the selected label, of the goods `name`."""
        self.picture.present(picture)
        self.name_label(name)

    def name_label(self, name: str) -> None:
        """Set the accessible text of the preview."""
        self.picture.setAccessibleName(name)

    def _show(self) -> None:
        tr, language = self._translator, self._translator.language
        columns, rows = SHEETS[self._paper]
        positions = columns * rows
        sheets = -(-(self._start - 1 + self._count) // positions) if self._count else 0
        is_roll = positions == 1
        self.papers.present(
            [
                Segment("a4", "A4 · 24"),
                Segment("a4-44", "A4 · 44"),
                Segment("roll-40x30", tr("Roll")),
            ],
            self._paper,
        )
        self.copies.present(
            [Segment(ONE, tr("One per product")), Segment(ON_HAND, tr("One per piece in stock"))], self._copies
        )
        name = tr("First free position on the sheet: {n} of {all}", n=self._start, all=positions)
        self.sheet.present((columns, rows), self._start, self._count, name)
        self.sheet.setVisible(not is_roll)
        n = number_text(self._count, language)
        self._figure.setText(tr.plural("{n} label", "{n} labels", self._count, n=n) if self._is_known else "")
        pages = number_text(sheets, language)
        size = tr("of {wide} × {high} mm", wide=40, high=30)
        needed = tr.plural("{n} sheet", "{n} sheets", sheets, n=pages)
        self._sheets.setText(size if is_roll else needed if self._is_known else "")
        self._hint.setText("" if is_roll else tr("Partly used sheet: click the first free position."))
        text = tr.plural("Print {n} label", "Print {n} labels", self._count, n=n)
        self.button.present(text if self._count else tr("Print the labels"))
        self.button.setEnabled(self._count > 0)

    def _lay_out(self) -> None:
        beside = vbox(self._figure, self._sheets, self._hint, Stretch(), spacing=Space.XS)
        sheet = hbox(Aligned(self.sheet, Qt.AlignmentFlag.AlignTop), Stretched(beside), spacing=Space.M)
        scrolled = vbox(
            self._title,
            self.picture,
            Gap(Space.XS),
            self._paper_name,
            self.papers,
            self._copies_name,
            self.copies,
            Gap(Space.S),
            Stretched(sheet),
            spacing=Space.XS,
            margins=0,
        )
        scroll_over(scrolled, self.button, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.XS)
