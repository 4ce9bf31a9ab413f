"""What people decide at the console: releases, regime files and unlinked documents, each in the journal."""

from __future__ import annotations

import json

import psycopg
import pytest

from pos.application.center.verify_center import VerifyCenter
from pos.center.console.forms import form_token
from pos.domain.errors import StoreError
from tests.center.console.morning import a_file, leave_in_doubt, link
from tests.center.console.site import Browser, Site
from tests.center.shops import perfume


def last_of(site: Site, action: str) -> dict[str, object]:
    """The facts of the last entry of an action."""
    with psycopg.connect(site.center.url) as connection:
        found = connection.execute(
            "SELECT facts FROM journal WHERE action = %s ORDER BY at DESC, entry DESC LIMIT 1", (action,)
        ).fetchone()
    assert found is not None
    return dict(json.loads(found[0]))


def test_a_doubt_is_released_with_a_reason_and_its_allowance_is_free(shared: Site) -> None:
    key = leave_in_doubt(shared, document="released")
    aigul = shared.person("aigul")
    aigul.open("/doubts/release?key=" + key.replace("/", "%2F"))
    without = aigul.send("/doubts/release", reason=" ")
    assert (without.status_code, aigul.sentence(without)) == (422, "Reason is missing.")
    assert aigul.send("/doubts/release", reason="the till burnt").status_code == 303
    done = aigul.open("/doubts?done=released")
    assert aigul.sentence(done) == "The reservation was released."
    assert key not in aigul.page
    assert last_of(shared, "release") == {"key": key, "reason": "the till burnt", "by": "aigul"}
    shared.center.till("B1").sell("released", perfume("8000"))
    again = aigul.open("/doubts/release?key=" + key.replace("/", "%2F"))
    assert again.status_code == 404
    assert VerifyCenter(shared.center.context)().findings == []


def test_what_still_has_time_is_its_tills_alone(shared: Site) -> None:
    till = shared.center.till("A1")
    asked = till.request(till.look_up("in time"), perfume("10"))
    till.reserve(asked)
    leave_in_doubt(shared, "B1", "other")
    aigul = shared.person("aigul")
    aigul.open("/doubts/release?key=" + shared.first_doubt().replace("/", "%2F"))
    shared.center.clock.pass_by(minutes=-1)
    refused = aigul.send("/doubts/release", key=shared.center.key_of("A1", asked), reason="hurry")
    assert refused.status_code == 404
    assert till.confirm(asked).flags == ()


def send_file(browser: Browser, content: bytes, day: str = "2026-11-22", name: str = "cn-horgos.toml") -> int:
    """Send a file for a preview; returns the status."""
    browser.open("/regimes")
    return browser.send("/regimes/preview", files={"file": (name, content)}, **{"from": day}).status_code


def test_one_person_proposes_a_file_and_another_brings_it_into_force(site: Site) -> None:
    aigul, li = site.person("aigul"), site.person("li")
    assert send_file(aigul, a_file()) == 200
    assert aigul.cells() == [["Goods", "limit", "8000", "5000"]]
    assert "22 Nov 2026" in aigul.page
    li.open("/regimes")
    assert "Proposed files" not in li.page, "a preview keeps nothing"
    assert aigul.send("/regimes/propose").status_code == 303
    token = form_token(aigul.client.cookies["center-session"], "/console/regimes/1/approve")
    refused = aigul.client.post("/console/regimes/1/approve", data={"form": token})
    assert refused.status_code == 422
    assert "Another person has to approve it" in aigul.sentence(refused)
    li.open("/regimes/1")
    assert li.cells() == [["Goods", "limit", "8000", "5000"]]
    assert li.send("/regimes/1/approve").status_code == 303
    assert last_of(site, "propose_regime")["by"] == "aigul"
    assert (last_of(site, "approve_regime")["by"], last_of(site, "approve_regime")["login"]) == ("li", "console")
    site.center.clock.pass_by(days=2)
    assert site.center.context.regimes()["cn-horgos"].content == a_file()
    li = site.person("li")
    li.open("/regimes")
    assert "22 Nov 2026" in li.page


def test_a_faulty_file_is_refused_with_the_sentence_of_a_shop_and_nothing_is_kept(shared: Site) -> None:
    aigul = shared.person("aigul")
    for content, day, name in (
        (b"not = [toml", "2026-11-22", "cn-horgos.toml"),
        (a_file("many"), "2026-11-22", "cn-horgos.toml"),
        (a_file(), "2026-11-22", "another.toml"),
        (a_file(), "2026-11-19", "cn-horgos.toml"),
        (a_file(), "tomorrow", "cn-horgos.toml"),
        (b"", "2026-11-22", "cn-horgos.toml"),
        (b"\xff\xfe", "2026-11-22", "cn-horgos.toml"),
    ):
        assert send_file(aigul, content, day, name) == 422, content[:20]
        assert 'role="alert"' in aigul.page
    send_file(aigul, a_file())
    for broken in ("", "AAAA", "not base64", "eJwDAAAAAAE="):
        assert aigul.send("/regimes/propose", content=broken).status_code == 422, broken
        send_file(aigul, a_file())
    with shared.context.books.reading() as work:
        assert work.regimes.all() == []


def test_documents_are_unlinked_with_a_reason(shared: Site) -> None:
    link(shared, "first", "second")
    aigul = shared.person("aigul")
    document = shared.first_link()
    aigul.open(f"/linked?name={document[:8]}")
    assert [row[1] for row in aigul.cells()] == [document]
    aigul.open(f"/linked/unlink?document={document}")
    assert aigul.send("/linked/unlink", reason="").status_code == 422
    assert aigul.send("/linked/unlink", reason="two brothers").status_code == 303
    facts = last_of(shared, "unlink")
    assert (facts["document"], facts["reason"], facts["by"]) == (document, "two brothers", "aigul")
    assert aigul.send("/linked/unlink", document=document, reason="again").status_code in (403, 404)
    till = shared.center.till("A1")
    assert till.look_up("first").reference != till.look_up("second").reference


def test_with_the_database_away_a_page_says_so_and_nobody_is_signed_out(
    shared: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    aigul = shared.person("aigul")

    def away(*_arguments: object) -> object:
        raise StoreError("unreachable", "db1")

    with monkeypatch.context() as patched:
        patched.setattr(type(shared.center.store), "begin", away)
        answer = aigul.open("/journal")
        assert answer.status_code == 503
        assert aigul.sentence(answer)
    assert aigul.open("/journal").status_code == 200
