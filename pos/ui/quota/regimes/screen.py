"""The allowance rules in force today and by date, and files that could not be used."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.quota.show_regimes import RegimesView
from pos.application.tables.listing import Listing
from pos.application.text.translator import Translator
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.quota.regimes.regime_rows import fault_key, missing_key, rows_of
from pos.ui.quota.regimes.rules_page import RulesPage
from pos.ui.quota.regimes.trouble_page import TroublePage
from pos.ui.session.session import Session
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.row_list import RowList

_LIST = 272


class RegimesScreen(Screen):
    """Choose a regime on the left and read its rules on the right. The page is read-only: rules are files.

    Up and down choose, Enter and Tab go to the rules, Esc goes back: to today, then to the list.
    """

    screen_id = "regimes"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._view: RegimesView | None = None
        self.list = RowList(session.theme)
        self.rules = RulesPage(session.theme, session.translator)
        self.trouble = TroublePage()
        self._empty = EmptyState(session.theme)
        self._where = TextLabel(role=Role.LABEL, wrap=True)
        self.list.chosen.connect(self._choose)
        self.list.activated.connect(lambda _index: self._enter())
        self.key_handlers = {"back": self._back}
        TableSaver(self, self._listing)
        self._lay_out()

    def entered(self) -> None:
        self.list.setFocus()
        self.follow_day()

    def follow_day(self) -> None:
        self.session.run(self.session.shop.show_regimes, self._take)

    def retranslate(self, tr: Translator) -> None:
        self.list.setAccessibleName(tr("Allowance rules"))
        hint = tr("They are part of the program. Reinstall it, or add a custom file.")
        self._empty.present("scale", tr("There are no allowance rules"), hint)
        self._present()

    def _listing(self) -> Listing | None:
        return self.rules.listing() if self._pages.currentWidget() is self.rules else None

    def _take(self, view: RegimesView) -> None:
        self._view = view
        self._present()

    def _present(self) -> None:
        view = self._view
        if view is None:
            return
        folder = str(view.folder).replace("\\", "\\\u200b")  # allows a narrow column to break the path
        self._where.setText("\n".join((self.translator("Custom rule files are in this folder:"), folder)))
        key = self.list.key or next((one.regime.id for one in view.regimes), "")
        self._choose(self.list.present(rows_of(view, self.session.shop.reason_text, self.translator), key))

    def _choose(self, key: str) -> None:
        view, tr = self._view, self.translator
        if view is None:
            return
        for regime in view.regimes:
            if regime.regime.id == key:
                self.rules.present(regime, tr)
                self._pages.setCurrentWidget(self.rules)
                return
        for number, fault in enumerate(view.faults):
            if fault_key(number) == key:
                self.trouble.present_fault(fault, self.session.shop.reason_text, tr)
                self._pages.setCurrentWidget(self.trouble)
                return
        for missing in view.missing:
            if missing_key(missing) == key:
                self.trouble.present_missing(missing, tr)
                self._pages.setCurrentWidget(self.trouble)
                return
        self._pages.setCurrentWidget(self._empty)

    def _enter(self) -> None:
        page = self._pages.currentWidget()
        if page is self.rules:
            self.rules.list.setFocus()
        elif page is self.trouble:
            self.trouble.details.setFocus()

    def _back(self) -> None:
        if not self.rules.is_today:
            self.rules.go_to(None)
        else:
            self.list.setFocus()

    def _lay_out(self) -> None:
        side = Surface(Ground.PANEL)
        foot = vbox(self._where, margins=(Space.L, Space.M, Space.M, Space.M))
        vbox(Stretched(self.list), Line(), foot, spacing=0, margins=0, parent=side)
        self._pages = QStackedWidget()
        for page in (QWidget(), self._empty, self.rules, self.trouble):  # empty until the rules are loaded
            self._pages.addWidget(page)
        vbox(MainAndSide(self._pages, side, widest=_LIST, share=30, side_first=True), margins=0, parent=self)
        self.setTabOrder(self.list, self.rules.days.box)
