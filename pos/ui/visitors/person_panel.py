"""The shown visitor: documents, first visit, and what every rule set has left for them today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.membership.center_answer import CenterState
from pos.application.ports.visitor_ports import KnownVisitor
from pos.application.text.formatting import date_text, instant_text
from pos.application.text.names import DOCUMENTS, name_of
from pos.application.text.translator import Translator
from pos.application.visitors.show_visitor import VisitorAccount
from pos.domain.quota.assess import RuleResult
from pos.domain.quota.rule import Regime
from pos.domain.visitors.visitor import Visitor
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.quota.age_text import age_text
from pos.ui.quota.center_words import center_text, center_tone
from pos.ui.quota.quota_words import all_rules, gauge_view
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.key_cap import KeyCap
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.quota_gauge import Density, QuotaGauge
from pos.ui.widgets.drawing.layouts import Aligned, Gap, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

_OTHER_WIDTH = 78
_A_ROW = 2
_MOST_DAYS = 3
_BETWEEN = " · "


class PersonPanel(Surface):
    """Shows a VisitorAccount. `asked` requests another document, `linking` and `parting` a step on the documents."""

    asked = Signal()
    linking = Signal()
    parting = Signal()

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._theme = theme
        self._translator = Translator.english()
        self._account: VisitorAccount | None = None
        self._offered: tuple[Regime, ...] = ()
        self._regime = ""
        self._name = TextLabel(role=Role.TITLE, wrap=True)
        self._document = TextLabel(role=Role.LABEL)
        self._age = TextLabel(role=Role.LABEL)
        self._expired = TextLabel(role=Role.SMALL_STRONG)
        self._expired.set_tone(Tone.NEARLY)
        self._stranger = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self._stranger.set_tone(Tone.INFO)
        self.center = TextLabel(role=Role.LABEL, wrap=True)
        """What the center has said of the visitor; hidden in a shop without one."""
        self._seen = TextLabel(role=Role.LABEL, wrap=True)
        self._held = TextLabel(role=Role.LABEL, wrap=True)
        self._entries = TextLabel(role=Role.LABEL, wrap=True)
        self._documents_title = TextLabel(role=Role.LABEL)
        self._documents = TextLabel(wrap=True)
        self._allowance = TextLabel(role=Role.LABEL)
        self._next_regime = KeyCap(theme, actions.key_text("destination"))
        self._other = IconButton(
            theme, icon="id-card", key=actions.key_text("visitor"), kind=ButtonKind.DASHED, height=Size.SMALL_BUTTON
        )
        self._other.setFixedWidth(_OTHER_WIDTH)
        self.link = IconButton(
            theme, key=actions.key_text("link_paper"), kind=ButtonKind.DASHED, height=Size.SMALL_BUTTON
        )
        self.part = IconButton(
            theme, key=actions.key_text("part_paper"), kind=ButtonKind.DASHED, height=Size.SMALL_BUTTON
        )
        self.regimes = [Segmented(theme, ""), Segmented(theme, "")]
        self._gauges: list[QuotaGauge] = []
        self._other.clicked.connect(self.asked)
        self.link.clicked.connect(self.linking)
        self.part.clicked.connect(self.parting)
        for row in self.regimes:
            row.chosen.connect(self.choose)
        self._lay_out()

    @property
    def regime(self) -> str:
        """The id of the rule set whose allowances are shown."""
        return self._regime

    def gauges(self) -> list[QuotaGauge]:
        """The gauges shown."""
        return [gauge for gauge in self._gauges if not gauge.isHidden()]

    def summary_text(self) -> str:
        """The whole text about the person, for a screen reader."""
        about = (self._name, self._document, self._age, self._expired, self._stranger, self._seen, self._entries)
        labels = (*about, self.center)
        return "\n".join(
            label.text() for label in (*labels, self._held, self._documents) if not label.isHidden() and label.text()
        )

    def present(
        self, account: VisitorAccount, regimes: Sequence[Regime], today: date, zone: tzinfo, tr: Translator
    ) -> None:
        """Show a visitor with these rule sets to choose from; `today` and `zone` are the shop's."""
        self._account, self._translator, self._offered = account, tr, tuple(regimes)
        self._present_person(account, today, zone, tr)
        self._present_documents(account.known, account.visitor.masked, tr)
        self.setAccessibleName(self._name.text())
        self.setAccessibleDescription(self.summary_text())
        self._allowance.setText(tr("Allowance"))
        self._scroll.setAccessibleName(tr("Allowance"))
        if self._regime not in [regime.id for regime in regimes]:
            self._regime = _first_to_show(account, regimes)
        self._present_regimes()

    def forget(self) -> None:
        """Remove the visitor."""
        self._account = None
        self._regime = ""
        of_person = (self._name, self._document, self._age, self._expired, self._seen, self._entries, self._held)
        for label in (*of_person, self.center, self._documents):
            label.setText("")
        self.setAccessibleName("")
        self.setAccessibleDescription("")
        for gauge in self._gauges:
            gauge.hide()

    def choose(self, regime: str) -> None:
        """Show the allowances of another rule set."""
        self._regime = regime
        self._present_regimes()

    def choose_next(self) -> None:
        """Choose the next rule set."""
        ids = [regime.id for regime in self._offered]
        if self._regime in ids:
            self.choose(ids[(ids.index(self._regime) + 1) % len(ids)])

    def _present_person(self, account: VisitorAccount, today: date, zone: tzinfo, tr: Translator) -> None:
        visitor, known, language = account.visitor, account.known, tr.language
        self._name.setText(visitor.name or visitor.masked)
        masked = visitor.masked if visitor.name else ""
        self._document.setText(_document_text(visitor.kind, visitor.country, masked, tr))
        _fill(self._age, age_text(visitor.age_on(today), visitor.oldest_on(today), tr))
        expiry = visitor.expiry if visitor.expired_on(today) else None
        day = "" if expiry is None else date_text(expiry, language)
        _fill(self._expired, tr("Document expired on {day}", day=day) if day else "")
        self._other.present("", name=tr("Another document"))
        _fill(self._stranger, "" if known else _stranger_text(account, tr))
        seen = ""
        if known is not None:
            first = date_text(known.first_seen.astimezone(zone).date(), language)
            last = instant_text(known.last_seen, zone, language)
            seen = tr("First visit {first}, last {last}", first=first, last=last)
        _fill(self._seen, seen)
        _fill(self._entries, "" if known is None else _entries_text(known, visitor, today, tr))
        held = account.held
        _fill(self._held, tr.plural("{n} piece held", "{n} pieces held", held) if held else "")
        self.center.set_tone(center_tone(account.center))
        _fill(self.center, center_text(account.center, zone, tr))

    def _present_documents(self, known: KnownVisitor | None, shown: str, tr: Translator) -> None:
        several = known is not None and len(known.id_documents) > 1
        self._documents_title.setVisible(several)
        self._documents.setVisible(several)
        self.part.setVisible(known is not None and known.is_linked)
        self._documents_title.setText(tr("Documents of one person"))
        self.link.present(tr("Link a document"))
        self.part.present(tr("Unlink this document"))
        if known is not None:
            rows = []
            for document in sorted(known.id_documents, key=lambda document: not document.own):
                text = _document_text(document.kind, document.country, document.masked, tr)
                is_shown = document.own and document.masked == shown  # one number of a person leads to both papers
                rows.append(tr("{paper}: shown now", paper=text) if is_shown else text)
            self._documents.setText("\n".join(rows))

    def _present_regimes(self) -> None:
        account, tr = self._account, self._translator
        if account is None:
            return
        for index, row in enumerate(self.regimes):
            here = self._offered[index * _A_ROW : (index + 1) * _A_ROW if not index else None]
            row.setVisible(bool(here))
            row.setAccessibleName(tr("Allowance rules"))
            row.present([Segment(one.id, one.title_in(tr.language)) for one in here], self._regime)
        self._next_regime.setVisible(len(self._offered) > 1)
        judgement = account.judged.get(self._regime)
        regime = next((one for one in self._offered if one.id == self._regime), None)
        shown: list[RuleResult] = []
        if judgement is not None:
            shown = all_rules(judgement.assessment)
        while len(self._gauges) < len(shown):
            gauge = QuotaGauge(self._theme, Density.SNUG)
            self._gauges.append(gauge)
            self._column.insertWidget(len(self._gauges) - 1, gauge)
        for index, gauge in enumerate(self._gauges):
            gauge.setVisible(index < len(shown))
            if index < len(shown) and regime is not None:
                gauge.present(gauge_view(shown[index], regime, tr))

    def _lay_out(self) -> None:
        stack = QWidget()
        self._column = QVBoxLayout(stack)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._scroll = SeeThrough(stack)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        who = vbox(self._name, self._document, self._age, spacing=0)
        head = hbox(Stretched(who), Aligned(self._other, Qt.AlignmentFlag.AlignTop), spacing=Space.S)
        document_buttons = hbox(Stretched(self.link), Stretched(self.part), spacing=Space.S)
        allowance = hbox(Stretched(self._allowance), self._next_regime)
        column = vbox(
            head,
            self._expired,
            self._stranger,
            self._seen,
            self._entries,
            self._held,
            Gap(Space.S),
            self._documents_title,
            self._documents,
            document_buttons,
            Gap(Space.S),
            Line(),
            allowance,
            self.center,
            *self.regimes,
            Gap(Space.S),
            Stretched(self._scroll),
            spacing=Space.XS,
            margins=(Space.L - 1, Space.M, Space.L, Space.S),
        )
        hbox(column, spacing=0, margins=0, parent=self)


