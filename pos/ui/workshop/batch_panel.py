"""The selected batch: its recipe, its inputs by lot, what it costs, what came out of it, and its next step."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Signal

from pos.application.text.formatting import date_text, number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.application.workshop.batch_view import BatchView
from pos.domain.workshop.batch import FINISHED, GIVEN_UP, PLANNED, STARTED
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.verdict_line import VerdictLine
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.workshop.batch_words import (
    cost_facts,
    history_facts,
    loss_facts,
    needs_facts,
    obstacle_text,
    output_facts,
    state_text,
    taken_facts,
)
from pos.ui.workshop.fact_list import FactList


class BatchPanel(Surface):
    """`go_on` asks for the next step, `given_up` to give the batch up, `labels` for the labels of its output, `begun`
    for a new batch.
    """

    go_on = Signal()
    given_up = Signal()
    labels = Signal()
    begun = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        theme, key = session.theme, session.actions.key_text
        self.view: BatchView | None = None
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._about = TextLabel(role=Role.LABEL, wrap=True)
        self._note = TextLabel(wrap=True)
        self.verdict = VerdictLine(theme)
        self.inputs, self.output, self.costs = FactList(), FactList(), FactList()
        self.losses, self.history = FactList(), FactList()
        self.button = IconButton(
            theme, icon="check", key=key("workshop_next"), kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.give_up = IconButton(theme, icon="circle-x", key=key("workshop_give_up"), height=Size.SMALL_BUTTON)
        self.print = IconButton(theme, icon="printer", key=key("workshop_labels"), height=Size.SMALL_BUTTON)
        self.new = IconButton(theme, icon="plus", key=key("workshop_new"), height=Size.SMALL_BUTTON)
        self.button.clicked.connect(self.go_on)
        self.give_up.clicked.connect(self.given_up)
        self.print.clicked.connect(self.labels)
        self.new.clicked.connect(self.begun)
        steps = Flow(self.new, self.print, self.give_up, spacing=Space.XS)
        facts = (self.output, self.inputs, self.costs, self.losses, self.history)
        words = (self._title, self._about, self.verdict, steps, self._note)
        scrolled = vbox(*words, *facts, Stretch(), spacing=Space.S, margins=0)
        scroll_over(scrolled, self.button, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.S)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.give_up.present(tr("Cancel batch"))
        self.print.present(tr("Labels"))
        self.new.present(tr("New batch"))
        self.present(self.view)

    def present(self, view: BatchView | None, *, is_known: bool = False) -> None:
        """Show a batch; None: none is selected, which is said once it `is_known`."""
        tr, settings = self._session.translator, self._session.settings
        self.view = view
        state = "" if view is None else view.batch.state
        self.button.setVisible(state in (PLANNED, STARTED))
        self.give_up.setVisible(state not in ("", GIVEN_UP))
        self.print.setVisible(state == FINISHED)
        if view is None:
            self._title.setText(tr("No batch selected") if is_known else "")
            self._about.setText(tr("Select a batch, or plan a new one.") if is_known else "")
            self._note.hide()
            self.verdict.present("", "")
            for facts in (self.inputs, self.output, self.costs, self.losses, self.history):
                facts.present("", ())
            return
        batch = view.batch
        name, recipe = view.product.name_in(tr.language), view.recipe.name
        self._title.setText(name)
        pieces = tr("{n} planned", n=number_text(batch.planned, tr.language))
        day = date_text(batch.day, tr.language)
        self._about.setText(
            strung(tr, (batch.document, "" if recipe == name else recipe, state_text(batch, tr), pieces, day))
        )
        self._note.setText(batch.note)
        self._note.setVisible(bool(batch.note))
        self._say_verdict(view, tr)
        self.output.present(tr("Output"), output_facts(view, tr))
        needs = needs_facts(view.inputs, tr) if state == PLANNED else taken_facts(view, settings, tr)
        self.inputs.present(tr("Inputs"), needs)
        self.costs.present(tr("Cost"), cost_facts(view, settings, tr))
        self.losses.present(tr("Losses"), loss_facts(view, settings, tr))
        self.history.present(tr("History"), history_facts(view, settings, self._session.names, tr))
        self.button.present(tr("Start batch") if state == PLANNED else tr("Finish batch"))

    def _say_verdict(self, view: BatchView, tr: Translator) -> None:
        state = view.batch.state
        if state == PLANNED and view.can_start:
            self.verdict.present(tr("All inputs are there today"), tr("Starting takes them from stock."), Tone.WITHIN)
        elif state == PLANNED:
            self.verdict.present(*obstacle_text(view, tr))
        elif state == STARTED:
            self.verdict.present(tr("In process"), tr("Finish it with what was really made."), Tone.NEARLY)
        else:
            self.verdict.present("", "")
