"""Automatic discounts of the shop: list, start and end promotions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt

from pos.application.pricing.promotions import PromotionDraft, Reach
from pos.application.pricing.tables import promotions
from pos.application.text.translator import Translator
from pos.domain.errors import RuleBroken
from pos.domain.pricing.promotion import Promotion
from pos.ui.input.actions import PRICES
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.pricing.promotions.promotion_form import PromotionForm
from pos.ui.pricing.promotions.promotion_table import PromotionHeader, PromotionModel, PromotionTable
from pos.ui.pricing.promotions.promotion_words import PromotionText
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty


class PromotionsScreen(Screen):
    """The list with the form of a new promotion beside it. A scan sets the product of the new promotion."""

    screen_id = PRICES
    rail = PRICES
    takes_scans = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._promotions: Sequence[Promotion] = ()
        self._said_at: datetime | None = None
        """Of which instant the page says whether a promotion is in force."""
        self._is_saving = self._is_answered = False
        self._draft: PromotionDraft | None = None
        """The draft under confirmation; the same key starts it."""
        self._title = TextLabel(role=Role.SECTION)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.rows = PromotionModel(self)
        self.table = PromotionTable(self.theme, self.rows)
        self._header = PromotionHeader(self.theme, self.table)
        self.empty = EmptyState(self.theme)
        self.end_button = IconButton(
            self.theme, icon="circle-x", key=session.actions.key_text("end_promotion"), height=Size.SMALL_BUTTON
        )
        self.form = PromotionForm(session)
        self.form.requested.connect(self._want)
        self.form.changed.connect(self._ask_no_more)
        self.form.wrong.connect(self._wrong)
        self.end_button.clicked.connect(self._end)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._mark_end())
        self.key_handlers = {
            "new_promotion": self.form.begin,
            "add_promotion": self.form.submit,
            "end_promotion": self._end,
            "back": self._back,
        }
        TableSaver(self, lambda: promotions(session.shop.promotions))
        self._lay_out()
        self.retranslate(session.translator)

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Promotions"))
        self._hint.setText(tr("The best promotion applies automatically. A manual discount replaces it."))
        self._header.retranslate(tr)
        self.table.setAccessibleName(tr("Promotions"))
        self.end_button.present(tr("End promotion"))
        self.form.retranslate(tr)
        key = self.session.actions.key_text("new_promotion")
        self.empty.present("badge-percent", tr("No promotions yet"), tr("Fill in the form to create one."), "", key)
        self._present()

    def waiting(self) -> str:
        return self.translator("an unsaved promotion") if self.form.is_begun else ""

    def emptied(self) -> None:
        self.form.empty()

    def entered(self) -> None:
        self.form.follow_day()
        self._read()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def changes_at(self) -> datetime | None:
        turns = (at for one in self._promotions for at in (one.since, one.until) if at is not None)
        return min((at for at in turns if self._said_at is not None and at > self._said_at), default=None)

    def follow_day(self) -> None:
        self.form.follow_day()
        self._present()

    def left(self) -> None:
        """Cancel open questions and clear errors."""
        self._ask_no_more()
        self.form.clear_errors()

    def scanned(self, text: str) -> None:
        self.session.sounds.play(Sound.ACCEPT)
        self.form.take_code(text)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        person, promotions = self.session.person, self.session.shop.promotions
        if person is not None:
            self._is_answered = False
            self._present()
            self.session.run(lambda: promotions.all(person), self._take)

    def _take(self, all_promotions: Sequence[Promotion]) -> None:
        self._promotions, self._is_answered = all_promotions, True
        self._present()

    def _want(self, draft: PromotionDraft) -> None:
        """Preview a draft; the same draft submitted again starts the promotion."""
        person, promotions = self.session.person, self.session.shop.promotions
        if person is None or self._is_saving:
            return
        if draft == self._draft:
            self._ask_no_more()
            self._add(draft)
            return
        ask = partial(self._ask, draft, self.form.content)
        self.session.run(lambda: promotions.reach(draft, person), ask, self._not_saved)

    def _ask(self, draft: PromotionDraft, sent: tuple[str, ...], reach: Reach) -> None:
        if self.session.screen_id != self.screen_id or self.form.content != sent:
            return
        self._draft = draft
        self.session.finishing.turned()
        self.form.ask(reach)

    def _ask_no_more(self) -> None:
        self._draft = None
        self.form.ask_no_more()

    def _add(self, draft: PromotionDraft) -> None:
        person, promotions = self.session.person, self.session.shop.promotions
        if person is None or self._is_saving:
            return
        self._is_saving = True

        def call() -> tuple[Promotion, Sequence[Promotion]]:
            return promotions.add(draft, person), promotions.all(person)

        sent = self.form.content
        self.session.run(call, lambda answer: self._added(sent, *answer), self._not_saved)

    def _added(self, sent: tuple[str, ...], added: Promotion, all_promotions: Sequence[Promotion]) -> None:
        self._is_saving = False
        self.session.sounds.play(Sound.ACCEPT)
        if self.form.content == sent:  # else more was typed meanwhile
            self.form.empty()
        self._take(all_promotions)
        self.table.choose(self.rows.index_of(added.id))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.notify(
            "promotion.added",
            lambda: Notice(Tone.WITHIN, self.translator("“{name}” added.", name=added.name), seconds=8),
        )

    def _not_saved(self, error: Exception) -> None:
        self._is_saving = False
        if isinstance(error, RuleBroken):
            self._wrong(error)
        else:
            self.session.sounds.play(Sound.REFUSE)
            self.session.report_foreseen(error)

    def _wrong(self, error: RuleBroken) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.form.complain(error)

    def _end(self) -> None:
        """End the selected promotion: the first press asks, the second one ends it."""
        row, person = self.rows.row(self.table.current_row), self.session.person
        if row is None or row.is_over or person is None:
            return
        key = self.session.actions.key_text("end_promotion")

        def asking() -> Notice:
            text = self.translator("End “{name}” now? Press {key} again to confirm.", name=row.name, key=key)
            return Notice(Tone.NEARLY, text, seconds=12)

        if not self.session.sure("promotion.end", row.id, asking):
            return
        promotions = self.session.shop.promotions

        def call() -> Sequence[Promotion]:
            promotions.end(row.id, person)
            return promotions.all(person)

        self.session.run(call, lambda all_promotions: self._ended(row.name, all_promotions))

    def _ended(self, name: str, all_promotions: Sequence[Promotion]) -> None:
        self._take(all_promotions)
        self.session.notify(
            "promotion.ended", lambda: Notice(Tone.INFO, self.translator("“{name}” ended.", name=name), seconds=8)
        )

    def _back(self) -> None:
        """Esc takes the question away and leaves the cursor in the form, to correct it; else it leads to the list."""
        if self._draft is not None:
            self._ask_no_more()
            return
        self.form.clear_errors()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── presentation ─────────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> None:
        now, zone, tr = self.session.shop.now(), self.session.settings.zone, self.translator
        self._said_at = now
        rows = [PromotionText.of(one, now, zone, tr) for one in self._promotions]
        self.table.renew(lambda: self.rows.present(rows), self.rows.key)
        self._pages.present(is_empty=self._is_answered and not self._promotions)
        self._mark_end()

    def _mark_end(self) -> None:
        row = self.rows.row(self.table.current_row)
        if self.session.question != ("promotion.end", None if row is None else row.id):
            self.session.withdraw("promotion.end")  # the question was about another row
        self.end_button.setEnabled(row is not None and not row.is_over)

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(self._header, self.table, self.empty)
        head = hbox(Stretched(self._title), self.end_button)
        list_side = vbox(head, self._hint, Stretched(self._pages), spacing=Space.S)
        both = MainAndSide(list_side, self.form, gap=Space.L)
        vbox(both, spacing=0, margins=(Space.L, Space.M, Space.L, Space.M), parent=self)
