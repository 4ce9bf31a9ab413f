"""Addresses from which rates may be fetched."""

from __future__ import annotations

import pytest

from pos.domain.pricing.rate_feed import address_to_show, file_of, host_of, is_feed_address, may_lead

BANK = "https://bank.example/rss/rates_all.xml"


@pytest.mark.parametrize("address", [BANK, "https://bank.example:8443/", "http://127.0.0.1:80/x", "http://localhost/x",
                                     "http://[::1]:8080/x"])  # fmt: skip
def test_rates_come_by_https_or_from_this_computer(address: str) -> None:
    assert is_feed_address(address)


@pytest.mark.parametrize("address", [
    "", "bank.example", "http://bank.example/", "http://127.0.0.1.bank.example/", "http://localhost.bank.example/",
    "https:///x", "https://", "https://user:secret@bank.example/", "https://user@bank.example/", "ftp://bank.example/",
    "file:///etc/passwd", "https://bank.example/a b", "https://банк.example/", "https://bank.example:99999/",
    "https://bank.example/" + "x" * 300, "https://[::1/", "HTTP://bank.example/",
])  # fmt: skip
def test_no_other_address_is_one_of_a_feed(address: str) -> None:
    assert not is_feed_address(address)


def test_a_secure_address_leads_to_secure_addresses_only() -> None:
    assert may_lead(BANK, "https://other.example/rates.xml")
    assert not may_lead(BANK, "http://bank.example/rates.xml")
    assert not may_lead(BANK, "http://127.0.0.1/rates.xml")
    assert may_lead("http://127.0.0.1/old", "http://127.0.0.1/new")
    assert not may_lead("http://127.0.0.1/old", "http://bank.example/new")


def test_host_and_file_are_told_by_their_names() -> None:
    assert (host_of(BANK), file_of(BANK)) == ("bank.example", "rates_all.xml")
    assert file_of("https://bank.example/get_rates.cfm?fdate=24.11.2026") == "get_rates.cfm"
    assert file_of("https://bank.example/") == "bank.example"


@pytest.mark.parametrize(("typed", "repeated"), [
    ("http://bank.example/rates?token=4711", "http://bank.example/…"),
    ("https://user:secret@bank.example", "https://bank.example/…"),
    ("https://bank.example\\token", "https://bank.example/…"),
    ("user:secret@bank.example", "bank.example/…"),
    ("ftp://bank.example", "ftp://bank.example"),
    ("bank", "bank"),
])  # fmt: skip
def test_no_password_and_no_token_of_a_refused_address_is_repeated(typed: str, repeated: str) -> None:
    assert address_to_show(typed) == repeated
