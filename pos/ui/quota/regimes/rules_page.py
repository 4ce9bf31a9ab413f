"""One regime: description, day, rules on that day, and details of the selected rule."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.application.quota.show_regimes import RegimeView
from pos.application.tables.listing import Listing
from pos.application.text.border_words import EXAMPLE_RULES, are_example, country_text, currency_word
from pos.application.text.translator import Translator
from pos.ui.look.theme import Space, Theme
from pos.ui.quota.regimes.day_chooser import DayChooser
from pos.ui.quota.regimes.details import DetailList, duty_details, rule_details
from pos.ui.quota.regimes.regime_rows import ORIGINS
from pos.ui.quota.regimes.rule_rows import DUTY, PLANNED_DUTY, UNCHECKED, RuleHeader, key_of, rule_rows, same_rule
from pos.ui.quota.regimes.rule_words import SEPARATOR
from pos.ui.quota.regimes.rules_table import rules_listing
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.row_list import RowList

_WIDEST = 336
"""Width of the details beside the rules, in pixels."""


class RulesPage(QWidget):
    """Shows the rules of a day; today by default, and the same rule when the day changes."""

    def __init__(self, theme: Theme, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._translator = tr
        self._view: RegimeView | None = None
        self._day: date | None = None
        self._title = TextLabel(role=Role.SECTION, wrap=True)
        self._about = TextLabel(role=Role.LABEL, wrap=True)
        self.days = DayChooser(theme, self)
        self.header = RuleHeader(theme)
        self.list = RowList(theme)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # keeps the columns in place
        self.details = DetailList()
        self.nothing = TextLabel(role=Role.STRONG, wrap=True)
        self.nothing.set_tone(Tone.NEARLY)
        self.example = TextLabel(role=Role.STRONG, wrap=True)
        self.example.set_tone(Tone.NEARLY)
        self.days.chosen.connect(self.go_to)
        self.list.chosen.connect(self._show_details)
        self.list.activated.connect(lambda _row: self.details.setFocus())
        self._lay_out()

    @property
    def day(self) -> date | None:
        """The day on show; None before a regime is loaded."""
        return self._day or (None if self._view is None else self._view.today)

    def present(self, view: RegimeView, tr: Translator) -> None:
        """Show a regime on the chosen day."""
        self._view, self._translator = view, tr
        key = self.list.key
        self.header.present(tr)
        self.list.setAccessibleName(tr("Rules"))
        self._title.setText(view.regime.title_in(tr.language))
        regime = view.regime
        details = [
            country_text(regime.destination, tr),
            tr(ORIGINS[view.origin]),
            currency_word(regime.currency, tr),
            regime.zone.key,
        ]
        details.append(tr("version {version}", version=regime.version))
        self._about.setText(SEPARATOR.join(details))
        self.example.setText(tr(EXAMPLE_RULES))
        self.example.setVisible(are_example(regime))
        self._show(key)

    def listing(self) -> Listing | None:
        """The rules of the day as a table."""
        return None if self._view is None or self.day is None else rules_listing(self._view, self.day)

    def go_to(self, day: date | None) -> None:
        """Show the rules of another day; None is today in the regime's time zone."""
        self._day = None if self._view is not None and day == self._view.today else day
        self._show()

    @property
    def is_today(self) -> bool:
        """Whether today's rules are on show."""
        return self._day is None

    def _show(self, key: str = "") -> None:
        """Show the day and select the row `key`, or else the same rule as before."""
        view, tr, day = self._view, self._translator, self.day
        if view is None or day is None:
            return
        rules = view.on(day)
        self.days.present(day, view.today, rules.before, rules.after, tr)
        self.nothing.setText(tr("No rules are in force on this day. Choose another day."))
        self.nothing.setVisible(not rules.in_force)
        rows = rule_rows(view, rules, tr)
        self._show_details(self.list.present(rows, key or same_rule(rows, self.list.key)))

    def _show_details(self, key: str) -> None:
        view, day, tr = self._view, self.day, self._translator
        if view is None or day is None:
            return
        if key.startswith(DUTY):
            self.details.present(tr.context("visitor", "Duty"), duty_details(view.regime.charge_on(day), view, tr))
            return
        if key.startswith((PLANNED_DUTY, UNCHECKED)):
            row = next(one for one in rule_rows(view, view.on(day), tr) if one.key == key)
            self.details.present(row.name[0].text, [(tr("Rule"), row.spoken), (tr("Source"), row.source.text)])
            return
        rule = next((one for one in (*view.regime.rules, *view.regime.planned) if key_of(one) == key), None)
        if rule is not None:
            self.details.present(rule.title_in(tr.language), rule_details(rule, view, view.on(day), tr))

    def _lay_out(self) -> None:
        head = QGridLayout()
        head.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        head.setHorizontalSpacing(Space.M)
        head.setVerticalSpacing(Space.S)
        days = self.days
        for line, (words, buttons) in enumerate(
            ((self._title, (days.box, days.today)), (self._about, (days.earlier, days.later)))
        ):
            choice = hbox(Stretch(), *buttons, spacing=Space.S)
            head.addWidget(words, line, 0)
            head.addLayout(choice, line, 1)
        head.setColumnStretch(0, 1)
        head.addWidget(self.example, 2, 0, 1, 2)
        head.addWidget(self.nothing, 3, 0, 1, 2)
        names = hbox(Stretched(self.header), Gap(self.list.verticalScrollBar().sizeHint().width()), spacing=0)
        left = Surface(Ground.PANEL)
        vbox(head, Line(), names, Line(), Stretched(self.list), spacing=0, margins=0, parent=left)
        self._right = right = Surface(Ground.PANEL)
        vbox(self.details, margins=0, parent=right)
        vbox(MainAndSide(left, right, widest=_WIDEST), spacing=0, margins=0, parent=self)
        chain = (days.box, days.today, days.earlier, days.later, self.list, self.details)
        for here, there in pairwise(chain):
            self.setTabOrder(here, there)
