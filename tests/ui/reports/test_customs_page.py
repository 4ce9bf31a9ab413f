"""The page for customs at the real window: who carried what out, found by what is known, and the file of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pos.application.reports.export_customs import CarryOut, ExportCustoms
from pos.application.sales.complete_sale import Payment
from pos.domain.errors import Collided
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import read_typed
from pos.ui.reports.customs.screen import CustomsScreen
from pos.ui.session.rail_entries import entries_for
from tests.application.reports.test_single_window import SETTINGS
from tests.application.sales.test_parcels import sent, to_china
from tests.builders import cash_for
from tests.horgos import CNY
from tests.ui.at_the_counter import NOON, Hand, a_past, close_till, open_bare_till

Key = Qt.Key
LI = ("passport", "E87654321", "CHN", "1990-01-01")


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the page for customs of a shop that traded for eight days."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager", a_past)
    opened.till.window.plug(CustomsScreen(opened.till.session))
    opened.till.window.show_screen("customs")
    opened.wait()
    yield opened
    close_till(opened)


def page(hand: Hand) -> CustomsScreen:
    screen = hand.till.window.screen_at("customs")
    assert isinstance(screen, CustomsScreen)
    return screen


def said(hand: Hand) -> str:
    notice = hand.till.window.work.notices.notice
    return "" if notice is None else notice.text


def rows(hand: Hand) -> list[str]:
    return page(hand).list.rows.texts()


def test_the_last_week_stands_there_with_its_sums_and_the_chosen_visitor_beside_it(hand: Hand) -> None:
    carry_outs = page(hand).list.carry_outs
    assert len(rows(hand)) == len(carry_outs) > 1
    assert len({one.day for one in carry_outs}) > 1
    assert page(hand).list.summary.text().startswith(f"{len({one.visitor for one in carry_outs})} visitors · ")
    first = carry_outs[0]
    shown = page(hand).list.panel.texts
    assert shown[0] == f"{first.country} · ••••{first.document}"
    assert f"Name in files: {first.visitor}" in shown
    assert sum(line.line.quantity for line in first.lines) == first.quantity


def test_keys_choose_other_days_and_other_rules(hand: Hand) -> None:
    week = page(hand).list.carry_outs
    hand.press(Key.Key_F4)
    [regime] = {one.regime for one in page(hand).list.carry_outs}
    assert len(page(hand).list.carry_outs) == len([one for one in week if one.regime == regime])
    hand.press(Key.Key_F4)
    [other] = {one.regime for one in page(hand).list.carry_outs}
    assert other != regime
    hand.press(Key.Key_F4)
    assert page(hand).list.carry_outs == week
    hand.press(Key.Key_F6)
    hand.press(Key.Key_F6)  # today: no one has been here yet
    assert rows(hand) == []
    assert page(hand).list.empty.accessibleName() == "No goods taken out on these days"


def test_goods_under_other_rules_are_not_denied_where_those_chosen_have_none(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExportCustoms, "of_day", lambda *_: ())
    hand.press(Key.Key_F4)
    assert rows(hand) == []
    assert page(hand).list.empty.accessibleName() == "No goods taken out on these days under these rules"


def test_days_that_cannot_all_be_read_are_not_said_to_be_read_and_have_no_sums(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_day, week = ExportCustoms.of_day, page(hand).list.carry_outs

    def for_two_days(export: ExportCustoms, person: Person, day: date, regime: str | None) -> Sequence[CarryOut]:
        if (NOON.date() - day).days > 1:
            raise Collided("10.0.0.5")
        return of_day(export, person, day, regime)

    with monkeypatch.context() as patch:
        patch.setattr(ExportCustoms, "of_day", for_two_days)
        page(hand).read()
        hand.wait()
    notice = hand.till.window.work.notices.notice

    assert notice is not None
    assert notice.text.endswith("The database is busy with another till. Try again.")
    assert (rows(hand), page(hand).list.summary.text(), page(hand).list.empty.isVisible()) == ([], "", False)
    hand.press(Key.Key_Escape)
    assert page(hand).list.carry_outs == week


def test_a_receipt_that_is_scanned_or_typed_shows_who_has_its_goods(hand: Hand) -> None:
    receipt = page(hand).list.carry_outs[3].lines[0].line.receipt
    hand.scan(receipt)
    assert all(receipt in str(one.lines) for one in page(hand).list.carry_outs)
    assert 0 < len(rows(hand)) < 6
    hand.press(Key.Key_F2)
    hand.type("no such thing")
    hand.press(Key.Key_Return)
    assert rows(hand) == []
    hand.press(Key.Key_Escape)
    assert len(rows(hand)) > 6


def test_the_file_has_all_days_on_show_and_no_number_and_the_journal_says_so(hand: Hand, tmp_path: Path) -> None:
    carry_outs = page(hand).list.carry_outs
    page(hand).write(tmp_path / "gate.csv")
    hand.wait()
    lines = list(csv.DictReader((tmp_path / "gate.csv").read_text(encoding="utf-8").splitlines()))
    assert sum(int(line["quantity"]) for line in lines) == sum(one.quantity for one in carry_outs)
    assert {line["visitor"] for line in lines} == {one.visitor for one in carry_outs}
    assert all(len(line["document"]) <= 4 for line in lines)
    page(hand).write(tmp_path / "gate.json")
    hand.wait()
    assert len(json.loads((tmp_path / "gate.json").read_text(encoding="utf-8"))["carried_out"]) == len(carry_outs)
    notice = hand.till.window.work.notices.notice
    assert notice is not None
    assert notice.text == f"{len(carry_outs):,} entries saved to gate.json."
    page(hand).write(tmp_path / "nowhere" / "gate.csv")
    hand.wait()
    notice = hand.till.window.work.notices.notice
    assert notice is not None
    assert "nowhere" in notice.text
    with hand.shop.issue_receipt.store.reading() as work:
        written = work.connection.exec_driver_sql("SELECT count(*) FROM journal WHERE act = 'export'")  # type: ignore[attr-defined] # the port knows no SQL
        assert written.scalar_one() >= 2


def test_a_file_that_the_dialog_did_not_ask_about_is_not_overwritten(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "june.csv").write_text("an older one", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "june"), "CSV (*.csv)"))
    hand.press(Key.Key_F12)
    hand.until((tmp_path / "june (2).csv").exists)
    hand.wait()
    assert (tmp_path / "june.csv").read_text("utf-8") == "an older one"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "july.csv"), "JSON (*.json)"))
    hand.press(Key.Key_F12)
    hand.until((tmp_path / "july.json").exists)
    hand.wait()


def test_what_is_bought_today_is_not_out_yet(hand: Hand) -> None:
    amina = next(one for one in hand.shop.sign_in.people() if one.name == "amina")
    basket = hand.shop.new_checkout()
    basket.identify(read_typed(*LI, NOON.date()))
    basket.leave_to("CN")
    basket.add(hand.goods("toy").id, 1)
    order = basket.order(amina)
    hand.shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),), CNY))
    before = len(page(hand).list.carry_outs)
    page(hand).read()
    hand.wait()
    assert len(page(hand).list.carry_outs) == before


def test_it_is_a_managers_page_and_forgets_who_was_on_show(hand: Hand) -> None:
    people = {one.name: one for one in hand.shop.sign_in.people()}
    assert entries_for(people["amina"], ["customs"]) == entries_for(people["clerk"], ["customs"]) == []
    hand.till.session.speak("zh")
    hand.wait()
    assert page(hand).list.summary.text().endswith(" 件") or "位旅客" in page(hand).list.summary.text()
    hand.till.window.show_screen("checkout")
    hand.wait()
    assert rows(hand) == []


def test_a_shop_that_sends_saves_drafts_that_are_called_so(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not page(hand).drafts.isVisible()
    with hand.shop.context.store.begin() as work:
        work.settings.set("parcel_regime_kz", "kz-parcel")
        work.settings.set("parcel_regime_cn", "cn-cross-border")
        for name, text in SETTINGS.items():
            work.settings.set(name, text)
        work.commit()
    hand.till.session.take_settings(hand.shop.settings())
    hand.till.window.show_screen("customs")
    hand.wait()
    assert page(hand).drafts.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    hand.press(Key.Key_F7)
    hand.wait()
    assert "no goods were sold that leave China in a parcel" in said(hand)

    hand.shop.ring_sale(sent(lines=[{"code": hand.goods("toy").code}],
                             payments=[{"method": "cash", "currency": "CNY", "amount": "5000"}]))  # fmt: skip
    page(hand).read()
    hand.wait()
    hand.press(Key.Key_F7)
    hand.until(lambda: len(list(tmp_path.glob("draft-ceb*.xml"))) == 2)
    hand.wait()
    assert said(hand).endswith("not declared and not checked against a schema: orders 1, files 2.")

    hand.shop.ring_sale(to_china("p-2", lines=[{"code": hand.goods("toy").code}],
                                 payments=[{"method": "cash", "currency": "CNY", "amount": "5000"}]))  # fmt: skip
    hand.press(Key.Key_F7)
    hand.until(lambda: "Without a draft" in said(hand))
    assert said(hand).endswith(" (not an export).")
