"""The right side of the checkout: one visitor with their gauges, or a party in cards; what is asked; the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.application.quota.quota_advice import QuotaAdvice
from pos.application.sales.checkout_view import CheckoutView, LineView, VisitorView
from pos.application.text.border_words import EXAMPLE_RULES, are_example, destination_text
from pos.application.text.translator import Translator
from pos.domain.border import border_in_force
from pos.domain.quota.assess import Assessment
from pos.domain.quota.evaluation import Evaluation
from pos.domain.quota.rule import Verdict
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Space, Theme
from pos.ui.quota.party_words import VerdictAction, names_in, party_verdict, proposal_of
from pos.ui.quota.quota_words import gauge_view, no_parcel_texts, no_rules_texts, shown_rules
from pos.ui.quota.verdict_words import verdict_view
from pos.ui.sales.parcel.parcel_card import ParcelCard
from pos.ui.sales.party.entries_question import EntriesQuestion
from pos.ui.sales.party.gauge_stack import GaugeStack
from pos.ui.sales.party.party_list import PartyHeading, PartyList
from pos.ui.sales.party.visitor_card import VisitorCard
from pos.ui.widgets.buttons.tool_button import ToolButton
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.quota_gauge import Density, QuotaGauge
from pos.ui.widgets.cards.verdict_card import VerdictCard, VerdictView
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import Packed
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields

_MOST_ROOMY = 3
_FEW = 4


class VisitorPanel(Surface):
    """Presents a CheckoutView's visitors and quota; only gauges that differ are repainted.

    `asked` wants a document, `leaves` another side, `chosen` the label of a visitor, `requested` a thing asked
    for a label (`elsewhere`, `left`, `history`, `dismiss`), `entries_answered` a label and days, `proposed` what the
    verdict proposes.
    """

    asked = Signal()
    leaves = Signal(str)
    chosen = Signal(str)
    requested = Signal(str, str)
    entries_answered = Signal(str, object)
    proposed = Signal(str)

    def __init__(self, theme: Theme, actions: Actions, clock: Callable[[], float], zone: Callable[[], tzinfo]) -> None:
        """`clock` is the clock of taps, `zone` that of the shop."""
        super().__init__(Ground.PANEL)
        self._theme = theme
        self._actions = actions
        self._proposal = VerdictAction.NONE
        self._label = ""
        self._shown: tuple[CheckoutView | None, QuotaAdvice | None, Translator, str] = (
            None,
            None,
            Translator.english(),
            "",
        )
        self._rules = ""
        self._card = VisitorCard(theme, actions.key_text("visitor"), actions.key_text("visitor_history"), zone)
        self._heading = TextLabel(role=Role.LABEL, wrap=True)
        self._elsewhere = ToolButton(theme, "shopping-bag")
        self._left = ToolButton(theme, "log-out")
        self.parcel = ParcelCard(theme)
        """How the goods are sent; hidden while they are carried. Who presents it owns what it says."""
        self._gauges = GaugeStack(theme)
        self._party_heading = PartyHeading(theme, actions)
        self._party = PartyList(theme, self._key_of, zone)
        self._question = EntriesQuestion(theme, clock)
        self._verdict = VerdictCard(theme, clock=clock)
        self.example = TextLabel(role=Role.STRONG, wrap=True)
        self.example.set_tone(Tone.NEARLY)
        self.example.setContentsMargins(0, 0, 0, Space.XS)
        self._foot = TextLabel(role=Role.LABEL, wrap=True)
        self._foot.setContentsMargins(0, Space.S, 0, 0)
        self._no_visitor = EmptyState(theme)
        self._one = QWidget()
        self._lay_out()
        self._connect()

    @property
    def verdict(self) -> VerdictCard:
        """The verdict's card."""
        return self._verdict

    @property
    def card(self) -> VisitorCard:
        """The card of the one visitor."""
        return self._card

    @property
    def party(self) -> PartyList:
        """The cards of several visitors."""
        return self._party

    @property
    def heading(self) -> PartyHeading:
        """The heading over them."""
        return self._party_heading

    @property
    def question(self) -> EntriesQuestion:
        """The question about days of entry."""
        return self._question

    def tool(self, name: str) -> ToolButton:
        """The small button `elsewhere` or `left` of the one visitor."""
        return {"elsewhere": self._elsewhere, "left": self._left}[name]

    def gauges(self) -> list[QuotaGauge]:
        """The gauges of the one visitor on show."""
        return self._gauges.gauges()

    def present(self, view: CheckoutView | None, advice: QuotaAdvice | None, tr: Translator, rules: str = "") -> None:
        """Show the visitors and the quota of `view`, and the counsel for it once it is there.

        `rules` names the regime that the settings want for the side of `view`.
        """
        self._shown = (view, advice, tr, rules)
        self._rules = rules
        visitors = view.visitors if view is not None else ()
        several = len(visitors) > 1
        self._one.setVisible(not several)
        for part in (self._party_heading, self._party):
            part.setVisible(several)
        judged = view is not None and bool(view.quota)
        self._verdict.setVisible(judged)
        self._present_example(view, tr)
        self._no_visitor.setVisible(not judged and not several)
        self._ask_entries(view, tr)
        if view is None or not visitors:
            self._label = ""
            self._card.present(None, view.destination if view is not None else None, tr)
            self._present_tools(None, tr)
            self._present_no_visitor(view, tr)
        elif several:
            self._present_party(view, advice, tr)
        else:
            self._present_one(view, visitors[0], advice, tr)

    def _present_example(self, view: CheckoutView | None, tr: Translator) -> None:
        """Say of rules that are no law what they are."""
        regimes = () if view is None else [one.regime for one in view.quota.values()]
        self.example.setText(tr(EXAMPLE_RULES))
        self.example.setVisible(any(map(are_example, regimes)))

    def _present_party(self, view: CheckoutView, advice: QuotaAdvice | None, tr: Translator) -> None:
        if not view.quota:
            self._present_no_visitor(view, tr)
            self._no_visitor.setVisible(view.destination is not None)
        self._foot.hide()
        self._gauges.hide()
        self._party_heading.present(view, tr)
        self._proposal = proposal_of(view, advice)
        keys = (self._actions.key_text("advice"), self._actions.key_text("split"))
        if view.quota:
            self._present_verdict(party_verdict(view, advice, tr, keys))
        self._party.present(view, tr)

    def _present_one(
        self, view: CheckoutView, visitor: VisitorView, advice: QuotaAdvice | None, tr: Translator
    ) -> None:
        self._label = visitor.visitor.label
        self._proposal = VerdictAction.LEAVE
        self._card.present(visitor, view.destination, tr)
        self._present_tools(visitor, tr)
        assessment = view.shown.get(self._label)
        if assessment is None:
            self._present_no_visitor(view, tr)
            return
        carried = [row for row in view.lines if row.line.carrier == self._label]
        judgement = advice.judged.get(self._label) if advice is not None else None
        self._gauges.show()
        kept = advice is None or advice.kept
        self._present_quota(view, assessment, judgement, carried, tr, kept=kept)

    def _present_no_visitor(self, view: CheckoutView | None, tr: Translator) -> None:
        self._heading.hide()
        self._foot.hide()
        self._gauges.hide()
        if view is not None and view.visitors and view.destination is not None:
            texts = no_rules_texts(self._rules, tr) if view.parcel is None else no_parcel_texts(tr)
            self._no_visitor.present("circle-question-mark", *texts)
            return
        if view is not None and view.visitors:
            self._no_visitor.present("navigation", tr("Destination?"), tr("Choose the visitor's destination."))
            return
        self._no_visitor.present(
            "scan-line",
            tr("No visitor yet"),
            tr("Scan a passport or identity card to see the remaining allowance before payment."),
        )

    def _present_tools(self, visitor: VisitorView | None, tr: Translator) -> None:
        self._elsewhere.present(tr("Bought elsewhere"), self._key_of("elsewhere"))
        self._left.present(tr("Has left"), self._key_of("left"))
        self._elsewhere.setVisible(visitor is not None)
        self._left.setVisible(visitor is not None and visitor.pending)

    def _present_quota(
        self,
        view: CheckoutView,
        assessment: Assessment,
        judgement: Evaluation | None,
        lines: list[LineView],
        tr: Translator,
        *,
        kept: bool,
    ) -> None:
        regime = assessment.regime
        side = destination_text(regime.destination, tr) if regime.destination in border_in_force().sides else ""
        named = "" if regime.parcels else f" · {side or regime.title_in(tr.language)}"  # the parcel's card says it
        self._heading.setText(f"{tr('Allowance')}{named}")
        shown = [gauge_view(result, regime, tr) for result in shown_rules(assessment)]
        over = assessment.verdict > Verdict.UNKNOWN  # its card is higher
        self._gauges.present(shown, _density(len(shown), over))
        key = self._actions.key_text("advice")
        self._present_verdict(verdict_view(view, assessment, judgement, lines, tr, key, kept=kept))
        self._foot.setText(tr("Earlier = counted before this sale"))
        self._heading.setVisible(self._left.isHidden())  # three things do not fit one line
        self._foot.setVisible(len(shown) <= _MOST_ROOMY and not over and self._question.isHidden())

    def _present_verdict(self, verdict: VerdictView) -> None:
        """While days of entry are asked for there is less room, and the verdict waits for the answer, as it says."""
        if not self._question.isHidden():
            verdict = replace(verdict, notes=verdict.notes[-1:])
        if self._question.is_open:
            verdict = replace(verdict, advice="", action="", action_key="", unsettled=False)
        self._verdict.present(verdict)

    def _ask_entries(self, view: CheckoutView | None, tr: Translator) -> None:
        visitor = None if view is None else _who_is_asked(view)
        today = None if view is None or visitor is None else _today_of(view, visitor)
        if view is None or visitor is None or today is None:
            self._question.leave()
            return
        person = visitor.visitor
        name = f"{person.label} · {names_in(view)[person.label]}" if len(view.visitors) > 1 else ""
        self._question.present(person.label, name, today, person.entries, tr)

    def offer_history(self, offered: bool) -> None:
        """Whether the person at the till may see what is on file of a visitor."""
        self._card.offer_history(offered)
        self._party.offer_history(offered)

    def _key_of(self, name: str) -> str:
        name = "visitor_history" if name == "history" else name
        return self._actions.key_text(name) if name in ("elsewhere", "left", "visitor_history") else ""

    def _connect(self) -> None:
        self._card.asked.connect(self.asked)
        self._card.leaves.connect(self.leaves)
        self._party_heading.asked.connect(self.asked)
        self._party_heading.leaves.connect(self.leaves)
        self._party.chosen.connect(self.chosen)
        self._party.requested.connect(self.requested)
        self._card.dismissed.connect(lambda: self.requested.emit("dismiss", self._label))
        self._card.history_asked.connect(lambda: self.requested.emit("history", self._label))
        self._question.answered.connect(self.entries_answered)
        self._question.opened.connect(lambda: self.present(*self._shown))
        self._verdict.action_pressed.connect(lambda: self.proposed.emit(self._proposal.value))
        self._elsewhere.clicked.connect(lambda: self.requested.emit("elsewhere", self._label))
        self._left.clicked.connect(lambda: self.requested.emit("left", self._label))

    def _lay_out(self) -> None:
        tools = hbox(Stretched(self._heading), Stretch(0), self._left, self._elsewhere, spacing=0)
        vbox(self._card, Gap(Space.XS), Line(), tools, spacing=0, margins=(0, 12, 0, 2), parent=self._one)
        column = vbox(
            self._one,
            self._party_heading,
            self.parcel,
            Gap(Space.XS),
            Stretched(self._gauges, 100),
            Stretched(self._party, 100),
            Stretched(self._no_visitor, 100),
            Gap(Space.XS),
            self._question,
            Gap(Space.XS),
            self.example,
            self._verdict,
            self._foot,
            Stretch(),
            spacing=0,
            margins=(Space.L - 1, 2, Space.L, Space.S),
        )
        vbox(ScrolledFields(Packed(column), edge=Space.L), margins=(1, 0, 0, 0), parent=self)


def _who_is_asked(view: CheckoutView) -> VisitorView | None:
    """The chosen visitor, where a limit depends on their entries; in a small party also another one."""
    asked = [visitor for visitor in view.visitors if visitor.asks_entries]
    chosen = next((visitor for visitor in asked if visitor.visitor.label == view.chosen), None)
    if chosen is None and len(view.visitors) <= _FEW:
        return next(iter(asked), None)
    return chosen


def _today_of(view: CheckoutView, visitor: VisitorView) -> date | None:
    assessment = view.quota.get(visitor.visitor.label)
    return None if assessment is None else assessment.at.astimezone(assessment.regime.zone).date()


def _density(gauges: int, over: bool) -> Density:
    """How close the gauges of one visitor stand: over the allowance the verdict's card needs the room."""
    if over:
        return Density.PARTY if gauges >= _MOST_ROOMY else Density.SNUG
    return Density.SNUG if gauges > _MOST_ROOMY else Density.ROOMY
