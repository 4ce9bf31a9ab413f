"""No test of a provider reaches beyond this computer: whatever tries to is named, and the test fails."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from tests.payments.benches import NAMES, Bench, bench


@pytest.fixture(autouse=True)
def no_live_host(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was called beyond this computer."""
    called: list[str] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_here(line: socket.socket, address: Any) -> None:
        if line.family != getattr(socket, "AF_UNIX", None) and not ip_address(address[0]).is_loopback:
            called.append(str(address[0]))
            raise OSError("no live host in a test")
        connect(line, address)

    def look_up_here(host: Any, *rest: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in ("localhost", "127.0.0.1", "::1"):
            called.append(name)
            raise socket.gaierror("no live host in a test")
        return look_up(host, *rest, **options)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_here)
    yield called
    assert called == []


@pytest.fixture(params=NAMES)
def at(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """Each provider beside its server."""
    with bench(request.param) as made:
        yield made


@pytest.fixture(params=["wechat", "alipay"])
def signing(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """Those that sign their answers."""
    with bench(request.param) as made:
        yield made
