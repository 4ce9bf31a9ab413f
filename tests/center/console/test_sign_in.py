"""Who may open the console: passwords, sessions and their end."""

from __future__ import annotations

import re
from dataclasses import replace

import psycopg
import pytest

from pos.application.center_console.account import ConsoleRole
from pos.application.center_console.manage_accounts import AddAccount, DisableAccount, ResetPassword
from pos.application.center_console.refusals import (
    AccountExists,
    AccountNotKnown,
    PasswordTooWeak,
    SessionEnded,
    SignInRefused,
    TooManyAttempts,
)
from pos.application.center_console.session import FindSession, SignIn, network_of
from tests.center.console.site import FIRST, OWN, QUICK, Site, add_person


def test_who_is_not_signed_in_sees_the_page_for_it_and_nothing_else(shared: Site) -> None:
    stranger = shared.visitor()
    for path in ("/", "/journal", "/journal.csv", "/doubts", "/regimes/1", "/nowhere"):
        answer = stranger.open(path)
        assert answer.url.path == "/console/sign-in", path
        assert "cn-horgos" not in answer.text


def test_a_person_chooses_their_own_password_before_anything_else(shared: Site) -> None:
    AddAccount(shared.context)("Nurlan", ConsoleRole.ADMINISTRATOR, FIRST, "ru", "owner")
    nurlan = shared.visitor()
    assert nurlan.sign_in("nurlan", FIRST).status_code == 303
    assert nurlan.open("/regimes").url.path == "/console/password"
    assert nurlan.send("/password", before="wrong", password=OWN, again=OWN).status_code == 422
    for weak in ("short", "a" * 20, "nurlan and his dog"):
        assert nurlan.send("/password", before=FIRST, password=weak, again=weak).status_code == 422
    assert nurlan.send("/password", before=FIRST, password=OWN, again=OWN + "!").status_code == 422
    assert nurlan.send("/password", before=FIRST, password=FIRST, again=FIRST).status_code == 422
    assert nurlan.send("/password", before=FIRST, password=OWN, again=OWN).status_code == 303
    assert nurlan.open("/regimes").url.path == "/console/regimes"
    assert 'lang="ru"' in nurlan.page


def test_whatever_is_wrong_the_answer_and_the_work_are_the_same(shared: Site) -> None:
    add_person(shared.context, "temir")
    DisableAccount(shared.context)("temir", "owner")
    before = _journal(shared).count("sign_in_refused")
    asked: list[bool] = []

    class Counting:
        def hashed(self, password: str) -> str:
            return QUICK.hashed(password)

        def is_right(self, stored: str | None, password: str) -> bool:
            asked.append(QUICK.is_right(stored, password))
            return asked[-1]

    sign_in = SignIn(replace(shared.context, passwords=Counting()))
    entries = []
    for name, password in (("aigul", "wrong"), ("nobody", "wrong"), ("temir", OWN), ("a\x00b", OWN)):
        with pytest.raises(SignInRefused):
            sign_in(name, password, "192.0.2.7")
        entries.append(_journal(shared).count("sign_in_refused") - before)
    assert asked == [False] * 4
    assert entries == [1, 2, 3, 4]
    answers = {shared.visitor().sign_in(name, "wrong").text for name in ("nobody", "marat")}
    assert len({re.sub(r'value="[^"]*"', "", text) for text in answers}) == 1


def test_wrong_passwords_slow_an_account_down_known_or_not(shared: Site) -> None:
    sign_in = SignIn(shared.context)
    add_person(shared.context, "saule")
    for name in ("saule", "no one"):
        for number in range(5):
            with pytest.raises(SignInRefused):
                sign_in(name, "wrong", f"192.0.3.{number}")
        with pytest.raises(TooManyAttempts) as refused:
            sign_in(name.upper(), OWN, "198.51.100.1")
        assert refused.value.seconds == 60
    browser = shared.visitor()
    assert browser.sign_in("saule", OWN).status_code == 429
    shared.center.clock.pass_by(seconds=61)
    with pytest.raises(SignInRefused):
        sign_in("saule", "wrong", "192.0.3.9")
    shared.center.clock.pass_by(seconds=61)
    with pytest.raises(TooManyAttempts):
        sign_in("saule", OWN, "192.0.3.9")
    shared.center.clock.pass_by(seconds=60)
    assert sign_in("saule", OWN, "192.0.3.9")
    for _ in range(4):
        with pytest.raises(SignInRefused):
            sign_in("saule", "wrong", "192.0.3.9")
    assert sign_in("saule", OWN, "192.0.3.9"), "a right password begins the count anew"
    shared.center.clock.pass_by(hours=-1)
    assert sign_in("saule", OWN, "192.0.3.9"), "a clock that is set back keeps no one out"


