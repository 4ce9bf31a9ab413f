"""Says what the look at the center has found: other rules, rules that cannot be read, customs rates that differ."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos.application.text.formatting import number_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import paragraph
from pos.ui.input.actions import RATES
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.membership.compare_rates import RateApart
    from pos.application.membership.look_at_center import Looked
    from pos.application.membership.take_rules import RulesPutInForce
    from pos.domain.staff.staff import Person
    from pos.ui.session.session import Session
    from pos.ui.shell.services.center_watch import CenterWatch

_SECONDS = 20
_APART = N_("Customs rate of {currency}: {here} here, {center} at the center ({base}). The shop's rate may be old.")
_CANNOT = N_("This program cannot read the center's rules {regime}. Update it: until then the center counts as away.")


class CenterNotices(QObject):
    """Rates are said once a day and rate to who may set rates, rules that cannot be read to who may change settings.

    Both go when their cause is gone.
    """

    def __init__(self, session: Session, watch: CenterWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._apart: Collection[RateApart] = ()
        self._unreadable: Collection[tuple[str, str]] = ()
        self._said: set[RateApart | tuple[str, str]] = set()
        watch.looked.connect(self._take)
        watch.ruled.connect(self._tell_rules)
        session.person_changed.connect(self._tell)

    def _take(self, found: Looked) -> None:
        self._apart, self._unreadable = found.rates, found.unreadable
        if not self._apart:
            self._session.withdraw("center.rates")
        if not self._unreadable:
            self._session.withdraw("center.unreadable")
        self._tell(self._session.person)

    def _tell(self, person: Person | None) -> None:
        if person is None:
            return
        session = self._session
        unread = [one for one in self._unreadable if one not in self._said] if person.may("settings") else []
        apart = [one for one in self._apart if one not in self._said] if person.may("rates") else []
        self._said.update(unread, apart)
        if unread:
            names = [name for name, _digest in unread]
            session.notify(
                "center.unreadable",
                lambda: Notice(Tone.OVER, session.translator(_CANNOT, regime=", ".join(names)), "triangle-alert"),
                holds=lambda: any(one in self._unreadable for one in unread),
            )
        if apart:
            session.notify(
                "center.rates",
                lambda: _apart_notice(apart, session.translator),
                lambda: session.go(RATES),
                holds=lambda: any(one in self._apart for one in apart),
            )

    def _tell_rules(self, put: RulesPutInForce) -> None:
        session = self._session

        def news() -> Notice:
            tr, said = session.translator, []
            if put.taken:
                names = tr(", ").join(one.title_in(tr.language) for one in put.taken)
                said.append(tr("The center's rules hold here from now on: {regimes}.", regimes=names))
            if put.dropped:
                names = tr(", ").join(put.dropped)
                said.append(tr("The till's own rules hold again: {regimes}.", regimes=names))
            return Notice(Tone.INFO, paragraph(tr, said), "scale", seconds=_SECONDS)

        session.notify("center.rules", news)


def _apart_notice(apart: Collection[RateApart], tr: Translator) -> Notice:
    said = []
    for one in apart:
        here, center = (number_text(rate, tr.language, 6, trimmed=True) for rate in (one.here, one.center))
        said.append(tr(_APART, currency=one.currency, here=here, center=center, base=one.base))
    return Notice(Tone.NEARLY, paragraph(tr, said), "triangle-alert", tr("Rates"))
