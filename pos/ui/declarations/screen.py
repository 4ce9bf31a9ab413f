"""The preview of a customs declaration: choose, fill in from the document at hand, print, or save with blank lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.text.translator import Translator
from pos.domain.declarations.declaration import Declaration
from pos.domain.errors import BadInput
from pos.domain.visitors.document import BadDocument, Document, read_scanned, read_typed
from pos.domain.visitors.visitor import Visitor
from pos.ui.declarations.declaration_controller import DeclarationController
from pos.ui.declarations.paper_pages import PaperPages
from pos.ui.declarations.paper_panel import PaperPanel
from pos.ui.input.actions import CHECKOUT, DECLARATION
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.notices.notice_factory import News
from pos.ui.page.screen import Screen
from pos.ui.sales.party.visitor_form import VisitorForm
from pos.ui.session.session import Session
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.tone import Tone

_SECONDS = 12
_PANEL = 400


class DeclarationScreen(Screen):
    """Left the pages as they will be printed, right what can be chosen. Everything is forgotten when it is left."""

    screen_id = DECLARATION
    rail = CHECKOUT
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._came_from = ""
        self.controller = DeclarationController(session, self)
        self.news = News(session.theme, session.translator)
        self.pages = PaperPages(session.theme)
        self.panel = PaperPanel(session)
        self.form = VisitorForm(session.theme, lambda: session.today)
        self._empty = EmptyState(session.theme)
        self._area = SeeThrough(self.pages)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown = QStackedWidget()
        self._side = QStackedWidget()
        self.key_handlers = {
            "print_declaration": self.print_paper,
            "save_declaration": self.save_paper,
            "declared_goods": self._other_goods,
            "declaring_adult": self._next_adult,
            "next_declaration": self._next_paper,
            "visitor": self.ask_document,
            "back": self._back,
        }
        self._lay_out()
        self._connect()
        self.retranslate(session.translator)

    # ── the window's calls ───────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        for part in (self.news, self.panel, self.form):
            part.retranslate(tr)
        self._present()

    def entered(self) -> None:
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """The number, the name and the drawn page go with the page."""
        self.news.clear()
        self._leave_form()
        self.controller.clear()

    def show_of(self, receipt: str, known: Sequence[Visitor] = ()) -> None:
        """Another page asks for the papers of a receipt: show them, and lead back there."""
        came_from = self.session.screen_id
        self.session.go(DECLARATION)
        if self.session.screen_id != DECLARATION:
            return
        self._came_from = came_from if came_from != DECLARATION else self._came_from
        self.controller.open(receipt, known)

    def document_scanned(self, text: str) -> None:
        try:
            document = read_scanned(text, self.session.today)
        except BadInput as error:
            self._refuse(error)
            return
        self._take(document)

    def scanned(self, text: str) -> None:
        """A person's number from the back of a card; anything else has no meaning here."""
        code = text.strip()
        if len(code) == 12 and code.isdecimal():
            self.document_scanned(code)
        else:
            self._say(lambda tr: tr("This page scans documents. Scan goods at the checkout."))

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def print_paper(self) -> None:
        """Print the paper on show."""
        if self.controller.paper is None or not self.controller.pictures:
            self.session.sounds.play(Sound.NOTE)
        else:
            self.controller.print_paper()

    def save_paper(self) -> None:
        """Save the paper on show with blank lines for number and name."""
        if self.controller.paper is None:
            self.session.sounds.play(Sound.NOTE)
        else:
            self.controller.save_paper()

    def ask_document(self) -> None:
        """Open the form for a document that no scanner reads; one that is being typed stays."""
        if self.controller.made is None:
            self.session.sounds.play(Sound.NOTE)
        elif self._side.currentWidget() is self.form and self.form.is_begun:
            self.form.ask_to_finish()
        else:
            self._side.setCurrentWidget(self.form)
            self.form.open(alone=False)

    def _typed(self, kind: str, number: str, country: str, born: str) -> None:
        try:
            document = read_typed(kind, number, country, born or None, self.session.today)
        except BadDocument as error:
            self.session.sounds.play(Sound.UNREAD)
            self.form.show_error(partial(self.session.wording, error), error.field)
            return
        self._take(document)

    def _take(self, document: Document) -> None:
        self.session.sounds.play(Sound.ACCEPT)
        self.news.clear()
        self._leave_form()
        self.controller.take(document)

    def _other_goods(self) -> None:
        paper = self.controller.paper
        if paper is not None and paper.sale.is_whole:
            self.controller.list_free(with_free=not self.controller.with_free)
        else:
            self.session.sounds.play(Sound.NOTE)

    def _next_adult(self) -> None:
        self._next(self.controller.adults, self.controller.adult, self.controller.choose_adult)

    def _next_paper(self) -> None:
        paper = self.controller.paper
        labels = [one.adult.label for one in self.controller.papers]
        self._next(labels, None if paper is None else paper.adult.label, self.controller.choose)

    def _next(self, labels: Sequence[str], chosen: str | None, choose: Callable[[str], None]) -> None:
        if len(labels) < 2:
            self.session.sounds.play(Sound.NOTE)
            return
        place = labels.index(chosen) + 1 if chosen in labels else 0
        choose(labels[place % len(labels)])

    def _back(self) -> None:
        """Close the form, then the notice; then go back where the paper was asked for."""
        if self._side.currentWidget() is self.form:
            self._leave_form()
        elif self.news.notice is not None:
            self.news.clear()
        else:
            self.session.go(self._came_from or CHECKOUT)

    def _leave_form(self) -> None:
        if self._side.currentWidget() is self.form:
            self.form.open(alone=False)  # nothing of a half-typed number stays
            self._side.setCurrentWidget(self.panel)
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────

    def _printed(self, paper: Declaration) -> None:
        receipt = paper.sale.receipt
        self.news.notify(
            "declaration.done",
            lambda tr: Notice(
                Tone.WITHIN, tr("Customs declaration of {receipt} sent to the printer.", receipt=receipt), "printer",
                seconds=_SECONDS,
            ),
        )  # fmt: skip

    def _saved(self, file: Path) -> None:
        self.news.notify(
            "declaration.done",
            lambda tr: Notice(
                Tone.WITHIN, tr("Saved with blank lines: {file}", file=str(file)), "save", seconds=_SECONDS
            ),
        )

    def _refuse(self, error: Exception) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.news.notify(
            "declaration.said", lambda _tr: Notice(Tone.NEARLY, self.session.wording(error), seconds=_SECONDS)
        )

    def _say(self, text: Callable[[Translator], str]) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.news.notify("declaration.said", lambda tr: Notice(Tone.NEARLY, text(tr), seconds=_SECONDS))

    def _present(self) -> None:
        controller, tr = self.controller, self.translator
        self.panel.present(controller, tr)
        self.pages.present(controller.pictures)
        for part in (self.pages, self._area):
            part.setAccessibleName(tr("Pages as they will be printed: {n}", n=len(controller.pictures)))
        error = controller.error
        self._shown.setCurrentWidget(self._area if error is None else self._empty)
        if error is not None:
            title = tr("Who declares?") if controller.asks_adult else tr("No declaration")
            self._empty.present("file-text", title, self.session.wording(error))

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self._shown.addWidget(self._area)
        self._shown.addWidget(self._empty)
        self._side.addWidget(self.panel)
        self._side.addWidget(self.form)
        cards = vbox(self.news, margins=(Space.L, Space.XS, Space.L, 0))
        main = vbox(cards, Stretched(self._shown), spacing=0, margins=0)
        vbox(MainAndSide(main, self._side, widest=_PANEL, share=55), spacing=0, margins=0, parent=self)

    def _connect(self) -> None:
        controller, panel = self.controller, self.panel
        controller.changed.connect(self._present)
        controller.refused.connect(self._refuse)
        controller.printed.connect(self._printed)
        controller.saved.connect(self._saved)
        panel.paper_chosen.connect(controller.choose)
        panel.adult_chosen.connect(controller.choose_adult)
        panel.goods_chosen.connect(lambda with_free: controller.list_free(with_free=with_free))
        panel.document_asked.connect(self.ask_document)
        panel.print.clicked.connect(self.print_paper)
        panel.save.clicked.connect(self.save_paper)
        finishing = self.session.finishing
        self.form.counts, self.form.answers = finishing.counts, finishing.answers
        self.form.typed.connect(self._typed)
        self.form.asked.connect(finishing.turned)
        self.form.left.connect(self._leave_form)
