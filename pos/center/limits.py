"""What a request may take: bytes, and seconds to send them."""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pos.center.problems import problem

MOST_BYTES = 256 * 1024
MOST_SECONDS = 10.0
_MOST_DISCARDED = 4 * 1024 * 1024
"""Of a body that is too large so much is read and thrown away: who is still sending would not hear the answer."""


class Limits:
    """Reads the whole body before the program sees it, or answers that it is too large or too slow."""

    def __init__(self, app: ASGIApp, seconds: float = MOST_SECONDS) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await _body(receive)
        except TimeoutError:
            await _refuse(problem(408, "too_slow"), scope, receive, send)
            return
        if body is None:
            await _refuse(problem(413, "too_large", most=MOST_BYTES), scope, receive, send)
            return
        messages = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def read() -> Message:
            return next(messages, None) or await receive()

        await self._app(scope, read, send)


async def _body(receive: Receive) -> bytes | None:
    """All of it; None where it is too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        part = message.get("body", b"")
        size += len(part)
        if size <= MOST_BYTES:
            parts.append(part)
        if not message.get("more_body") or size > _MOST_DISCARDED:
            return b"".join(parts) if size <= MOST_BYTES else None


async def _refuse(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    answer.headers["Connection"] = "close"
    await answer(scope, receive, send)