def test_an_address_is_slowed_down_whatever_names_it_tries(shared: Site) -> None:
    sign_in = SignIn(shared.context)
    for number in range(20):
        with pytest.raises(SignInRefused):
            sign_in(f"name-{number}", "wrong", "2001:db8:1:2::7")
    with pytest.raises(TooManyAttempts):
        sign_in("aigul", OWN, "2001:db8:1:2:ffff::8")
    assert sign_in("aigul", OWN, "192.0.2.1")
    assert network_of("2001:db8:1:2::7") == network_of("2001:db8:1:2:3::")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")


def test_a_session_ends_after_half_an_hour_of_nothing_and_after_twelve_hours(shared: Site) -> None:
    token = SignIn(shared.context)("aigul", OWN, "192.0.2.1")
    find = FindSession(shared.context)
    for _ in range(24):
        shared.center.clock.pass_by(minutes=29, seconds=30)
        assert find(token).name == "aigul"
    shared.center.clock.pass_by(minutes=13)
    with pytest.raises(SessionEnded):
        find(token)
    aigul = shared.person("aigul")
    shared.center.clock.pass_by(minutes=31)
    answer = aigul.open("/journal")
    assert answer.url.path == "/console/sign-in"
    assert "session has ended" in aigul.sentence(answer)


def test_signing_out_ends_the_session_for_a_copy_of_the_cookie_too(shared: Site) -> None:
    aigul, thief = shared.person("aigul"), shared.visitor()
    thief.client.cookies.update(aigul.client.cookies)
    assert thief.open("/members").url.path == "/console/members"
    aigul.open("/")
    aigul.send("/sign-out")
    assert thief.open("/members").url.path == "/console/sign-in"


def test_a_new_password_or_a_disabled_account_ends_what_is_open(shared: Site) -> None:
    add_person(shared.context, "dina")
    first, second = shared.person("dina"), shared.person("dina")
    first.open("/password")
    first.send("/password", before=OWN, password=OWN + " again", again=OWN + " again")
    assert first.open("/members").url.path == "/console/members"
    assert second.open("/members").url.path == "/console/sign-in"
    ResetPassword(shared.context)("dina", FIRST, "owner")
    assert first.open("/members").url.path == "/console/sign-in"
    add_person(shared.context, "kairat")
    kairat = shared.person("kairat")
    DisableAccount(shared.context)("kairat", "owner")
    assert kairat.open("/members").url.path == "/console/sign-in"


def test_a_name_is_one_account_in_capitals_or_not(shared: Site) -> None:
    add = AddAccount(shared.context)
    with pytest.raises(AccountExists):
        add("AIGUL", ConsoleRole.AUDITOR, FIRST, "en", "owner")
    with pytest.raises(PasswordTooWeak):
        add("new", ConsoleRole.AUDITOR, "12345678901", "en", "owner")
    with pytest.raises(AccountNotKnown):
        DisableAccount(shared.context)("nobody", "owner")


def test_no_script_reads_the_cookie_no_other_site_sends_it_and_beyond_here_only_tls_has_it(
    shared: Site,
) -> None:
    plain, behind_tls = shared.visitor(), shared.visitor(**{"X-Forwarded-Proto": "https"})
    plain.open("/sign-in")
    for browser in (plain, behind_tls):
        page = browser.client.get("/console/sign-in")
        cookies = page.headers.get_list("set-cookie") or [""]
        is_secure = browser is behind_tls
        for cookie in filter(None, cookies):
            assert "HttpOnly" in cookie
            assert "SameSite=strict" in cookie
            assert "Path=/console" in cookie
            assert ("Secure" in cookie, cookie.startswith("__Secure-")) == (is_secure, is_secure)


def test_the_store_has_neither_tokens_nor_passwords(shared: Site) -> None:
    aigul = shared.person("aigul")
    token = aigul.client.cookies["center-session"]
    with psycopg.connect(shared.center.url) as connection:
        rows = connection.execute(
            "SELECT a::text, s::text FROM account a LEFT JOIN console_session s ON true"
        ).fetchall()
        rows += connection.execute("SELECT w::text, j::text FROM wrong_passwords w, journal j").fetchall()
    text = str(rows)
    assert "$argon2id$" in text
    for secret in (token, OWN, FIRST):
        assert secret not in text


def _journal(shared: Site) -> str:
    with psycopg.connect(shared.center.url) as connection:
        return str(connection.execute("SELECT action, facts FROM journal").fetchall())
