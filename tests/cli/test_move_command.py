"""`migrate --to`: the shop at a server by one command."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.store import migrate_store as move_store
from tests.cli.console import Console
from tests.postgres_server import Server


def test_the_command_tells_where_the_shop_is_and_what_came_there(console: Console, server: Server) -> None:
    address = server.create("moved_by_command")
    done = console("migrate", "--to", address)

    assert done.code == 0, done.err
    assert done.json["to"] == address
    assert done.json["sales"] == 0
    assert done.json["tables"]["product"] == 300
    assert done.json["rows"] == sum(done.json["tables"].values())
    assert done.json["mismatches"] == []
    left = console("verify")
    assert left.code == 4
    assert "--database" in left.err
    assert address in left.err
    assert console("--database", address, "verify").code == 0
    assert console("migrate", "--to", "mysql://x/y").code == 4


def test_a_move_that_was_cut_off_is_settled_by_the_same_command(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    command = ("migrate", "--to", f"sqlite:///{tmp_path}/new.db")
    with monkeypatch.context() as patch:
        patch.setattr(move_store, "_commit", cut_off)
        assert console(*command).code == 130
    refused = console("verify")
    assert (refused.code, "migrate --to" in refused.err) == (4, True)
    with monkeypatch.context() as patch:
        patch.setattr(move_store, "_mark", cut_off)
        assert console(*command).code == 130
    assert console("verify").code == 4
    settled = console(*command)
    assert (settled.code, f"sqlite:///{(tmp_path / 'new.db').as_posix()}" in settled.err) == (4, True)
    assert console("--database", f"sqlite:///{tmp_path}/new.db", "verify").code == 0
