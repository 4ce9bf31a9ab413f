"""One request of a person: who they are, what they sent, and how they are answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, RedirectResponse, Response

from pos.application.center_console.account import Account
from pos.application.center_console.refusals import SessionEnded
from pos.application.text.translator import N_, Translator
from pos.center.console.forms import Form, form_token
from pos.center.console.parts import ROOT, ConsoleParts

PAGES = {
    "/": N_("Today"),
    "/doubts": N_("In doubt"),
    "/flags": N_("Flags"),
    "/members": N_("Members"),
    "/regimes": N_("Rules"),
    "/linked": N_("Linked documents"),
    "/journal": N_("Journal"),
}
"""In the order of the navigation."""
Handler = Callable[["Visit"], Response]


class Rendering(Protocol):
    """Makes the HTML of a page."""

    def __call__(self, template: str, visit: Visit, values: Mapping[str, object]) -> str: ...


@dataclass(frozen=True, slots=True)
class Visit:
    """`key` is the cookie that forms are bound to: the session's, or that of the page for signing in. `address` is the
    person's machine. `problem` says why what they sent before was refused, with `status`.
    """

    parts: ConsoleParts
    rendering: Rendering
    path: str
    query: Mapping[str, str]
    parameters: Mapping[str, object]
    form: Form
    tr: Translator
    key: str
    address: str
    is_secure: bool
    known: Account | None = None
    problem: str = ""
    status: int = 200

    @property
    def account(self) -> Account:
        """The person who is signed in. Raises SessionEnded where no one is."""
        if self.known is None:
            raise SessionEnded
        return self.known

    def back(self) -> str:
        """The page on which the form stood, where it is one of ours."""
        return self.form.text("page") if self.form.text("page") in PAGES else "/"

    def page(self, template: str, **values: object) -> Response:
        """A page of HTML."""
        return HTMLResponse(self.rendering(template, self, values), self.status)

    def go(self, path: str, done: str = "") -> Response:
        """Show another page, with a word that something was done: repeating that page repeats nothing."""
        return RedirectResponse(address(path, {"done": done}), 303)

    def form_token(self, action: str) -> str:
        """What a form for `action` has to bring."""
        return form_token(self.key, f"{ROOT}{action}")


def address(path: str, query: Mapping[str, str]) -> str:
    """The address of a page; empty values are left out."""
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{ROOT}{path}" + (f"?{asked}" if asked else "")
