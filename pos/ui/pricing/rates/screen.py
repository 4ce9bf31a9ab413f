"""Exchange rates: the board, a form for new rates, and a file import with a review."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from pos.application.pricing.import_rates import CUSTOMS
from pos.application.pricing.set_rates import RateDraft, RatePlan
from pos.application.pricing.show_rate_board import RateBoard
from pos.application.pricing.tables import rates
from pos.application.text.formatting import currency_symbol, instant_text
from pos.application.text.translator import N_, Translator
from pos.domain.errors import BadInput, MovedMeanwhile
from pos.domain.money import Currency
from pos.domain.pricing.rates import Rate
from pos.ui.input.actions import RATES
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.pricing.rates.board import Board
from pos.ui.pricing.rates.form import RateForm
from pos.ui.pricing.rates.plan_panel import PlanPanel
from pos.ui.pricing.rates.rate_offer import RateOffer
from pos.ui.session.rail_figures import RATE_FILES
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Gap, Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.sent_fields import SentFields

_Answer = tuple[Sequence[RateDraft], RatePlan, RateBoard | None]
"""What is wanted, what would be recorded, and the board of now where it is no longer the one on show."""

_Asking = Callable[[], _Answer]

_NO_FOLDER = N_("No folder with files of rates is set. A manager can set it.")
_NO_FILE = N_("No new file of rates lies in the folder.")
_MOVED = N_("The rates have changed in the meantime. Check them and save again.")


class RatesScreen(Screen):
    """Reads the board whenever it is entered. New rates are recorded immediately unless they look like typing errors;
    then, and always for a file, a review comes first.
    """

    screen_id = RATES

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._board_shown: RateBoard | None = None
        self._names: Mapping[str, str] = {}
        self._busy = self._is_answer_due = False
        """Whether the store works; whether a person has asked what lies in the folder, and the look goes on."""
        self._sent = self._nothing = SentFields(())
        """What of the form is being recorded; nothing of it for a file."""
        self._file: Path | None = None
        self._use = CUSTOMS
        """What the rates of the last bank's file were taken for; those of the next one are, too."""
        self._title = TextLabel(role=Role.SECTION)
        self._about = TextLabel(role=Role.LABEL)
        self.board = Board(session.theme)
        self.form = RateForm(session)
        self.plan = PlanPanel(session)
        self.offer = RateOffer(session, self)
        self.key_handlers = {
            "record_rates": self._record,
            "import_rates": self._choose_file,
            "offered_rates": self._look_at_offered,
            "back": self._back,
        }
        TableSaver(self, lambda: rates(session.shop.show_rate_board))
        UnsavedByAnother(self)
        self._lay_out()
        self.form.submitted.connect(self._record)
        self.form.importing.connect(self._choose_file)
        self.form.offer.wanted.connect(self._look_at_offered)
        self.offer.changed.connect(self._offer_changed)
        self.plan.agreed.connect(self._record)
        self.plan.left.connect(self._back)
        self.plan.used.connect(self._use_for)

    @property
    def is_asking(self) -> bool:
        """Whether a plan is under review."""
        return self._side.currentWidget() is self.plan

    def entered(self) -> None:
        self.form.begin()
        self.offer.look()
        self.read()

    @property
    def figures(self) -> frozenset[str]:
        return frozenset({RATE_FILES})

    @property
    def changes_at(self) -> datetime | None:
        """The age of the rates, each minute, and with it which of them are in force.

        While new rates are typed it stays the board beside which they are typed: saving names what has moved since.
        """
        board = self._board_shown
        return None if board is None or not self.form.is_empty() or self._busy else board.at + timedelta(minutes=1)

    def follow_day(self) -> None:
        self.read()

    def left(self) -> None:
        self._is_answer_due = False
        self._side.setCurrentWidget(self.form)
        self.form.complain(None)

    def waiting(self) -> str:
        return "" if self.form.is_empty() else self.translator("unsaved rates")

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Exchange rates"))
        self.form.retranslate(tr)
        self.plan.retranslate(self.session.settings.zone, tr)
        self.form.offer.present(self.offer, tr)
        self._present()

    def read(self) -> None:
        """Read the current board."""
        person, shop = self.session.person, self.session.shop
        if person is None:
            return

        def call() -> tuple[RateBoard, Mapping[str, str]]:
            return shop.show_rate_board(person), shop.sign_in.names()

        def done(answer: tuple[RateBoard, Mapping[str, str]]) -> None:
            self._board_shown, self._names = answer
            self._present()

        self.session.run(call, done)

    def _present(self) -> None:
        board, tr = self._board_shown, self.translator
        if board is None:
            return
        zone = self.session.settings.zone
        at = instant_text(board.at, zone, tr.language)
        self._about.setText(
            tr("{sign} for one unit of each currency, {instant}", sign=currency_symbol(board.base), instant=at)
        )
        self.board.present(board, self._names, zone, tr)
        self.form.present(board, zone, tr)

    # ── new rates ────────────────────────────────────────────────────────────────────────────────────────────

    def _record(self) -> None:
        """Record the reviewed plan, or check whether the typed rates can be recorded."""
        if self._busy:
            return
        plan = self.plan.plan
        if self.is_asking and plan is not None:
            self._store(self.plan.drafts, plan)
            return
        try:
            drafts = self.form.drafts(self.session.settings.zone)
        except BadInput as error:
            self._refuse(error)
            return
        person, shop, shown = self.session.person, self.session.shop, self._board_shown
        if person is None:
            return
        self._sent = self.form.sent

        def call() -> _Answer:
            moved = _moved(shown, shop.show_rate_board(person), {draft.currency for draft in drafts})
            return drafts, shop.set_rate.plan(person, drafts), moved

        self._ask(call, "")

    def _choose_file(self) -> None:
        if self._busy or self.is_asking:
            return
        tr = self.translator
        name, _kind = QFileDialog.getOpenFileName(
            self,
            tr("Import rates"),
            str(Path.home()),
            f"{tr('Rates (*.xml *.csv *.tsv *.txt)')};;{tr('All files (*)')}",
        )
        if name:
            self.import_file(Path(name))

    def _look_at_offered(self) -> None:
        """Review what the folder offers; without an offer look again, and say only then what there is to know."""
        if self._busy or self.is_asking:
            return
        if self.offer.offered is not None:
            self.import_file(self.offer.offered.path)
            return
        self.form.complain(None if self.session.settings.rate_folder else _NO_FOLDER)
        self._is_answer_due = bool(self.session.settings.rate_folder)
        self.offer.look()

    def _offer_changed(self) -> None:
        """Show what the folder offers now, which a person may wait for."""
        offer, is_due = self.offer, self._is_answer_due
        self._is_answer_due = False
        self.form.offer.present(offer, self.translator)
        if is_due and offer.offered is not None:
            self._look_at_offered()
        elif is_due and offer.trouble is None:
            self.form.complain(_NO_FILE)
        elif self.form.says(_NO_FILE):
            self.form.complain(None)

    def import_file(self, path: Path, use: str = "") -> None:
        """Review the rates of a file, those of a bank for `use`; nothing is recorded yet."""
        person, shop, usual = self.session.person, self.session.shop, self._use
        if person is None or self._busy:
            return
        self._sent, self._file = self._nothing, path

        def call() -> _Answer:
            file = shop.import_rates.read(path, use, usual)
            return file.drafts, shop.set_rate.plan(person, file.drafts, file.source), None

        self._ask(call, path.name)

    def _use_for(self, use: str) -> None:
        """Review the same file for another use."""
        if self._file is not None and not self._busy:
            self._use = use
            self.import_file(self._file, use)

    def _ask(self, call: _Asking, file: str) -> None:
        def done(answer: _Answer) -> None:
            self._set_busy(False)
            drafts, plan, moved = answer
            if moved is not None:
                self._look_again(moved)
                return
            if not plan.doubts and not file:
                self._store(drafts, plan)
                return
            if not (self.session.is_awaited and self.isVisible()):  # other figures are typed, or the page was left
                for doubt in plan.doubts[:1]:
                    self.report_elsewhere(doubt)
                return
            self.session.sounds.play(Sound.UNKNOWN if plan.doubts else Sound.NOTE)
            self.plan.present(plan, drafts, file, self.session.settings.zone, self.translator)
            self._side.setCurrentWidget(self.plan)
            self.plan.button.setFocus(Qt.FocusReason.OtherFocusReason)

        self._is_answer_due = False
        self.form.complain(None)
        self._set_busy(True)
        self.session.run(call, done, self._refuse)

    def _look_again(self, moved: RateBoard) -> None:
        """Another person has recorded rates, which empty fields would keep: show them beside what is typed."""
        self._board_shown = moved
        self.session.finishing.turned()
        self._present()
        self.session.sounds.play(Sound.REFUSE)
        self.form.complain(_MOVED)
        if not self.isVisible():
            self.session.notify("refused", lambda: Notice(Tone.NEARLY, self.translator(_MOVED), seconds=12))

    def _store(self, drafts: Sequence[RateDraft], plan: RatePlan) -> None:
        person, step = self.session.person, self.session.shop.set_rate
        if person is None:
            return
        self._set_busy(True)
        self.session.run(
            lambda: step.all(person, drafts, anyway=True, seen=plan, source=plan.source),
            self._recorded,
            self._refuse,
        )

    def _recorded(self, rates: Sequence[Rate]) -> None:
        self._set_busy(False)
        self._side.setCurrentWidget(self.form)
        self.session.withdraw("rates.drop")
        if self._sent is not self._nothing:  # what was typed before a file was chosen is still to be recorded
            self.form.follow(self._sent)
        self.form.begin()
        codes = [rate.currency.code for rate in rates]
        self.session.sounds.play(Sound.ACCEPT)

        def news() -> Notice:
            named = self.translator(", ").join(dict.fromkeys(codes))
            return Notice(Tone.WITHIN, self.translator("Rates saved: {currencies}.", currencies=named), seconds=8)

        self.session.notify("rates.recorded", news)
        self.offer.look()
        self.read()

    def _refuse(self, error: Exception) -> None:
        self._set_busy(False)
        self._side.setCurrentWidget(self.form)
        self.session.sounds.play(Sound.REFUSE)
        is_moved = isinstance(error, MovedMeanwhile)
        self.form.complain(_MOVED if is_moved else error)
        self.report_elsewhere(error)
        if is_moved:
            self.read()

    def _back(self) -> None:
        if self.is_asking:
            self._side.setCurrentWidget(self.form)
            self.form.begin()
        elif len(figures := self.form.figures) < 2 or self.may_discard("rates.drop", figures, self._back):
            self.form.clear()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.form.set_busy(busy)
        self.plan.set_busy(busy)

    def _lay_out(self) -> None:
        main = vbox(
            self._title,
            self._about,
            Gap(Space.S),
            Stretched(SeeThrough(self.board)),
            spacing=Space.XS,
            margins=(Space.M, Space.S, Space.M, Space.S),
        )
        self._side = QStackedWidget()
        self._side.currentChanged.connect(self.session.finishing.turned)
        self._side.addWidget(self.form)
        self._side.addWidget(self.plan)
        vbox(MainAndSide(main, self._side), spacing=0, margins=0, parent=self)


def _moved(shown: RateBoard | None, now: RateBoard, currencies: Collection[Currency]) -> RateBoard | None:
    """The board of now, if a rate of these currencies is not the one on show."""

    def current(board: RateBoard) -> dict[str, object]:
        return {line.currency.code: (line.current, line.coming) for line in board.lines if line.currency in currencies}

    return now if shown is not None and current(shown) != current(now) else None
