"""The till is killed for good while the register has its request: before and after it has booked it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter, deque
from pathlib import Path

import pytest

from db.verify.partners.verify_fiscal import fiscal_mismatches
from pos.application.fiscal.send_to_register import SendToRegister
from pos.fiscal.webkassa import Webkassa
from tests.faults.apart import apart
from tests.faults.customers import a_small_shop
from tests.fiscal.fake_webkassa import FakeWebkassa, credentials
from tests.fiscal.shops import RHYTHM, with_register
from tests.payments.partner_server import Answered, Request
from tests.shops import SWEETS, DemoShop

_KILLS = ("before", "after")


class _Deadly(FakeWebkassa):
    """Kills the till that sends a ticket, before it is booked or after."""

    def __init__(self) -> None:
        super().__init__()
        self.kills: deque[str] = deque()
        self.till = 0
        self.is_forked = threading.Event()

    def act(self, request: Request) -> Answered:
        if not request.path.endswith("/check") or not self.kills:
            return super().act(request)
        when = self.kills.popleft()
        answered = super().act(request) if when == "after" else Answered(503)
        self.is_forked.wait()
        os.kill(self.till, signal.SIGKILL)
        return answered


def _sent(folder: Path, server: FakeWebkassa, minutes: int) -> int:
    """A program that starts, and sends; how many receipts wait still."""
    shop = DemoShop(folder)
    shop.now.move(minutes=minutes)
    register = Webkassa(credentials(), server.address, RHYTHM)
    waiting = SendToRegister(shop.context, lambda: register)(at_once=True).counts.waiting
    register.close_line()
    shop.close()
    return waiting


def _killing(folder: Path) -> tuple[list[int], int, Counter[str], list[str]]:
    """By which signals the tills ended, what waits in the end, the receipts at the register, what `verify` says."""
    with _Deadly() as server:
        shop = DemoShop(folder)
        with_register(shop, server)
        for _ in _KILLS:
            shop.sell(SWEETS)
        shop.close()
        ended = []
        for turn, when in enumerate(_KILLS):
            server.kills.append(when)
            server.is_forked.clear()
            child = os.fork()
            if child == 0:
                try:
                    _sent(folder, server, 10 * turn)
                finally:
                    os._exit(1)
            server.till = child
            server.is_forked.set()
            ended.append(os.WTERMSIG(os.waitpid(child, 0)[1]))
        waiting = _sent(folder, server, 100)
        theirs = Counter(str(one.body["ExternalOrderNumber"]) for one in server.tickets())
    shop = DemoShop(folder)
    with shop.store.reading() as work:
        said = list(fiscal_mismatches(work.connection))
    shop.close()
    return ended, waiting, theirs, said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_till_that_is_killed_in_the_midst_of_a_call_registers_each_receipt_once(tmp_path: Path) -> None:
    ended, waiting, theirs, said = apart(_killing, a_small_shop(tmp_path / "shop"))
    assert ended == [signal.SIGKILL] * len(_KILLS)
    assert (waiting, said) == (0, [])
    assert sorted(theirs.values()) == [1] * len(_KILLS)
