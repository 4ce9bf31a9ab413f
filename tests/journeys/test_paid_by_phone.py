"""A phone pays, goods are exchanged and come back, the register hears of each: by scanner and keys, in four languages.

The provider and the register are servers on loopback with books of their own; the till speaks to them as to real ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pos.application.ports.partner_ports import PaymentProvider
from pos.application.reports.shift_json import shift_json
from pos.application.text.translator import LANGUAGE_NAMES
from pos.domain.outside_partners.attempt import AttemptKind, AttemptState
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Person
from pos.fiscal.webkassa import Webkassa
from pos.payments.wechat import WeChatPay
from pos.ui.input.actions import RECONCILIATION
from pos.ui.reports.reconciliation.screen import ReconciliationScreen
from pos.ui.returns.screen import ReturnsScreen
from tests.builders import CONSOLE
from tests.fiscal import fake_webkassa
from tests.fiscal.fake_webkassa import CASHBOX, FakeWebkassa
from tests.fiscal.shops import RHYTHM
from tests.journeys.closing import count_the_drawer
from tests.payments import fake_wechat
from tests.payments.conftest import no_live_host
from tests.payments.fake_wechat import FakeWeChat
from tests.payments.keys import clock
from tests.ui.at_the_counter import PASSPORT, Hand, a_demo_shop, whole_window
from tests.ui.sales.provider_counter import CODE

__all__ = ["no_live_host"]
Key = Qt.Key
BAG = "6901204300016"  # 1.00
CHOCOLATE = "4870204320145"  # 12.50
TO_DO = {
    "en": "The customer enters the PIN on the phone",
    "zh": "顾客在手机上输入密码",
    "ru": "Покупатель вводит PIN на телефоне",
    "kk": "Сатып алушы телефонда PIN енгізеді",
}
ASKS_EACH_TURN = PartnerRhythm(first_ask=0, ask_every=0, time_over=3600, call=10)
_BILL = "交易时间,微信订单号,商户订单号,交易状态,货币种类,订单金额,微信退款单号,商户退款单号,申请退款金额"


@dataclass
class Partners:
    """Both servers. Implements `PaymentProviders` with WeChat alone."""

    wechat: FakeWeChat
    webkassa: FakeWebkassa
    provider: WeChatPay
    is_practice: bool = False

    def named(self, name: str) -> PaymentProvider | None:
        return self.provider if name == "wechat" else None

    def bill(self, file: Path, day: str) -> Path:
        """What WeChat has moved, as the file of a day that a manager saves from its portal."""
        rows = [_BILL]
        for paid in self.wechat.books.values():
            one = f"`{day} 12:00:00,`{paid.reference},`{paid.number}"
            rows.append(f"{one},`SUCCESS,`CNY,`{_yuan(paid.minor)},`0,`0,`0.00")
            rows += [f"{one},`REFUND,`CNY,`0.00,`50,`{key},`{_yuan(back)}" for key, back in paid.refunds.items()]
        file.write_text("\r\n".join([*rows, "总交易单数", f"`{len(rows) - 1}"]), encoding="utf-8-sig")
        return file


def _yuan(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


At = tuple[Hand, Partners]


@pytest.fixture
def at_counter(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[At]:
    """Someone before the sign-in of a shop whose customers pay by WeChat, and whose receipts Webkassa registers."""
    shop = a_demo_shop(tmp_path / "shop")
    with ExitStack() as open_until_the_end:
        wechat = open_until_the_end.enter_context(FakeWeChat())
        webkassa = open_until_the_end.enter_context(FakeWebkassa())
        provider = WeChatPay(fake_wechat.credentials(), wechat.address, clock, ASKS_EACH_TURN)
        register = Webkassa(fake_webkassa.credentials(), webkassa.address, RHYTHM)
        open_until_the_end.callback(provider.close)
        open_until_the_end.callback(register.close_line)
        partners = Partners(wechat, webkassa, provider)
        vars(shop.adapters).update(providers=partners, fiscal_register=lambda: register)
        for name, text in {
            "provider_qr": "wechat",
            "fiscal_register": "webkassa",
            "fiscal_cashbox": CASHBOX,
            "fiscal_wait_seconds": "10",
        }.items():
            shop.office.set_setting(Person.at_the_console("root"), name, text)
        hand = open_until_the_end.enter_context(whole_window(qapp, qtbot, tmp_path, shop, Hand, "amina"))
        yield hand, partners


def last_sale(hand: Hand) -> Sale:
    sale = hand.shop.show_sale.last()
    assert sale is not None
    return sale


def open_receipt(hand: Hand, receipt: str, pieces: int) -> None:
    hand.press(Key.Key_F11)
    hand.scan(receipt)
    hand.type(str(pieces))


def paper_of(hand: Hand, receipt: str) -> tuple[str, list[str]]:
    """What the receipt says, and its codes."""
    pattern = f"receipts/*/*/*/{receipt}.pdf"
    hand.until(lambda: any(hand.shop.folder.glob(pattern)))
    page = pypdfium2.PdfDocument(next(hand.shop.folder.glob(pattern)))[0]
    codes = [barcode.text for barcode in zxingcpp.read_barcodes(page.render(scale=4).to_pil())]
    return page.get_textpage().get_text_bounded(), codes


def reconciled_by_keys(hand: Hand, bill: Path, patch: pytest.MonkeyPatch) -> str:
    """The manager signs in, finds the page and chooses the provider's file; what they read, and the sums."""
    hand.press(Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    hand.till.way_in.sign_in.people.card("manager").click()
    hand.type(hand.shop.demo_pins["manager"])
    hand.press(Key.Key_Return)
    hand.until(lambda: hand.till.window.screen_at(RECONCILIATION) is not None)
    hand.wait()
    hand.press(Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    hand.type("Reconciliation")
    hand.wait(500)
    hand.press(Key.Key_Return)
    assert hand.screen_id == RECONCILIATION
    patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bill), ""))
    hand.press(Key.Key_F7)
    page = hand.till.window.page
    assert isinstance(page, ReconciliationScreen)
    return page.summary.verdict.text + "".join(f" | {', '.join(row)}" for row in page.summary.sums.texts)


