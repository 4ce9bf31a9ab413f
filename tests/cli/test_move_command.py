"""`migrate --to`: the shop at a server by one command."""

from __future__ import annotations

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
