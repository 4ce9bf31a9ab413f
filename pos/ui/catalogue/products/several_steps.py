"""Marking products and changing them in one step: what the keys and buttons of the catalogue do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from pos.application.catalogue.change_several import SeveralChanged, SeveralPreview, SeveralRequest
from pos.application.text.formatting import number_text
from pos.application.text.names import PRODUCT_FIELDS, name_of
from pos.domain.catalogue.category import UnknownCategory
from pos.domain.errors import BadField, MovedMeanwhile, RuleBroken
from pos.domain.staff.staff import Person
from pos.ui.catalogue.products.catalogue_side import CatalogueSide
from pos.ui.catalogue.products.several_panel import SeveralPanel
from pos.ui.look.sounds import Sound
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_PAUSE_MS = 200
_SECONDS = 30
_HINT_SECONDS = 8


class SeveralSteps(QObject):
    """`shows` puts the panel in the place of the form, or the form back; `moved` reads list and form again. `left`: the
    person has closed the panel.

    When another person signs in, the marks are cleared. The last change can be undone until then, or until the
    next change.
    """

    left = Signal()

    def __init__(
        self,
        session: Session,
        side: CatalogueSide,
        panel: SeveralPanel,
        shows: Callable[[bool], None],
        moved: Callable[[], None],
    ) -> None:
        super().__init__(side)
        self._session, self._side, self._panel = session, side, panel
        self._shows, self._moved = shows, moved
        self.is_open = False
        self._person = session.person
        self._question = 0
        self._seen: tuple[SeveralRequest, SeveralPreview] | None = None
        self._done: SeveralChanged | None = None
        self._is_busy = self._is_finding = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE_MS)
        self._wait.timeout.connect(self.ask)
        panel.changed.connect(self._changed)
        panel.submitted.connect(self.record)
        panel.closed.connect(self.leave)
        side.marks.changed.connect(self._marks_changed)
        side.mark_button.clicked.connect(self.mark_all)
        session.person_changed.connect(self._person_changed)

    # ── marks ────────────────────────────────────────────────────────────────────────────────────────────────

    def mark_all(self) -> None:
        """Mark all that the search and its filters show; once more: take these marks away."""
        asked, marks = self._side.asked, self._side.marks
        if self._is_finding:
            return
        if self._side.all_found is not None and self._side.is_all_marked:
            marks.remove(self._side.all_found[1])
            return
        step, whose = self._session.shop.change_several, self._person
        self._is_finding = True

        def found(ids: tuple[int, ...]) -> None:
            self._is_finding = False
            if self._is_still(whose):
                self._side.all_found = asked, ids
                marks.add(ids)
                self._session.sounds.play(Sound.ACCEPT)

        def failed(error: Exception) -> None:
            self._is_finding = False
            self._session.sounds.play(Sound.REFUSE)
            self._session.report_foreseen(error)

        self._session.run_as(lambda person: step.found(person, *asked), found, failed)

    # ── the panel ────────────────────────────────────────────────────────────────────────────────────────────

    def open(self) -> None:
        """Show the panel for the marked products."""
        if not len(self._side.marks):
            self._session.sounds.play(Sound.UNKNOWN)
            self._session.notify("product.none_marked", self._none_marked)
            return
        if not self.is_open:
            self.is_open = True
            self._panel.clear()
            self._session.run_as(self._session.shop.browse.suppliers, self._panel.offer_suppliers)
            self._shows(True)
        self._session.withdraw("product.none_marked")
        self._panel.present(len(self._side.marks), None)
        self._panel.begin()
        self.ask()

    def leave(self) -> None:
        """Close the panel by hand; the marks stay."""
        if self.is_open:
            self.close()
            self.left.emit()

    def close(self) -> None:
        """Put the form back in the place of the panel."""
        if self.is_open:
            self.is_open = False
            self._wait.stop()
            self._question += 1
            self._seen = None
            self._shows(False)

    def ask(self) -> None:
        """Ask what would change."""
        self._wait.stop()
        self._question += 1
        question, step, marks = self._question, self._session.shop.change_several, self._side.marks
        self._seen = None
        try:
            request = SeveralRequest(marks.ids, self._panel.read())
        except BadField as error:
            self._panel.present(len(marks), None)
            self._complain(error)
            return
        if not request.values:
            self._panel.present(len(marks), None)
            return

        def shown(preview: SeveralPreview) -> None:
            if question == self._question:
                self._seen = request, preview
                self._panel.present(len(request.products), preview)

        def failed(error: Exception) -> None:
            if question == self._question:
                self._panel.present(len(request.products), None)
                self._refuse(error)

        self._session.run_as(lambda person: step.preview(person, request), shown, failed)

    def record(self) -> None:
        """Change the products as it is on show."""
        if self._wait.isActive():
            self.ask()
            return
        if self._is_busy or self._seen is None or not self._seen[1].products:
            return
        (request, preview), step, whose = self._seen, self._session.shop.change_several, self._person
        self._is_busy = True

        def done(made: SeveralChanged) -> None:
            self._is_busy = False
            if not self._is_still(whose):
                self._moved()
                return
            self._session.sounds.play(Sound.ACCEPT)
            self._done = made
            self._say_done(made)
            self.close()
            self._side.marks.remove(request.products)
            self._side.table.setFocus(Qt.FocusReason.OtherFocusReason)  # a search field would undo its own words
            self._moved()

        def failed(error: Exception) -> None:
            self._is_busy = False
            if isinstance(error, MovedMeanwhile):
                self.ask()  # what would change by now
            self._refuse(error)

        self._session.run_as(lambda person: step(person, request, preview), done, failed)

    def undo(self) -> None:
        """Take the last change back, as long as nothing of it has moved."""
        made, step, whose = self._done, self._session.shop.change_several, self._person
        if made is None or self._is_busy:
            return
        self._is_busy = True

        def done(n: int) -> None:
            self._is_busy = False
            self._done = None
            self._moved()
            if not self._is_still(whose):
                return
            self._session.sounds.play(Sound.ACCEPT)
            self._side.marks.add(one.id for one in made.changes)

            def news() -> Notice:
                tr = self._session.translator
                text = tr.plural(
                    "{n} product is as before.", "{n} products are as before.", n, n=number_text(n, tr.language)
                )
                return Notice(Tone.WITHIN, text, "corner-up-left", seconds=_HINT_SECONDS)

            self._session.notify("product.several", news)

        def failed(error: Exception) -> None:
            self._is_busy = False
            if isinstance(error, RuleBroken):
                self._done = None  # it does not come back to what it was
            self._session.sounds.play(Sound.REFUSE)
            self._session.report_foreseen(error)

        self._session.run_as(lambda person: step.undo(person, made), done, failed)

    # ── private ──────────────────────────────────────────────────────────────────────────────────────────────

    def _changed(self) -> None:
        self._seen = None
        self._panel.present(len(self._side.marks), None)
        self._wait.start()

    def _marks_changed(self) -> None:
        if self.is_open:
            self._changed()

    def _none_marked(self) -> Notice:
        key = self._session.actions.key_text("mark_product")
        text = self._session.translator("Mark products first: tap the box of a row, or press {key}.", key=key)
        return Notice(Tone.INFO, text, seconds=_HINT_SECONDS)

    def _is_still(self, whose: Person | None) -> bool:
        """Whether no other person has come since a step was begun."""
        return whose is None or (self._person is not None and self._person.name == whose.name)

    def _person_changed(self, person: Person | None) -> None:
        if person is None:
            return
        if self._person is not None and self._person.name != person.name:
            self._done = self._side.all_found = None
            self.close()
            self._side.marks.clear()
        self._person = person

    def _say_done(self, made: SeveralChanged) -> None:
        n = len(made.changes)

        def news() -> Notice:
            tr = self._session.translator
            text = tr.plural("{n} product changed.", "{n} products changed.", n, n=number_text(n, tr.language))
            return Notice(
                Tone.WITHIN, text, "check", tr("Undo"), self._session.actions.key_text("undo"), seconds=_SECONDS
            )

        self._session.notify("product.several", news, self.undo, holds=lambda: self._done is made)

    def _refuse(self, error: Exception) -> None:
        self._session.sounds.play(Sound.REFUSE)
        if isinstance(error, BadField | UnknownCategory):
            self._complain(error)
        else:
            self._session.report_foreseen(error)

    def _complain(self, error: BadField | UnknownCategory) -> None:
        def words() -> str:
            named = name_of(PRODUCT_FIELDS, error.field, self._session.translator)
            return self._session.wording(replace(error, field=named) if isinstance(error, BadField) else error)

        if not self._panel.complain(error.field, words):
            self._session.report_foreseen(error)