def test_a_day_paid_by_phone_agrees_with_the_provider_and_the_register(
    at_counter: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, partners = at_counter
    hand.type(hand.shop.demo_pins["amina"])
    hand.press(Key.Key_Return)
    hand.until(lambda: hand.screen_id == "checkout")

    # four chocolates; the customer shows the code of the phone, and their PIN is waited for
    partners.wechat.customers.appendleft("waits4")
    hand.scan(PASSPORT)
    for _ in range(4):
        hand.scan(CHOCOLATE)
    hand.open_payment()
    hand.scan(CODE)
    hand.until(lambda: bool(partners.wechat.books))
    said = {}
    for language in reversed(LANGUAGE_NAMES):
        hand.till.session.speak(language)
        hand.wait()
        said[language] = hand.payment.charged.column.card.accessibleName()
    assert said == TO_DO

    # paid: the sale is recorded without another key; the paper is a fiscal receipt with the code of the register
    for _ in range(6):
        hand.wait(1_000)
    assert hand.screen_id == "paid"
    sale = last_sale(hand)
    assert [(paid.tender.provider, str(paid.tender.amount)) for paid in sale.paid] == [("wechat", "50.00")]
    text, codes = paper_of(hand, sale.receipt)
    [ticket] = partners.webkassa.tickets("sale")
    assert "ФИСКАЛЬНЫЙ ЧЕК" in text
    assert ticket.check in text
    assert any(ticket.check in code for code in codes if code.startswith("http"))

    # three come back for a bag that costs less: what is left goes back to the phone by itself
    hand.press(Key.Key_F12)
    hand.scan(PASSPORT)
    open_receipt(hand, sale.receipt, 3)
    hand.press(Key.Key_F6)
    hand.scan(BAG)
    hand.press(Key.Key_F12)
    hand.wait(500)
    assert hand.payment.change.card.accessibleDescription() == "Complete the sale. Goes back automatically: WeChat Pay"
    hand.press(Key.Key_F12)
    hand.wait(500)
    exchanged = last_sale(hand)
    for _ in range(3):
        hand.wait(1_000)
    assert [back.reverses for back in exchanged.returns] == [sale.receipt]
    assert partners.wechat.kept == 1_350

    # the last one comes back as well
    hand.press(Key.Key_F12)
    open_receipt(hand, sale.receipt, 1)
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    for _ in range(3):
        hand.wait(1_000)
    page = hand.till.window.page
    assert isinstance(page, ReturnsScreen)
    assert page.done.summary_text() == "Goes back automatically: WeChat Pay\n¥\xa012.50"  # and by no hand
    assert partners.wechat.kept == 100
    back = hand.shop.return_goods.look(sale.receipt).returns[-1]
    refunds = hand.shop.open_attempts.of_receipt(back.receipt)
    assert [(one.kind, str(one.amount), one.state) for one in refunds] == [
        (AttemptKind.REFUND, "12.50", AttemptState.DONE)
    ]

    # the shift is closed: its Z names what the provider took and gave back, and no fiscal receipt is missing
    manager = next(person for person in hand.shop.sign_in.people() if person.name == "manager")
    expected = {line.currency.code: line.expected for line in hand.shop.read_shift(manager).cash}
    hand.till.window.show_screen("shift")
    hand.wait()
    hand.press(Key.Key_F12)
    count_the_drawer(hand, {code: money for code, money in expected.items() if money is not None})
    z = hand.shop.issue_shift.find(CONSOLE).report
    took = {"provider": "wechat", "currency": "CNY", "payments": 1, "paid": "50.00", "refunded": "49.00"}
    assert (shift_json(z)["providers"], shift_json(z)["unsettled"]) == ([took], [])

    # the manager lays the provider's file beside the books; the register and the shop agree
    day = hand.shop.now().astimezone(hand.shop.settings().zone).date()
    bill = partners.bill(hand.shop.folder.parent / "bill.csv", day.isoformat())
    assert reconciled_by_keys(hand, bill, monkeypatch).replace("\xa0", " ") == (
        "No difference: 3 payments and refunds compared."
        " | Paid, ¥ 50.00, ¥ 50.00, ¥ 0.00 | Refunded, ¥ 49.00, ¥ 49.00, ¥ 0.00"
    )
    sold, returned = partners.webkassa.tickets("sale"), partners.webkassa.tickets("return")
    assert [round(one.total / (ticket.total / 50), 2) for one in (*sold, *returned)] == [50, 1, 37.5, 12.5]
    assert [one.basis for one in returned] == [ticket.check] * 2
    assert hand.shop.verify_books() == []

    # neither the code of the phone nor a key stands in any file of the shop
    secrets = [CODE, fake_webkassa.PASSWORD, fake_webkassa.TOKEN, fake_webkassa.API_KEY]
    for file in hand.shop.folder.parent.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert [one for one in secrets if one.encode() in content] == [], file
