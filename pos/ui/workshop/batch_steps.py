"""What the page does with batches: plan, start, finish, cancel, and the labels of an output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from pos.application.text.formatting import number_text, pieces_text
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.batch_view import BatchView
from pos.application.workshop.end_batch import FinishDraft, GiveUpDraft
from pos.domain.errors import RuleBroken
from pos.domain.staff.staff import Person
from pos.domain.workshop.batch import FINISHED, GIVEN_UP, PLANNED, STARTED, NotEnoughInput
from pos.ui.look.sounds import Sound
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.workshop.asked_steps import AskedSteps
from pos.ui.workshop.batches_page import BatchesPage


class BatchSteps(AskedSteps):
    """Of the batch that is selected, or stands in a form. `labelled` carries the number of a batch that needs labels.

    `may_drop` asks whether what is typed in the forms may be dropped; the step given is that of the answer.
    """

    labelled = Signal(int)

    def __init__(
        self, session: Session, page: BatchesPage, may_drop: Callable[[str, Callable[[], None]], bool], parent: QObject
    ) -> None:
        super().__init__(session, parent)
        self._page, self._may_drop = page, may_drop
        page.plan.requested.connect(self._plan)
        page.plan.wrong.connect(self._wrong_plan)
        page.end.requested.connect(self._end)
        page.end.wrong.connect(self._wrong_end)
        page.end.changed.connect(self.forget)
        page.panel.labels.connect(self.labels)
        page.panel.given_up.connect(self.give_up)
        page.opened.connect(self._open)
        page.table.selectionModel().currentChanged.connect(lambda *_: self.forget())

    @property
    def _selected(self) -> BatchView | None:
        """The batch that a key concerns; None while it is not known, or a form is on show."""
        page = self._page
        return page.panel.view if page.side.currentWidget() is page.panel and not page.is_behind else None

    def go_on(self) -> None:
        """The next step: of the form on show, or of the selected batch."""
        page = self._page
        if page.side.currentWidget() is page.plan:
            page.plan.submit()
        elif page.side.currentWidget() is page.end:
            page.end.submit()
        elif (view := self._selected) is not None and view.batch.state == PLANNED:
            self._start(view)
        elif view is not None and view.batch.state == STARTED:
            self._begin_end(view, finishes=True)
        else:
            self.note()

    def _open(self) -> None:
        """Enter on a batch that runs opens the form of its end; the other steps have their keys."""
        view = self._selected
        if view is not None and view.batch.state == STARTED:
            self._begin_end(view, finishes=True)

    def _plan(self, draft: BatchDraft) -> None:
        page, step = self._page, self.session.shop.workshop.plan
        if page.sought.is_behind():  # the recipe of the goods that are scanned is not chosen yet
            return
        sent = page.plan.content

        def planned(view: BatchView) -> None:
            if page.plan.content == sent:  # else another one was typed meanwhile
                page.plan.empty()
                if self.session.is_awaited:
                    page.show_panel()
                    page.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._done(view, lambda tr: tr("{batch} planned.", batch=view.batch.document))

        self.do(draft, lambda person, key: step(person, replace(draft, key=key)), planned, page.plan.complain, "plan")

    def _start(self, view: BatchView) -> None:
        """The first press asks, the second one takes the goods. What stands in the way is said instead."""
        batch, step = view.batch, self.session.shop.workshop.start
        if view.obstacle is not None:
            self.session.sounds.play(Sound.REFUSE)
            self.session.report_foreseen(view.obstacle)
            self._page.read(batch.number)
            return
        key_text = self.session.actions.key_text("workshop_next")

        def asking() -> Notice:
            tr = self.translator
            goods = [
                f"{number_text(one.needed, tr.language)} × {one.product.name_in(tr.language)}" for one in view.inputs
            ]
            text = tr(
                "Start {batch}? It takes {goods}. This cannot be undone. Press {key} again to confirm.",
                batch=batch.document,
                goods=listed(tr, goods),
                key=key_text,
            )
            return Notice(Tone.NEARLY, text, action=tr("Start batch"), seconds=15)

        if not self.sure(("start", batch.number), asking, lambda: self._start(view)):
            return

        def started(done: BatchView) -> None:
            self._done(done, lambda tr: tr("{batch} started. Its inputs left stock.", batch=done.batch.document))

        self.do(("start", batch.number), lambda person, key: step(person, batch.number, key), started)

    def _begin_end(self, view: BatchView, *, finishes: bool) -> None:
        """Open the form; what is typed in it of another batch is asked about first."""
        self.forget()
        end = self._page.end
        is_its = end.view is not None and end.view.batch.number == view.batch.number and end.finishes == finishes
        if end.is_begun and not is_its:
            if not self._may_drop("end", lambda: self._begin_end(view, finishes=finishes)):
                return
            end.close_down()
        self._page.side.setCurrentWidget(end)
        if not end.is_begun:
            end.begin(view, finishes=finishes)

    def give_up(self) -> None:
        """Cancel the selected batch: one that took goods asks what becomes of them."""
        view = self._selected
        if view is None or view.batch.state == GIVEN_UP:
            self.note()
        elif view.batch.state == PLANNED:
            self._drop_plan(view)
        else:
            self._begin_end(view, finishes=False)

    def _drop_plan(self, view: BatchView) -> None:
        """A batch that was only planned took nothing: the first press asks, the second one cancels it."""
        batch = view.batch
        key_text = self.session.actions.key_text("workshop_give_up")

        def asking() -> Notice:
            tr = self.translator
            text = tr(
                "Cancel {batch}? Nothing was taken for it yet. Press {key} again to confirm.",
                batch=batch.document,
                key=key_text,
            )
            return Notice(Tone.NEARLY, text, action=tr("Cancel batch"), seconds=15)

        if self.sure(("cancel", batch.number), asking, lambda: self._drop_plan(view)):
            self._end_now(GiveUpDraft(batch.number))

    def _end(self, draft: FinishDraft | GiveUpDraft) -> None:
        """What stands in the form: the first press asks, the second one records it."""
        end = self._page.end
        if self._page.sought.is_behind():  # an input that is scanned is not chosen yet
            return
        key_text = self.session.actions.key_text("workshop_next")

        def asking() -> Notice:
            tr = self.translator
            action = tr("Finish batch") if isinstance(draft, FinishDraft) else tr("Cancel batch")
            return Notice(Tone.NEARLY, end.question(key_text, tr), action=action, seconds=30)

        if self.sure(("end", draft), asking, lambda: self._end(draft)):
            self._end_now(draft)

    def _end_now(self, draft: FinishDraft | GiveUpDraft) -> None:
        workshop, page, end = self.session.shop.workshop, self._page, self._page.end
        sent = end.content

        def call(person: Person, key: str) -> BatchView:
            if isinstance(draft, FinishDraft):
                return workshop.finish(person, replace(draft, key=key))
            return workshop.give_up(person, replace(draft, key=key))

        def ended(view: BatchView) -> None:
            if end.view is not None and end.view.batch.number == view.batch.number and end.content == sent:
                end.close_down()
                page.show_panel()
                if self.session.is_awaited:
                    page.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if view.batch.state == FINISHED:
                self._say_finished(view)
            else:
                self._done(view, lambda tr: tr("{batch} cancelled.", batch=view.batch.document))

        in_form = page.side.currentWidget() is end
        self.do(draft, call, ended, end.complain if in_form else None)

    def _say_finished(self, view: BatchView) -> None:
        """The output lies in stock: its labels are offered."""
        lot = "" if view.lot is None else view.lot.code

        def words(tr: Translator) -> str:
            made = pieces_text(view.batch.made or 0, tr)
            return tr("{batch} finished: {pieces} in lot {lot}.", batch=view.batch.document, pieces=made, lot=lot)

        self._done(view, words, lambda: self.labelled.emit(view.batch.number))

    def labels(self) -> None:
        """The labels of the output of the selected batch."""
        view = self._selected
        if view is not None and view.batch.state == FINISHED:
            self.labelled.emit(view.batch.number)
        else:
            self.note()

    def look_again(self, error: RuleBroken) -> None:
        """Where the batch of the form was ended elsewhere, the form goes."""
        page, view, read = self._page, self._page.end.view, self.session.shop.workshop.batches
        if view is None or page.side.currentWidget() is not page.end or isinstance(error, NotEnoughInput):
            page.read()
            return

        def seen(now: BatchView) -> None:
            if now.batch.state != view.batch.state and page.end.view is view:
                page.end.close_down()
                page.show_panel()
            page.read(now.batch.number)

        self.session.run_as(lambda person: read.show(person, view.batch.number), seen)

    def _wrong_plan(self, error: RuleBroken) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self._page.plan.complain(error)

    def _wrong_end(self, error: RuleBroken) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self._page.end.complain(error)

    def _done(
        self, view: BatchView, words: Callable[[Translator], str], labels: Callable[[], None] | None = None
    ) -> None:
        self.session.sounds.play(Sound.COMPLETE)
        if not self._page.has_room_for(view):  # else the next key would be for another one
            self._page.widen()
        self._page.read(view.batch.number)
        self.say(words, labels)
