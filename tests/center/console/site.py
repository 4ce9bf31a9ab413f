"""The console of a test's center over HTTP, and what a person does there without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from typing import Any

import httpx2 as httpx

from center_adapters import console_parts, regime_file
from main import RESOURCES
from pos.application.center.ports import ProposedRegime
from pos.application.center.regimes_in_force import RegimesInForce
from pos.application.center_console.account import ConsoleRole
from pos.application.center_console.doubts import ListDoubts
from pos.application.center_console.manage_accounts import AddAccount
from pos.application.center_console.ports import ConsoleContext
from pos.application.center_console.unlink_documents import ListLinked
from pos.keys.console_passwords import ConsolePasswords
from pos.languages.catalogue import load_translators
from pos.regimes.folders import regime_of_content
from tests.center.serving import serving
from tests.center.shops import Center, TillAtCenter

FIRST = "first-Password-1"
OWN = "correct horse battery"
QUICK = ConsolePasswords(memory_kib=8, rounds=1)
TRANSLATORS = load_translators(RESOURCES / "translations")
"""Read once for all tests."""


@dataclass
class Site:
    """A console with the accounts `aigul` and `li` (administrators) and `marat` (auditor), who have own passwords."""

    center: Center
    context: ConsoleContext
    address: str
    clients: ExitStack

    def visitor(self, **headers: str) -> Browser:
        """Someone who is not signed in."""
        client = httpx.Client(base_url=self.address, trust_env=False, headers=headers)
        return Browser(self.clients.enter_context(client))

    def first_doubt(self) -> str:
        """The key of the oldest reservation in doubt."""
        return ListDoubts(self.context)()[0].key

    def first_link(self) -> str:
        """The newest linked document, as the journal has it."""
        return ListLinked(self.context)()[0].document

    def person(self, name: str, password: str = OWN) -> Browser:
        """Someone who is."""
        browser = self.visitor()
        answer = browser.sign_in(name, password)
        assert answer.status_code == 303, browser.sentence(answer)
        return browser


@dataclass
class Browser:
    """One person's browser: cookies, and the forms of the page that is open."""

    client: httpx.Client
    page: str = field(default="", repr=False)

    def open(self, path: str) -> httpx.Response:
        """A page, wherever it leads."""
        answer = self.client.get(f"/console{path}", follow_redirects=True)
        self.page = answer.text
        return answer

    def send(self, action: str, files: Mapping[str, Any] | None = None, **fields: str) -> httpx.Response:
        """Send the form for an action that stands on the open page, with these fields in place of its own."""
        filled = {**self.form(action), **fields}
        answer = self.client.post(f"/console{action}", data=filled, files=files)
        if answer.status_code != 303:
            self.page = answer.text
        return answer

    def form(self, action: str) -> dict[str, str]:
        """The hidden fields of a form on the open page."""
        pattern = rf'<form[^>]*action="/console{re.escape(action)}"[^>]*>(.*?)</form>'
        found = re.search(pattern, self.page, re.DOTALL)
        assert found, f"no form for {action}"
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found[1])
        return {name: unescape(value) for name, value in fields}

    def sign_in(self, name: str, password: str) -> httpx.Response:
        """From the page for it."""
        self.open("/sign-in")
        return self.send("/sign-in", name=name, password=password)

    def sentence(self, answer: httpx.Response) -> str:
        """What the page says is wrong, or was done."""
        found = re.search(r'<p class="notice (?:problem|done)"[^>]*>(.*?)</p>', answer.text, re.DOTALL)
        return unescape(found[1]) if found else ""

    def cells(self) -> list[list[str]]:
        """The texts of the rows of the first table on the open page."""
        body = re.search(r"<tbody>(.*?)</tbody>", self.page, re.DOTALL)
        rows = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL) if body else []
        return [
            [
                unescape(re.sub(r"<[^>]+>", "", cell)).strip()
                for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
            ]
            for row in rows
        ]


@contextmanager
def opened_site(center: Center) -> Iterator[Site]:
    """The console, served on this machine."""
    context = ConsoleContext(center=center.context, books=center.store, passwords=QUICK)
    add_people(context)
    parts = replace(console_parts(context), translators=TRANSLATORS)
    with serving(center.context, parts) as address, ExitStack() as clients:
        yield Site(center, context, address, clients)


def add_people(context: ConsoleContext) -> None:
    """Three people with passwords of their own."""
    add_person(context, "aigul", ConsoleRole.ADMINISTRATOR)
    add_person(context, "li", ConsoleRole.ADMINISTRATOR)
    add_person(context, "marat", ConsoleRole.AUDITOR)


def add_person(context: ConsoleContext, name: str, role: ConsoleRole = ConsoleRole.ADMINISTRATOR) -> None:
    """Someone with a password of their own."""
    AddAccount(context)(name, role, FIRST, "en", "owner")
    with context.books.begin() as work:
        kept = work.accounts.of_name(name)
        assert kept is not None
        work.accounts.set_password(kept.account.id, context.passwords.hashed(OWN), is_own=True)
        work.commit()


def ruled(center: Center) -> Center:
    """The center judging by the files that its people approve, over those of the program."""
    file = RESOURCES / "regimes" / "cn-horgos.toml"
    shipped = {**center.context.regimes(), "cn-horgos": regime_file(file, date(2026, 11, 20))}

    def approved() -> Sequence[ProposedRegime]:
        with center.store.reading() as work:
            return work.regimes.all()

    context = replace(
        center.context, regimes=RegimesInForce(lambda: shipped, approved, regime_of_content, center.clock)
    )
    tills = {name: TillAtCenter(context, till.caller, till.credential) for name, till in center.tills.items()}
    return replace(center, context=context, tills=tills)
