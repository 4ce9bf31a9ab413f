"""A file from the web, of a real server on this computer: whole, within its time, from where it should be."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from time import monotonic

import pytest

from pos.devices.web_file import LONGEST_FILE, fetch_file
from pos.domain.errors import InfrastructureError
from tests.devices.web_server import Answer, gives, leads_to, own_certificate, serving

FILE = b"<rates>" + b"x" * 100_000 + b"</rates>"


def refused(answer: Answer, patience: float = 5.0, path: str = "/rates.xml") -> tuple[str, str, str]:
    """What is said of a server that answers so: what, where, detail."""
    answers = {"/rates.xml": answer, "/again": leads_to("/again")}
    with serving(answers) as address, pytest.raises(InfrastructureError) as trouble:
        fetch_file(address + path, patience)
    return trouble.value.what, trouble.value.where, trouble.value.detail


def no_such_page(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


def broken_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"this is no answer of the web\r\n\r\n")


@pytest.mark.parametrize("says", [None, -1])
def test_a_file_comes_whole_whether_its_length_is_said_or_not(says: int | None) -> None:
    with serving({"/rates.xml": gives(FILE, says=says)}) as address:
        assert fetch_file(f"{address}/rates.xml") == FILE


def test_a_server_may_send_on_to_another_place_on_this_computer() -> None:
    with serving({"/old": leads_to("/rates.xml"), "/rates.xml": gives(FILE)}) as address:
        assert fetch_file(f"{address}/old") == FILE


@pytest.mark.parametrize("further", ["http://bank.example/rates.xml", "file:///etc/passwd", "ftp://127.0.0.1/rates"])
def test_no_server_leads_to_an_address_without_https(further: str) -> None:
    what, where, detail = refused(leads_to(further))
    assert (what, where) == ("feed_redirected", "127.0.0.1")
    assert further.startswith(detail)


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (gives(b"x" * (LONGEST_FILE + 1)), "feed_too_large"),
        (gives(b"", says=LONGEST_FILE + 1), "feed_too_large"),
        (gives(b"x" * (LONGEST_FILE + 1), says=-1), "feed_too_large"),
        (gives(FILE[:500], says=len(FILE)), "feed_broken_off"),
        (lambda handler: handler.connection.close(), "feed_broken_off"),
        (broken_header, "feed_unreachable"),
        (no_such_page, "feed_refused"),
    ],
)
def test_what_is_no_whole_file_is_refused_with_its_cause(answer: Answer, what: str) -> None:
    assert refused(answer)[:2] == (what, "127.0.0.1")


def test_a_circle_of_addresses_ends() -> None:
    what, _, detail = refused(gives(b""), path="/again")
    assert (what, detail) == ("feed_refused", "HTTP 302")


@pytest.mark.parametrize("drips", [False, True])
def test_a_server_that_takes_too_long_is_left(drips: bool) -> None:
    ended = threading.Event()

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not ended.wait(0.02):
            if drips:
                handler.wfile.write(b"x")

    began = monotonic()
    try:
        assert refused(slowly, patience=0.15)[0] == "feed_no_answer"
        assert monotonic() - began < 3
    finally:
        ended.set()


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    own = own_certificate(tmp_path)
    with serving({"/": gives(FILE)}, own) as address, pytest.raises(InfrastructureError) as trouble:
        fetch_file(f"{address}/")
    assert (trouble.value.what, trouble.value.where) == ("feed_certificate", "127.0.0.1")
    assert "self" in trouble.value.detail


def test_where_nobody_listens_and_a_name_that_nobody_has_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, *_: object, **__: object) -> list[object]:
        if host == "127.0.0.1":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with serving({}) as address:
        port = int(address.rpartition(":")[2])
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for closed, what in ((address, "feed_unreachable"), ("https://no-such-bank.invalid/x", "feed_unknown_host")):
        with pytest.raises(InfrastructureError) as trouble:
            fetch_file(closed)
        assert trouble.value.what == what
