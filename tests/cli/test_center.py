"""The commands of the center, from its tables to a till's pass."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2 as httpx
import pytest

from pos.application.center.till_pass import TillPass
from pos.domain.border import Border
from tests.cli.console import Console, a_ticket
from tests.postgres_server import Server

ROOT = Path(__file__).resolve().parents[2]
_NUMBERS = count()


@pytest.fixture
def at(server: Server, tmp_path: Path) -> list[str]:
    """The options that say where the center is; nothing is there yet."""
    return ["--database", server.create(f"center_cli_{next(_NUMBERS)}"), "--keys", str(tmp_path / "center.json")]


def test_a_center_is_made_and_a_till_gets_its_pass(console: Console, at: list[str]) -> None:
    assert console("center", "init", *at).code == 0
    assert console("center", "init", *at).code == 0, "again, it finds its tables"
    assert console("center", "member", "add", "Silk Gate", *at).json == {"member": "Silk Gate"}
    added = console("center", "till", "add", "Silk Gate", "T1", "--address", "https://center.test", *at).json
    given = TillPass.from_text(added["pass"])
    assert (given.address, len(given.credential) >= 43) == ("https://center.test", True)
    (row,) = console("center", "member", "list", *at).json
    assert (row["member"], row["till"], row["revoked_at"], row["last_contact"]) == ("Silk Gate", "T1", None, None)
    assert console("center", "till", "revoke", "Silk Gate", "T1", *at).code == 0
    assert console("center", "doubts", *at).json == []
    verified = console("center", "verify", *at)
    assert (verified.code, verified.json["journal_entries"]) == (0, 3)


def test_what_cannot_be_is_said_in_one_sentence(console: Console, at: list[str]) -> None:
    before = console("center", "member", "list", *at)
    assert (before.code, before.err.count("\n")) == (4, 1)
    console("center", "init", *at)
    console("center", "member", "add", "Silk Gate", *at)
    again = console("center", "member", "add", "Silk Gate", *at)
    assert (again.code, "Silk Gate" in again.err) == (3, True)
    missing = console("center", "till", "add", "Nowhere", "T1", "--address", "https://center.test", *at)
    assert (missing.code, "Nowhere" in missing.err) == (2, True)
    not_here = console("center", "release", "sale#1", "--reason", "till is broken", *at)
    assert (not_here.code, "sale#1" in not_here.err) == (2, True)
    sqlite = console("center", "init", "--database", "sqlite:///x.db", "--keys", at[3])
    assert (sqlite.code, sqlite.err.count("\n")) == (2, 1)


def test_beyond_this_machine_the_service_needs_a_certificate(console: Console, at: list[str]) -> None:
    console("center", "init", *at)
    refused = console("center", "serve", "--host", "0.0.0.0", "--port", "0", *at)
    assert (refused.code, refused.err.count("\n")) == (2, 1)


def test_the_service_answers_and_ends_when_it_is_told_to(console: Console, at: list[str], tmp_path: Path) -> None:
    console("center", "init", *at)
    program = [sys.executable, str(ROOT / "main.py"), "--data", str(tmp_path / "shop"), "center", "serve"]
    with subprocess.Popen(
        [*program, "--port", "0", *at], stdout=subprocess.PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"}, text=True
    ) as service:
        assert service.stdout is not None
        told = ""
        while "}" not in told:
            told += service.stdout.readline()
        address = re.search(r"http://[0-9.:]+", told)
        assert address is not None
        assert httpx.get(f"{address[0]}/v1/health", trust_env=False).json()["database"] == "ready"
        service.send_signal(signal.SIGTERM)
        assert service.wait(10) in (0, -signal.SIGTERM)


def test_two_people_bring_a_regime_into_force(console: Console, at: list[str], tmp_path: Path) -> None:
    console("center", "init", *at)
    text = (ROOT / "resources" / "regimes" / "cn-horgos.toml").read_text(encoding="utf-8")
    file = tmp_path / "cn-horgos.toml"
    file.write_text(text.replace('limit = "8000"', 'limit = "5000"'), encoding="utf-8")
    proposed = console("center", "regime", "propose", str(file), "--from", "2099-01-01", "--by", "Aigul", *at).json
    assert [(each["field"], each["before"], each["after"]) for each in proposed["changes"]] == [
        ("limit", "8000", "5000")
    ]
    number = str(proposed["file"])
    assert console("center", "regime", "approve", number, "--by", "Aigul", *at).code == 3
    assert console("center", "regime", "approve", number, "--by", "Li Wei", *at).json["approved_by"] == "Li Wei"
    listed = console("center", "regime", "list", *at).json
    assert [each["file"] for each in listed["files"]] == [proposed["file"]]
    assert all(each["since"] is None for each in listed["in_force"])
    assert console("center", "regime", "show", number, *at).json["changes"] == proposed["changes"]


def test_a_faulty_regime_is_refused_with_the_sentence_of_a_shop(
    console: Console, at: list[str], tmp_path: Path
) -> None:
    console("center", "init", *at)
    own = console.folder / "regimes"
    own.mkdir(exist_ok=True)
    file = own / "cn-horgos.toml"
    file.write_text("id = 'cn-horgos'\ntitle = 5\n", encoding="utf-8")
    scenario = {"regime": "cn-horgos", "at": "2026-11-20T12:00:00+08:00", "basket": []}
    tried = console("quota", "check", "-", stdin=scenario)
    refused = console("center", "regime", "propose", str(file), "--from", "2099-01-01", "--by", "Aigul", *at)
    assert (refused.code, refused.err) == (tried.code, tried.err)


def test_rates_and_flags_are_listed(console: Console, at: list[str]) -> None:
    console("center", "init", *at)
    assert console("center", "rates", "set", "CNY", "--customs", "72.10", *at).json["base"] == "KZT"
    again = console("center", "rates", "set", "CNY", "--customs", "73", *at)
    assert (again.code, again.err.count("\n")) == (3, 1)
    (rate,) = console("center", "rates", "list", *at).json
    assert (rate["customs"], rate["by"]) == ("72.10", "tester")
    assert console("center", "flags", *at).json == []


def test_a_center_stands_at_the_border_that_is_named(
    console: Console, at: list[str], at_border: Callable[[str], Border]
) -> None:
    at_border("horgos")  # which the tests after this one stand at again
    console("center", "init", *at)
    there = ["--border", "polish-land"]
    told = console("center", "rates", "set", "EUR", "--customs", "4.25", *at, options=there)
    assert (told.code, told.json["base"]) == (0, "PLN"), told.err
    assert console("center", "verify", *at, options=["--border", "nowhere"]).code == 2


def test_a_new_members_key_names_the_tills_that_need_a_new_pass(console: Console, at: list[str]) -> None:
    console("center", "init", *at)
    console("center", "member", "add", "Silk Gate", *at)
    first = console("center", "till", "add", "Silk Gate", "T1", "--address", "https://center.test", *at).json
    rotated = console("center", "members-key", "rotate", "--until", "2099-01-31", *at).json
    assert (rotated["members_key"], rotated["renew"]) == (2, [{"member": "Silk Gate", "till": "T1"}])
    renewed = console("center", "till", "renew", "Silk Gate", "T1", "--address", "https://center.test", *at).json
    old, new = (TillPass.from_text(each["pass"]) for each in (first, renewed))
    assert [each.key for each in new.former] == [old.members_key]
    (row,) = console("center", "member", "list", *at).json
    assert (row["members_key"], row["awaits_new_pass"]) == (1, True)
    assert [each["members_key"] for each in console("center", "members-key", "list", *at).json] == [1, 2]
    printed = console("center", "members-key", "list", *at).out
    assert old.members_key.hex() not in printed + str(rotated)


def test_a_shop_exports_its_books_and_the_center_names_what_it_lacks(console: Console, at: list[str]) -> None:
    console("center", "init", *at)
    console("center", "member", "add", "Silk Gate", *at)
    rung = console("sale", "ring", "-", stdin=a_ticket("sale-77"))
    assert rung.code == 0, rung.err
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    file = console.folder / "books.json"
    told = console("export", "center", "--from", today, "--to", today, "--out", str(file)).json
    text = file.read_text(encoding="ascii")
    lines = [line for line in json.loads(text)["lines"] if line["sale"] == "sale-77"]
    assert [(line["category"], line["units"], line["returned"]) for line in lines] == [
        ("alcohol.spirit", 2, 0),
        ("cosmetics.premium", 1, 0),
    ]
    assert told["lines"] == len(json.loads(text)["lines"])
    assert set(lines[0]) == {"sale", "line", "at", "regime", "category", "units", "returned"}
    assert "E00000001" not in text
    found = console("center", "reconcile", str(file), "--member", "Silk Gate", *at)
    assert (found.code, found.json["in_shop"], found.json["at_center"]) == (1, told["lines"], 0)
    lacking = [each for each in found.json["differences"] if each["sale"] == "sale-77"]
    assert [(each["kind"], each["explained"]) for each in lacking] == [("not_at_center", None)] * 2
    nothing = json.dumps({**json.loads(text), "lines": []})
    assert console("center", "reconcile", "-", "--member", "Silk Gate", *at, stdin=nothing).code == 0
