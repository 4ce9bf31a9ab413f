"""The right side of the checkout: the visitor, one gauge for each quota touched, the verdict."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pos.application.checkout_view import CheckoutView, LineView
from pos.application.counsel import Counsel
from pos.application.names import DESTINATIONS
from pos.application.words import Words
from pos.domain.quota.assess import Assessment
from pos.domain.quota.judge import Judgement
from pos.domain.quota.rule import Verdict
from pos.ui.checkout.quota_words import gauge_view, shown_rules
from pos.ui.checkout.verdict_words import verdict_view
from pos.ui.checkout.visitor_card import VisitorCard
from pos.ui.theme import Size, Space, Theme
from pos.ui.widgets.empty_state import EmptyState
from pos.ui.widgets.quota_gauge import Density, GaugeView, QuotaGauge
from pos.ui.widgets.surface import Ground, Line, Surface
from pos.ui.widgets.text_label import Role, TextLabel
from pos.ui.widgets.verdict_card import VerdictCard

_MOST_ROOMY = 3


class VisitorPanel(Surface):
    """Presents a CheckoutView's visitor and quota; only gauges that differ are repainted."""

    asked = Signal()
    leaves = Signal(str)
    advised = Signal()

    def __init__(self, theme: Theme, advice_key: str, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._theme = theme
        self._advice_key = advice_key
        self.setFixedWidth(Size.VISITOR_PANEL)
        self._card = VisitorCard(theme)
        self._card.asked.connect(self.asked)
        self._card.leaves.connect(self.leaves)
        self._heading = TextLabel(role=Role.LABEL)
        self._gauges: list[QuotaGauge] = []
        self._stack = QWidget()
        self._column = QVBoxLayout(self._stack)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._stack)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._stack.setAutoFillBackground(False)
        self._verdict = VerdictCard(theme)
        self._verdict.acted.connect(self.advised)
        self._foot = TextLabel(role=Role.LABEL, wrap=True)
        self._nobody = EmptyState(theme)
        self._lay_out()

    @property
    def verdict(self) -> VerdictCard:
        """The verdict's card."""
        return self._verdict

    @property
    def card(self) -> VisitorCard:
        """The visitor's card."""
        return self._card

    def gauges(self) -> list[QuotaGauge]:
        """The gauges on show."""
        return [gauge for gauge in self._gauges if not gauge.isHidden()]

    def present(self, view: CheckoutView | None, counsel: Counsel | None, words: Words) -> None:
        """Show the visitor and the quota of `view`, and the counsel for it once it is there."""
        visitor = view.visitors[0] if view is not None and view.visitors else None
        self._card.present(visitor, view.destination if view is not None else None, words)
        assessment = None if view is None or visitor is None else view.quota.get(visitor.visitor.label)
        judged = assessment is not None
        for part in (self._scroll, self._verdict):
            part.setVisible(judged)
        self._nobody.setVisible(not judged)
        if view is None or visitor is None or assessment is None:
            self._present_nobody(view, words)
            return
        carried = [row for row in view.lines if row.line.carrier == visitor.visitor.label]
        judgement = counsel.judged.get(visitor.visitor.label) if counsel is not None else None
        self._present_quota(assessment, judgement, carried, words)

    def _present_nobody(self, view: CheckoutView | None, words: Words) -> None:
        self._heading.hide()
        self._foot.hide()
        if view is not None and view.visitors:
            self._nobody.present(
                "navigation", words("To which side?"), words("Choose the side to which the visitor leaves.")
            )
            return
        self._nobody.present(
            "scan-line",
            words("No visitor yet"),
            words("Scan a passport or identity card: what may still be carried out shows here, before payment."),
        )

    def _present_quota(
        self, assessment: Assessment, judgement: Judgement | None, lines: list[LineView], words: Words
    ) -> None:
        regime = assessment.regime
        side = words(DESTINATIONS[regime.destination]) if regime.destination in DESTINATIONS else ""
        self._heading.setText(f"{words('Allowance')} · {side or regime.title_in(words.language)}")
        shown = [gauge_view(result, regime, lines, words) for result in shown_rules(assessment)]
        over = assessment.verdict > Verdict.UNKNOWN  # its card is higher
        self._present_gauges(shown, Density.SNUG if over or len(shown) > _MOST_ROOMY else Density.ROOMY)
        self._verdict.present(verdict_view(assessment, judgement, lines, words, self._advice_key))
        self._foot.setText(words("Earlier = known to this shop, still to be carried out"))
        self._heading.setVisible(not over)
        self._foot.setVisible(len(shown) <= _MOST_ROOMY and not over)

    def _present_gauges(self, shown: list[GaugeView], density: Density) -> None:
        while len(self._gauges) < len(shown):
            gauge = QuotaGauge(self._theme)
            self._gauges.append(gauge)
            self._column.addWidget(gauge)
        height = 0
        for place, gauge in enumerate(self._gauges):
            gauge.setVisible(place < len(shown))
            if place < len(shown):
                gauge.set_density(density)
                gauge.present(shown[place])
                height += gauge.height()
        self._scroll.setMaximumHeight(height)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(Space.L - 1, Space.M, Space.L, Space.S)
        column.setSpacing(0)
        column.addWidget(self._card)
        column.addSpacing(Space.M)
        column.addWidget(Line())
        column.addSpacing(12)
        column.addWidget(self._heading)
        column.addSpacing(Space.S)
        column.addWidget(self._scroll, 100)
        column.addSpacing(Space.XS)
        column.addWidget(self._verdict)
        column.addSpacing(Space.S)
        column.addWidget(self._foot)
        column.addWidget(self._nobody, 100)
        column.addStretch(1)
        row = QVBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 0)
        row.addLayout(column)
