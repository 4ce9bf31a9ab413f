"""A till joins a center by its pass, and a till that is not real never speaks to one."""

from __future__ import annotations

import http.server
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import main
from pos.application.center.refusals import CredentialUnknown
from pos.application.center.till_pass import TillPass
from pos.application.membership.join_center import check_address
from pos.application.membership.refusals import SELL_UNSEEN, CenterAway, NotOfThisDemo
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.staff.staff import Approval, NotAllowed, Person, need_behind
from pos.domain.visitors.document import read_mrz
from pos.keys.credentials import CredentialFile
from pos.keys.keyfile import KeyFileError
from pos.languages.refusals import refusal_text
from tests.application.membership.member_shops import MemberShop
from tests.builders import MONDAY
from tests.center.shops import KEYS, Center
from tests.shops import CARTON, CHOCOLATE, ZHANG_WEI, a_ticket


def pass_of(center: Center, till: str = "A1") -> TillPass:
    return TillPass("https://center.test", center.till(till).credential, KEYS.members)


def test_the_pass_is_in_no_answer_and_in_one_file(here: MemberShop, center: Center) -> None:
    here.credentials.forget()
    given = pass_of(center, "A2")
    shown = here.at_center.join(given.to_text() + "\n", here.person("manager"))
    assert (shown.is_member, shown.address) == (True, "https://center.test")
    kept = here.folder / "credentials.json"
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    secret = (given.credential, given.members_key.hex(), given.to_text())
    assert not any(one in str(shown) + str(here.tables()) for one in secret)
    assert not any(one in (here.folder / "keys.json").read_text() for one in secret)
    assert here.rows("SELECT details FROM journal WHERE act = 'join_center'") == [
        ('{"address":"https://center.test"}',)
    ]


def test_only_who_may_change_settings_lets_a_till_join_or_leave(here: MemberShop, center: Center) -> None:
    step, cashier = here.at_center.join, here.person("amina")
    with pytest.raises(NotAllowed):
        step(pass_of(center).to_text(), cashier)
    for call in (step.leave, step.show, step.check):
        with pytest.raises(NotAllowed):
            call(cashier)
    assert here.credentials.read() is not None


def test_a_pass_that_the_center_does_not_know_is_not_kept(here: MemberShop, center: Center) -> None:
    here.credentials.forget()
    given = TillPass("https://center.test", "revoked", KEYS.members)
    with pytest.raises(CredentialUnknown):
        here.at_center.join(given.to_text(), here.person("manager"))
    assert here.credentials.read() is None


def test_each_till_of_a_folder_has_a_pass_of_its_own(tmp_path: Path, center: Center) -> None:
    first, second = (CredentialFile(tmp_path / "credentials.json", till) for till in ("T1", "T2"))
    first.keep(pass_of(center))
    assert (first.read(), second.read()) == (pass_of(center), None)
    second.keep(pass_of(center, "A2"))
    first.forget()
    assert (first.read(), second.read()) == (None, pass_of(center, "A2"))


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"T1": {"center": "x"}}', '{"T1": {"center": 1}}', '{"T1": 1}', "\x00"]
)
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "credentials.json").write_text(content)
    with pytest.raises(KeyFileError) as damaged:
        CredentialFile(tmp_path / "credentials.json", "T1").read()
    assert damaged.value.what == "credentials_damaged"


def test_a_damaged_file_is_the_center_away_and_no_document_is_refused(here: MemberShop, center: Center) -> None:
    """Each document ended in the trouble of a file, and nothing was sold to a visitor any more."""
    here.set("center_away", "approve")
    file = here.folder / "credentials.json"
    file.write_text("{")
    order = here.order_of(CARTON)
    with pytest.raises(CenterAway) as away:
        here.open_payment(order)
    assert (away.value.what, need_behind(away.value) is not None) == ("credentials_damaged", True)
    said = "The center does not answer: the file credentials.json of this till is damaged; its pass has to be entered"
    assert refusal_text(away.value, Translator.english()).startswith(said)
    assert here.at_center.send().what == "credentials_damaged"
    approval = Approval(here.person("manager"), frozenset({SELL_UNSEEN}), order.key)
    sale = here.take_money(here.open_payment(order, approval), approval)
    assert sale.quota["A"]["verdict"] == "unknown"
    told = here.rows("SELECT details FROM journal WHERE act = 'center_call_refused'")
    assert (here.waiting(), len(told), "no_document" in told[0][0]) == ([], 1, True)
    given = pass_of(center)
    here.at_center.join(given.to_text(), here.person("manager"))
    assert (here.credentials.read(), file.with_name("credentials.json.damaged").read_text()) == (given, "{")
    here.sell_to_zhang(CARTON)


