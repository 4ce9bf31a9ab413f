"""No payment code, key or token leaves an adapter but to its provider: in no log, exception, repr or answer."""

from __future__ import annotations

import gc
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pos.partner_line.http_line import HttpLine, NoReply
from pos.payments.live_addresses import LIVE_ADDRESSES
from tests.architecture.source import ROOT
from tests.payments.benches import CODES, NAMES, Bench, bench, new_number
from tests.payments.fake_alipay import credentials as of_alipay
from tests.payments.fake_kaspi import ACCESS, REFRESH
from tests.payments.fake_wechat import credentials as of_wechat

FAULTS = ["", "cut_before", "cut_after", "broken", "garbage", "huge", "redirect", "wrong_signature"]


def secrets_of(name: str) -> list[str]:
    keys = {"wechat": of_wechat()["merchant_key"], "alipay": of_alipay()["app_key"], "kaspi": ACCESS}[name]
    parts = [line for line in keys.splitlines() if len(line) > 20 and "-----" not in line] or [keys]
    return [*parts, *([CODES[name][:-4]] if CODES[name] else [REFRESH, "access-token-of-the-till-0002"])]


@contextmanager
def raised_are_kept() -> Iterator[list[str]]:
    """The words of each exception that was made meanwhile, with all that it came from."""
    words: list[str] = []
    made = NoReply.__init__

    def begin(self: NoReply, what: str, *, sent: bool = True) -> None:
        made(self, what, sent=sent)
        words.append(repr(self))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NoReply, "__init__", begin)
        yield words


def walk(at: Bench) -> list[str]:
    """What every method says under every fault."""
    said: list[str] = []
    for fault in FAULTS:
        at.server.faults.clear()
        at.server.faults.extend([fault] if fault else [])
        order = at.order()
        answer, made = at.charge(order, asks=1)
        said += [repr(answer), str(answer), repr(made), repr(order), str(order)]
        at.server.faults.extend([fault] if fault else [])
        said.append(repr(at.provider.undo(made)))
    _, made = at.charge(at.order())
    said.append(repr(at.provider.refund(new_number(), made.amount, made)))
    said.append(repr(at.provider.ask_refund(new_number(), made.amount, made)))
    said.append(repr(at.provider.check()))
    return said


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_is_said_logged_or_raised(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with bench(name) as at, raised_are_kept() as raised:
        if name == "kaspi":
            at.server.tokens_over()  # type: ignore[attr-defined]  # only this one has any
        said = walk(at)
        said += [repr(at.provider), repr(at.provider._line), repr(vars(at.provider)["_line"])]  # type: ignore[attr-defined]  # each has one
        sent = at.server.sent().decode()
    words = "\n".join([*said, *raised, caplog.text, *(record.getMessage() for record in caplog.records)])
    assert raised
    for secret in secrets_of(name):
        assert secret not in words
    for secret in [one for one in secrets_of(name) if one.startswith(("13", "28", "access"))]:
        assert secret in sent, "what is looked for was there"


def test_an_exception_of_the_line_comes_from_nothing_that_has_the_request() -> None:
    line = HttpLine("http://127.0.0.1:9")
    with pytest.raises(NoReply) as lost:
        line.ask("GET", "/v2/revoke?refreshToken=secret", 2, headers={"accesstoken": "secret"})
    line.close()
    error: BaseException = lost.value
    assert (error.__cause__, error.__context__) == (None, None)
    assert "secret" not in "".join(traceback.format_exception_only(error))
    gc.collect()


def test_no_test_and_no_adapter_names_a_live_host() -> None:
    hosts = [address.removeprefix("https://") for address in LIVE_ADDRESSES.values()]
    files = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "pos").rglob("*.py"), *ROOT.glob("*.py")]
    naming = {path.relative_to(ROOT).as_posix() for path in files
              if any(host in path.read_text(encoding="utf-8") for host in hosts)}  # fmt: skip
    assert naming == {"pos/payments/live_addresses.py"}