def regimes_to_show(
    account: VisitorAccount, in_use: Sequence[str], regimes: Mapping[str, Regime]
) -> tuple[Regime, ...]:
    """The rule sets of the settings, then others under which the visitor has bought."""
    names = dict.fromkeys([*in_use, *(line.regime for line in reversed(account.purchases))])
    return tuple(regimes[name] for name in names if name in regimes and name in account.judged)


def _first_to_show(account: VisitorAccount, regimes: Sequence[Regime]) -> str:
    """The rule set of the last purchase, else that of the side of the document, else the first."""
    ids = [regime.id for regime in regimes]
    bought = (line.regime for line in reversed(account.purchases) if line.regime in ids)
    home = (regime.id for regime in regimes if regime.destination == account.visitor.residence)
    return next(bought, next(home, ids[0] if ids else ""))


def _document_text(kind: str, country: str, masked: str, tr: Translator) -> str:
    return f"{name_of(DOCUMENTS, kind, tr)} {country} {masked}".strip()


def _entries_text(known: KnownVisitor, visitor: Visitor, today: date, tr: Translator) -> str:
    days = sorted({*known.entries, *visitor.entries}, reverse=True)
    if not days:
        asked = known.asked_on
        if asked is None or asked == today:
            return "" if asked is None else tr("Other entry days: none")
        return tr("Other entry days: none, asked on {day}", day=date_text(asked, tr.language))
    dates = [date_text(day, tr.language) for day in days[:_MOST_DAYS]]
    more = len(days) - _MOST_DAYS
    if more > 0:
        dates.append(tr.plural("+{n} more", "+{n} more", more))
    return tr("Entered {days}", days=_BETWEEN.join(dates))


def _stranger_text(account: VisitorAccount, tr: Translator) -> str:
    """That no one knows the visitor here; where the center has a say, nothing is said of other shops."""
    if account.center.state is CenterState.NONE:
        return tr("No earlier visit is known: all allowances are unused.")
    return tr("No earlier visit to this shop is known.")


def _fill(label: TextLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
