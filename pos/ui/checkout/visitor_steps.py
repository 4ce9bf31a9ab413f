"""What is done about visitors beside scanning their papers: told, asked, and kept where the next sale finds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject

from pos.application.checkout_view import CheckoutView, VisitorView
from pos.application.record_departure import Departure
from pos.application.visitor_ports import KnownVisitor
from pos.application.words import Words
from pos.domain.quota.parties import PartyJudgement
from pos.ui.checkout.counter import Counter
from pos.ui.checkout.news import News
from pos.ui.checkout.party_words import called, name_text, shared_text
from pos.ui.checkout.verdict_words import sound_of, tone_of
from pos.ui.session import Session
from pos.ui.sounds import Sound
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone

_SECONDS = 12
_A_WHILE = 480
"""Visitors times pieces from which the best split may take a moment, so that the wait is told."""


class VisitorSteps(QObject):
    """Tells who has come and what a split came to; asks and records entries and departures."""

    def __init__(self, session: Session, counter: Counter, news: News, open_declared: Callable[[str], None]) -> None:
        super().__init__(news)
        self._session = session
        self._counter = counter
        self._news = news
        self._open_declared = open_declared

    # ── who is there ─────────────────────────────────────────────────────────────────────────────────────────

    def identified(self, view: CheckoutView) -> None:
        """Tell of a companion, of somebody who is here already, and of a paper that has expired."""
        visitor = _find(view, view.chosen)
        if visitor is None:
            return
        person = visitor.visitor
        if view.again is not None:
            self._session.sounds.play(Sound.NOTE)
            self._tell(
                Tone.INFO,
                lambda words: words(
                    "{visitor}: already here. What is scanned next goes to {label}.",
                    visitor=called(person),
                    label=person.label,
                ),
                "user-check",
            )
            return
        self._session.sounds.play(Sound.ACCEPT)
        if visitor.expired:
            self._session.sounds.play(Sound.NOTE)
            name = called(person) if len(view.visitors) > 1 else ""

            def expired(words: Words) -> str:
                said = words("The document has expired. The sale may go on: the border judges papers.")
                return f"{name}: {said}" if name else said

            self._tell(Tone.NEARLY, expired)
        elif len(view.visitors) > 1:
            self._tell(
                Tone.INFO,
                lambda words: words(
                    "{visitor} joins. What is scanned next goes to {label}.", visitor=called(person), label=person.label
                ),
                "user-plus",
            )

    def split(self) -> None:
        """Share the basket, where there is somebody to share it with."""
        view = self._counter.view
        if view is None:
            return
        if len(view.visitors) < 2:
            self._tell(Tone.INFO, lambda words: words("Scan a companion's document first, then split."), "user-plus")
            return
        if len(view.visitors) * view.pieces > _A_WHILE:
            self._tell(Tone.INFO, lambda words: words("Looking for the best way to share …"), "split")
        self._counter.split()

    def shared(self, best: PartyJudgement) -> None:
        """Say what the split has come to."""
        self._session.sounds.play(sound_of(best.verdict))
        self._tell(tone_of(best.verdict), lambda words: shared_text(best, words), "split")

    def wanted(self, what: str, label: str) -> None:
        """Something asked of a visitor's card."""
        if what == "dismiss":
            self._dismiss(label)
        elif what == "elsewhere":
            self._open_declared(label)
        elif what == "left":
            self._ask_departure(label)

    def _dismiss(self, label: str) -> None:
        visitor = self._visitor(label)
        if visitor is None:
            return
        self._counter.dismiss_visitor(label)
        name = called(visitor.visitor)

        def telling(words: Words) -> Notice:
            text = words("{visitor} is left out of this sale.", visitor=name)
            return Notice(Tone.INFO, text, "users", words("Undo"), seconds=_SECONDS)

        self._news.tell(telling, self._counter.undo)

    # ── days of entry ────────────────────────────────────────────────────────────────────────────────────────

    def tell_entries(self, label: str, days: Sequence[date]) -> None:
        """Keep the days that a visitor has told; none: he was asked, and there were none."""
        visitor, person, shop = self._visitor(label), self._session.person, self._session.shop
        if visitor is None or person is None:
            return
        shown = visitor.visitor

        def told(known: KnownVisitor) -> None:
            if set(known.entries) != set(shown.entries):
                self._counter.tell_entries(label, known.entries)
            self._counter.read_again()

        self._session.run(lambda: shop.visits.tell_entries(shown, tuple(days), person), told)

    # ── has left ─────────────────────────────────────────────────────────────────────────────────────────────

    def _ask_departure(self, label: str) -> None:
        visitor = self._visitor(label)
        if visitor is None:
            return
        name = name_text(visitor.visitor)
        if not visitor.pending:
            self._tell(Tone.INFO, lambda words: words("{visitor}: nothing is waiting to be carried out.", visitor=name))
            return

        def asking(words: Words) -> Notice:
            text = words(
                "Has {visitor} left for customs? What was bought until now then counts as carried out.", visitor=name
            )
            return Notice(Tone.INFO, text, "log-out", words("Yes, has left"))

        self._news.tell(asking, lambda: self._record_departure(label))

    def _record_departure(self, label: str) -> None:
        visitor, person, shop = self._visitor(label), self._session.person, self._session.shop
        if visitor is None or person is None:
            return
        shown = visitor.visitor

        def recorded(departure: Departure) -> None:
            self._counter.read_again()
            name, units = name_text(shown), departure.units

            def telling(words: Words) -> str:
                if not units:
                    return words("{visitor}: nothing is waiting to be carried out.", visitor=name)
                return words.plural(
                    "{visitor} has left. {n} piece counts as carried out.",
                    "{visitor} has left. {n} pieces count as carried out.",
                    units,
                    visitor=name,
                )

            self._session.sounds.play(Sound.ACCEPT)
            self._tell(Tone.WITHIN, telling, "log-out")

        self._session.run(lambda: shop.visits.record_departure(shown, person), recorded)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _visitor(self, label: str) -> VisitorView | None:
        view = self._counter.view
        return None if view is None else _find(view, label)

    def _tell(self, tone: Tone, text: Callable[[Words], str], icon: str = "") -> None:
        self._news.tell(lambda words: Notice(tone, text(words), icon, seconds=_SECONDS))


def _find(view: CheckoutView, label: str | None) -> VisitorView | None:
    return next((visitor for visitor in view.visitors if visitor.visitor.label == label), None)
