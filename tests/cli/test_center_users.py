"""`center user`: who may open the console."""

from __future__ import annotations

import getpass
from itertools import count
from pathlib import Path

import pytest

from tests.cli.console import Console
from tests.postgres_server import Server

_NUMBERS = count()


@pytest.fixture
def at(server: Server, tmp_path: Path, console: Console) -> list[str]:
    """The options of a center that has its tables."""
    made = ["--database", server.create(f"center_users_{next(_NUMBERS)}"), "--keys", str(tmp_path / "center.json")]
    console("center", "init", *made)
    return made


def test_an_account_is_added_with_a_password_that_is_asked_for(
    console: Console, at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["a first password", "another one", "a first password", "a first password"])
    monkeypatch.setattr(getpass, "getpass", lambda _: next(typed))
    differs = console("center", "user", "add", "Aigul", "--role", "administrator", *at)
    assert (differs.code, differs.err.count("\n")) == (2, 1)
    added = console("center", "user", "add", "Aigul", "--role", "administrator", "--language", "kk", *at)
    assert added.json == {"account": "Aigul", "role": "administrator"}
    assert "password" not in added.out
    (row,) = console("center", "user", "list", *at).json
    assert row == {
        "account": "Aigul",
        "role": "administrator",
        "enabled": True,
        "own_password": False,
        "last_sign_in": None,
    }


def test_what_cannot_be_of_an_account_is_said_in_one_sentence(
    console: Console, at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORDER_POS_CENTER_PASSWORD", "short")
    weak = console("center", "user", "add", "Marat", "--role", "auditor", *at)
    assert (weak.code, weak.err.count("\n"), "short" in weak.err) == (2, 1, False)
    monkeypatch.setenv("BORDER_POS_CENTER_PASSWORD", "long enough for it")
    assert console("center", "user", "add", "Marat", "--role", "auditor", *at).code == 0
    again = console("center", "user", "add", "MARAT", "--role", "auditor", *at)
    assert (again.code, "MARAT" in again.err) == (3, True)
    assert console("center", "user", "add", "X", "--role", "owner", *at).code == 2
    assert console("center", "user", "add", "X", "--role", "auditor", "--language", "fr", *at).code == 2
    assert console("center", "user", "password", "marat", *at).json == {"account": "marat", "own_password": False}
    assert console("center", "user", "disable", "marat", *at).json == {"account": "marat", "enabled": False}
    gone = console("center", "user", "disable", "marat", *at)
    assert (gone.code, gone.err.count("\n")) == (2, 1)
    assert console("center", "verify", *at).json["findings"] == []