def test_who_is_known_is_told_of_although_the_file_is_damaged(here: MemberShop) -> None:
    here.sell_to_zhang(CHOCOLATE)
    here.set("center_away", "approve")
    (here.folder / "credentials.json").write_text("{")
    order = here.order_of(CARTON)
    approval = Approval(here.person("manager"), frozenset({SELL_UNSEEN}), order.key)
    here.take_money(here.open_payment(order, approval), approval)
    assert here.waiting() == ["unseen_sale"]


@pytest.mark.parametrize(
    "address",
    ["http://center.example", "ftp://center.example", "https://", "https://user@center.example", "https://c.example/x",
     "https://c.example?q", "file:///etc/passwd", "https://[", "https://c.example:99999", "center.example", ""],
)  # fmt: skip
def test_a_pass_without_tls_leads_to_this_computer_alone(address: str) -> None:
    check_address("http://127.0.0.1:8443")
    check_address("https://center.example:8443/")
    with pytest.raises(BadField) as refused:
        check_address(address)
    assert not refused.value.value


def test_who_leaves_keeps_what_is_still_to_be_told(here: MemberShop) -> None:
    here.take_money(here.open_payment(here.order_of(CHOCOLATE)))
    left = here.at_center.join.leave(here.person("manager"))
    assert (left.is_member, left.waiting) == (False, 1)
    assert here.rows("SELECT count(*) FROM visitor_identity") == [(0,)]
    assert here.at_center.send().taken == 0
    with pytest.raises(CenterAway):
        here.at_center.join.check(here.person("manager"))
    here.take_money(here.order_of(CHOCOLATE))


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server that has to hear nothing."""
    heard: list[str] = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            heard.append("connected")
            self.close_connection = True

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sold_in(shop: Shop) -> None:
    """A sale of the demo, for a visitor."""
    checkout = shop.new_checkout()
    checkout.identify(read_mrz(list(ZHANG_WEI), shop.now().date()))
    checkout.scan(CHOCOLATE)
    ticket = a_ticket()
    ticket["visitors"][0]["residence"] = "CN"
    shop.ring_sale(ticket)


def test_a_demo_and_a_training_are_heard_by_no_center(tmp_path: Path) -> None:
    with listening() as (address, heard):
        for options in (
            Options(data=tmp_path, demo=True, at=MONDAY),
            Options(data=tmp_path, demo=True, training=True, at=MONDAY),
        ):
            for folder in (tmp_path, tmp_path / "training"):
                folder.mkdir(exist_ok=True)
                CredentialFile(folder / "credentials.json", "T1").keep(TillPass(address, "real", KEYS.members))
            shop = main.build(options, quick_pins=True, demo_size=120)
            assert shop.at_center is None
            sold_in(shop)
            shop.close()
        assert heard == []


def test_a_till_of_a_demo_center_is_heard_by_that_one_alone(tmp_path: Path) -> None:
    with listening() as (address, heard), listening() as (others, heard_by_others):
        own, real = (TillPass(where, "credential", KEYS.members) for where in (address, others))
        main.build(Options(data=tmp_path, demo=True), quick_pins=True, demo_size=120).close()
        main.make_demo_member(Options(), tmp_path, "Silk Gate", {"T1": own})
        shop = main.build(Options(data=tmp_path), quick_pins=True)
        center = shop.at_center
        assert center is not None
        assert center.membership.credentials.read() == own
        with pytest.raises(CenterAway):  # it hears, and is no center
            center.join.check(Person.at_the_console("root"))
        with pytest.raises(NotOfThisDemo):
            center.join(real.to_text(), Person.at_the_console("root"))
        CredentialFile(tmp_path / "credentials.json", "T1").keep(real)  # as one copies the file of a shop
        assert center.membership.credentials.read() is None
        sold_in(shop)
        shop.close()
        assert heard
        assert heard_by_others == []


def test_a_shop_without_a_center_never_loads_the_library(tmp_path: Path) -> None:
    main.build(Options(data=tmp_path), quick_pins=True).close()
    script = f"""
import sys, main
from pathlib import Path
from pos.application.settings.options import Options
main.stand_at_the_usual_border()
shop = main.build(Options(data=Path({str(tmp_path)!r})), quick_pins=True)
shop.new_checkout()
assert shop.at_center is not None and not shop.at_center.membership.is_member
shop.hold_sale, shop.ring_sale, shop.complete_sale
assert not [name for name in sys.modules if name.startswith(("httpx2", "httpcore2", "pos.center_client"))]
shop.close()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
