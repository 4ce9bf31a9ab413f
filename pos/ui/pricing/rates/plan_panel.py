"""Review of rates before they are recorded: the changes, and possible typing errors."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos.application.pricing.import_rates import CUSTOMS, SHOP, USES
from pos.application.pricing.set_rates import PlannedRate, RateDraft, RatePlan
from pos.application.text.formatting import currency_name, date_text, instant_text, percent_text
from pos.application.text.names import BANK_NAMES, BANK_RATE_USES
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled, listed, noted
from pos.ui.look.theme import Space
from pos.ui.pricing.rates.rate_words import change_text, customs_change_text, customs_step_text, pair_text
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.verdict_card import VerdictCard, VerdictView
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.scrolled_fields import scroll_over


class PlanPanel(Surface):
    """Shows a RatePlan. `agreed` confirms it, `left` cancels; `used` carries another use of a bank's rates."""

    agreed = Signal()
    used = Signal(str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.PANEL)
        self._session = session
        self._plan: RatePlan | None = None
        self._drafts: Sequence[RateDraft] = ()
        self._file = ""
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._source = TextLabel(role=Role.LABEL, wrap=True)
        self.use = Segmented(session.theme, "")
        self._spread = TextLabel(role=Role.LABEL, wrap=True)
        self._lacking = TextLabel(role=Role.LABEL, wrap=True)
        self.card = VerdictCard(session.theme)
        self._list = QWidget()
        self._labels: list[TextLabel] = []
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        keys = session.actions
        self.button = IconButton(
            session.theme, icon="check", key=keys.key_text("record_rates"), kind=ButtonKind.PRIMARY
        )
        self.leave = IconButton(session.theme, key="Esc")
        for button in (self.button, self.leave):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.agreed)
        self.leave.clicked.connect(self.left)
        self.use.chosen.connect(self.used)
        self._lay_out()

    @property
    def plan(self) -> RatePlan | None:
        """The plan on show."""
        return self._plan

    @property
    def drafts(self) -> Sequence[RateDraft]:
        """The rates to record on confirmation."""
        return self._drafts

    @property
    def file(self) -> str:
        """The name of the file that the rates come from, empty for typed ones."""
        return self._file

    @property
    def texts(self) -> list[str]:
        """The planned changes, line by line."""
        return [label.text() for label in self._labels]

    def present(self, plan: RatePlan, drafts: Sequence[RateDraft], file: str, zone: ZoneInfo, tr: Translator) -> None:
        """Show a plan; `file` is the name of its source file, empty for typed rates."""
        self._plan, self._drafts, self._file = plan, drafts, file
        self._title.setText(tr("Import rates") if file else tr("Review again"))
        count = tr.plural("{n} rate", "{n} rates", len(plan.rates))
        self._source.setText(" · ".join((*self._bank(plan, tr), file, count)) if file else count)
        self._present_use(plan, tr)
        self._scroll.setAccessibleName(count)
        doubts = tuple(dict.fromkeys(self._session.wording(doubt) for doubt in plan.doubts))
        if _loses_spread(plan):
            named = tr("Spread on a bank's rates (%)")
            doubts += (
                tr(
                    "Buying and selling become one rate. The setting {setting} says how far apart they are.",
                    setting=named,
                ),
            )
        if doubts:
            view = VerdictView(Tone.NEARLY, tr("Confirm these rates?"), "circle-question-mark", doubts)
        elif any(planned.before is None for planned in plan.rates):  # there is nothing to compare it with
            view = VerdictView(Tone.NEARLY, tr("First rate: check each figure"), "circle-question-mark")
        else:
            view = VerdictView(Tone.WITHIN, tr("No unusual values"))
        self.card.present(view)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._labels = []
        for planned in plan.all:
            self._add(planned, zone, tr)
        self._rows.addStretch(1)
        self.button.present(tr("Save these rates") if doubts else tr("Save rates"))
        self.leave.present(tr("Back"))

    def retranslate(self, zone: ZoneInfo, tr: Translator) -> None:
        """Show all texts in another language."""
        if self._plan is not None:
            self.present(self._plan, self._drafts, self._file, zone, tr)

    def set_busy(self, busy: bool) -> None:
        """Disable input while the store works."""
        self.button.setEnabled(not busy)

    @staticmethod
    def _bank(plan: RatePlan, tr: Translator) -> tuple[str, ...]:
        source = plan.source
        return () if source is None else (tr(BANK_NAMES[source.bank]), date_text(source.day, tr.language))

    def _present_use(self, plan: RatePlan, tr: Translator) -> None:
        """Of a bank's file: what its rates are taken for, and what it says nothing about."""
        source = plan.source
        self.use.setVisible(source is not None)
        self._spread.setVisible(source is not None and source.use == SHOP)
        self._lacking.setVisible(source is not None and bool(source.lacking))
        if source is None:
            return
        self.use.setAccessibleName(tr("Used for"))
        self.use.present([Segment(use, tr(BANK_RATE_USES[use])) for use in USES], source.use)
        spread = percent_text(self._session.settings.bank_spread_percent, tr.language)
        self._spread.setText(labelled(tr, tr("Spread"), spread))
        self._lacking.setText(tr("Not in the file, unchanged: {currencies}.", currencies=listed(tr, source.lacking)))

    def _add(self, planned: PlannedRate, zone: ZoneInfo, tr: Translator) -> None:
        rate, language = planned.rate, tr.language
        name = currency_name(rate.currency)
        since = tr("from {instant}", instant=instant_text(rate.since, zone, language))
        before = tr("first rate") if planned.before is None else pair_text(planned.before, language)
        change = change_text(planned, language)
        both = f"{before} → {pair_text(rate, language)}"
        pair = noted(tr, both, change) if change else both
        if self._plan is not None and self._plan.source is not None and self._plan.source.use == CUSTOMS:
            changes = (customs_step_text(planned, tr), labelled(tr, tr("Buy and sell"), pair_text(rate, language)))
        else:
            changes = (pair, labelled(tr, tr("Customs"), customs_change_text(planned, tr)))
        lines = ((f"{name} · {since}", Role.STRONG), (changes[0], Role.BODY), (changes[1], Role.LABEL))
        self._rows.addSpacing(Space.S)
        for text, role in lines:
            self._labels.append(TextLabel(text, role, wrap=True))
            self._rows.addWidget(self._labels[-1])
        self._rows.addSpacing(Space.S)
        self._rows.addWidget(Line())

    def _lay_out(self) -> None:
        self._scroll = scroll = SeeThrough(self._list)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scrolled = vbox(
            self._title,
            self._source,
            self.use,
            self._spread,
            self._lacking,
            self.card,
            Stretched(scroll),
            self.leave,
            spacing=Space.S,
            margins=0,
        )
        scroll_over(scrolled, self.button, QMargins(Space.L, Space.M, Space.L, Space.M), self, Space.S)


def _loses_spread(plan: RatePlan) -> bool:
    """Whether a bank's rates would be sold for what they are bought for, which the shop's own were not."""
    if plan.source is None or plan.source.use != SHOP:
        return False
    pairs = [(one.before, one.rate) for one in plan.rates if one.before is not None]
    return any(before.buy < before.sell and rate.buy == rate.sell for before, rate in pairs)
