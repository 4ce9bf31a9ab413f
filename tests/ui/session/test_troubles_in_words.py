"""What is wrong is kept as a fact: it is said in the language of the person who looks, the person who was there when it
came.
"""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.errors import PrinterError, StoreError
from pos.domain.purchasing.goods_receipt import DeliveryHeld
from pos.domain.quota.measure import NoQuotaRate
from pos.domain.stock.stock_count import SheetsOpen
from pos.ui.session.session import Session
from tests.ui.conftest import Hand
from tests.ui.fakes_shop import FakeStore


def _break_everything(session: Session) -> None:
    session.note_trouble(StoreError("database_locked"))
    session.note_trouble(PrinterError("folder_not_writable", "/mnt/receipts"))
    session.take_backup_trouble(StoreError("disk_full"))
    session.take_disk(120_000_000)


def test_a_trouble_that_came_in_one_language_is_said_in_every_other(open_till: Callable[..., Hand]) -> None:
    hand = open_till(FakeStore(), demo=True)
    session = hand.till.session
    marks = hand.till.window.work.status.devices
    said: dict[str, list[str]] = {}

    _break_everything(session)
    for language in ("en", "zh", "ru", "kk", "en"):
        session.speak(language)
        kept = [session.store_trouble, session.printer_trouble, session.backup_trouble, session.disk_trouble]
        assert marks.store.toolTip() == session.store_trouble
        assert marks.printer.accessibleDescription().startswith(session.printer_trouble)
        assert marks.backup.toolTip() == session.backup_trouble
        assert said.setdefault(language, kept) == kept

    assert [len({texts[index] for texts in said.values()}) for index in range(4)] == [4, 4, 4, 4]


def test_people_in_a_refusal_are_said_by_their_names(open_till: Callable[..., Hand]) -> None:
    session = open_till(FakeStore(), demo=True).till.session
    session.names = {"amina": "Amina Bekova", "li": "Li Na"}

    assert session.wording(SheetsOpen(3, ("li", "amina"))).endswith("Still counting: Li Na, Amina Bekova.")
    assert session.wording(DeliveryHeld("G-000001", "li", "T2")).startswith("Li Na is counting")


def test_the_rate_that_an_allowance_lacks_is_called_that_of_its_currency(open_till: Callable[..., Hand]) -> None:
    session = open_till(FakeStore(), demo=True).till.session

    assert session.wording(NoQuotaRate("EUR")) == (
        "The allowance cannot be calculated: there is no exchange rate for EUR."
    )


def test_the_same_trouble_once_more_is_no_news_and_its_end_is(open_till: Callable[..., Hand]) -> None:
    session = open_till(FakeStore(), demo=True).till.session
    heard: list[str] = []
    session.devices_changed.connect(lambda: heard.append(session.backup_trouble))

    for error in (StoreError("disk_full"), StoreError("disk_full"), None, None):
        session.take_backup_trouble(error)

    assert heard == ["The disk is full. Nothing was recorded. Free some space and try again.", ""]
