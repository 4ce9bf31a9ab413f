"""Nothing is decided without a form of ours, and nothing by an auditor."""

from __future__ import annotations

import re

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.center.console.app import GETS, POSTS
from pos.center.console.forms import form_token, read_form
from pos.center.limits import MOST_BYTES
from pos.domain.errors import BadField
from tests.center.console.morning import a_file, leave_in_doubt, link
from tests.center.console.site import Browser, Site

CHANGES = [post.path.replace("{number:int}", "1") for post in POSTS if post.decides]
OF_EVERYONE = {"/sign-in", "/sign-out", "/password", "/language"}


def state(site: Site) -> object:
    """All that a decision would change."""
    with psycopg.connect(site.center.url) as connection:
        tables = ("regime_file", "regime_approval", "reservation", "visitor", "flag")
        rows = [connection.execute(f"SELECT * FROM {table} ORDER BY 1".encode()).fetchall() for table in tables]
        rows.append(connection.execute("SELECT * FROM journal WHERE action NOT LIKE 'sign_%'").fetchall())
    return rows


@pytest.fixture(scope="module")
def full(shared: Site) -> dict[str, str]:
    """Something that each form could change, as the fields of all forms together."""
    leave_in_doubt(shared)
    link(shared, "first", "second")
    aigul = shared.person("aigul")
    aigul.open("/regimes")
    sent = aigul.send("/regimes/preview", files={"file": ("cn-horgos.toml", a_file())}, **{"from": "2026-11-22"})
    assert sent.status_code == 200, aigul.sentence(sent)
    fields = aigul.form("/regimes/propose")
    aigul.send("/regimes/propose")
    return {**fields, "key": shared.first_doubt(), "document": shared.first_link(), "reason": "because"}


def test_every_form_that_decides_is_walked() -> None:
    assert {post.path for post in POSTS if not post.decides} == OF_EVERYONE
    assert len(CHANGES) == len(set(CHANGES)) == 5


def test_nothing_is_decided_by_an_auditor_or_by_a_form_that_is_not_ours(shared: Site, full: dict[str, str]) -> None:
    before = state(shared)
    for who in ("auditor", "nobody", "without a token", "token of another form", "other site"):
        browser = shared.visitor() if who == "nobody" else shared.person("marat" if who == "auditor" else "li")
        for path in CHANGES:
            key = browser.client.cookies.get("center-session") or "x"
            token = form_token(key, "/console/language" if who == "token of another form" else f"/console{path}")
            fields = {**full, "form": "" if who == "without a token" else token}
            headers = {"Origin": "https://evil.example"} if who == "other site" else {}
            files = {"file": ("cn-horgos.toml", a_file("4000"))} if path.endswith("/preview") else None
            answer = browser.client.post(f"/console{path}", data=fields, files=files, headers=headers)
            assert answer.status_code == (303 if who == "nobody" else 403), (who, path)
    assert state(shared) == before


def test_an_auditor_reads_every_page_and_has_no_form_to_decide_with(shared: Site, full: dict[str, str]) -> None:
    marat = shared.person("marat")
    for path in GETS:
        answer = marat.open(path.replace("{number:int}", "1") + _query(path, full))
        assert answer.status_code == 200, path
        assert not [post for post in CHANGES if f'action="/console{post}"' in answer.text], path
    marat.open("/")
    assert marat.send("/language", language="kk").status_code == 303
    marat.open("/")
    assert 'lang="kk"' in marat.page


def _query(path: str, full: dict[str, str]) -> str:
    if path == "/doubts/release":
        return f"?key={full['key'].replace('/', '%2F')}"
    return f"?document={full['document']}" if path == "/linked/unlink" else ""


def test_a_browser_that_says_another_site_sent_it_is_refused(shared: Site) -> None:
    aigul = shared.person("aigul")
    aigul.open("/")
    fields = {**aigul.form("/sign-out")}
    refused = aigul.client.post("/console/sign-out", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert "another site" in aigul.sentence(refused)
    assert aigul.client.post("/console/sign-out", data=fields).status_code == 303


def test_every_answer_says_that_nothing_runs_in_it_and_no_one_frames_or_keeps_it(shared: Site) -> None:
    aigul = shared.person("aigul")
    for browser in (aigul, shared.visitor()):
        for path in ("/", "/sign-in", "/journal.csv", "/nowhere", "/regimes/9"):
            headers = browser.client.get(f"/console{path}").headers
            policy = headers["content-security-policy"]
            assert policy.startswith("default-src 'none'; style-src 'self';")
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert (headers["x-frame-options"], headers["cache-control"]) == ("DENY", "no-store")
            assert headers["referrer-policy"] == "same-origin"
    aigul.open("/")
    (sheet,) = set(_styles(aigul))
    style = aigul.client.get(sheet)
    assert (style.status_code, "immutable" in style.headers["cache-control"]) == (200, True)


def _styles(browser: Browser) -> list[str]:
    return re.findall(r'rel="stylesheet" href="([^"]+)"', browser.page)


def test_a_body_that_is_too_large_or_no_form_is_refused(shared: Site) -> None:
    aigul = shared.person("aigul")
    large = aigul.client.post("/console/regimes/preview", content=b"x" * (MOST_BYTES + 1))
    assert large.status_code == 413
    for kind, body in (
        ("application/json", b"{}"),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"\xff" * 50),
        ("application/x-www-form-urlencoded", b"a=%ff"),
        ("application/x-www-form-urlencoded", "a=ж".encode()),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(100))),
    ):
        answer = aigul.client.post("/console/language", content=body, headers={"Content-Type": kind})
        assert answer.status_code in (403, 422), (kind, body[:20])


NAMES = st.text(st.characters(codec="utf-8", exclude_characters='\r\n"\\'), min_size=1, max_size=20)


@given(st.binary(max_size=300), NAMES)
def test_a_file_arrives_as_it_was_to_the_byte(content: bytes, name: str) -> None:
    boundary = "----boundary-of-a-form-7f3a"
    file = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain'
    day = 'Content-Disposition: form-data; name="from"'
    parts = [file.encode() + b"\r\n\r\n" + content, day.encode() + b"\r\n\r\n2026-11-22"]
    lines = [f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts]
    body = b"".join(lines) + f"--{boundary}--\r\n".encode()
    form = read_form(f"multipart/form-data; boundary={boundary}", body)
    assert form.files["file"].content == content
    assert form.text("from") == "2026-11-22"


def test_a_form_that_is_none_is_refused() -> None:
    with pytest.raises(BadField):
        read_form("text/plain", b"a=1")


def test_with_its_own_forms_an_administrator_decides_all_of_it(shared: Site, full: dict[str, str]) -> None:
    li = shared.person("li")
    for path in CHANGES:
        key = li.client.cookies["center-session"]
        fields = {**full, "form": form_token(key, f"/console{path}")}
        files = {"file": ("cn-horgos.toml", a_file("4000"))} if path.endswith("/preview") else None
        answer = li.client.post(f"/console{path}", data=fields, files=files)
        assert answer.status_code == (200 if path.endswith("/preview") else 303), (path, li.sentence(answer))
