"""The cookie of a session. Only this site gets it back, no script reads it, and beyond this machine only over TLS."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response

from pos.center.console.parts import ROOT

_BYTES = 32


def session_token(request: Request) -> str:
    """The token that the browser has sent; "" without one."""
    return request.cookies.get(_name("session", is_secure(request)), "")


def sign_in_key(request: Request) -> str:
    """The key of the page for signing in; "" without one."""
    return request.cookies.get(_name("sign-in", is_secure(request)), "")


def is_secure(request: Request) -> bool:
    """Whether the request came over TLS."""
    return request.url.scheme == "https"


def give_session(response: Response, token: str, secure: bool) -> None:
    """It lasts as long as the browser is open, and on the server not longer than a day's work."""
    _set(response, "session", token, secure)
    _end(response, "sign-in", secure)


def end_session(response: Response, secure: bool) -> None:
    """The browser forgets it."""
    _end(response, "session", secure)


def new_sign_in_key() -> str:
    """A key to which the form for signing in is bound."""
    return secrets.token_urlsafe(_BYTES)


def give_sign_in_key(response: Response, key: str, secure: bool) -> None:
    """Before anyone is known, forms are bound to it."""
    _set(response, "sign-in", key, secure)


def _name(name: str, secure: bool) -> str:
    """With `__Secure-` a browser takes it over TLS only, and no other site can set it over plain HTTP."""
    return f"__Secure-center-{name}" if secure else f"center-{name}"


def _set(response: Response, name: str, value: str, secure: bool) -> None:
    response.set_cookie(_name(name, secure), value, path=ROOT, secure=secure, httponly=True, samesite="strict")


def _end(response: Response, name: str, secure: bool) -> None:
    response.delete_cookie(_name(name, secure), path=ROOT, secure=secure, httponly=True, samesite="strict")
