"""The pages of the console and who may ask for them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from pos.application.center.refusals import RegimeFileNotKnown, ReservationNotKnown
from pos.application.center_console.account import Account, check_may_change
from pos.application.center_console.refusals import (
    AuditorReads,
    FormNotOurs,
    NoSuchPage,
    NotLinked,
    PasswordToChange,
    SessionEnded,
    SignInRefused,
    TooManyAttempts,
)
from pos.application.text.translator import Translator
from pos.center.console import account_pages, book_pages, link_pages, rule_pages
from pos.center.console.forms import Form, is_form_token, read_form
from pos.center.console.parts import ROOT, ConsoleParts
from pos.center.console.rendering import Pages
from pos.center.console.session_cookie import (
    end_session,
    give_sign_in_key,
    is_secure,
    new_sign_in_key,
    session_token,
    sign_in_key,
)
from pos.center.console.stylesheet import Stylesheet, read_stylesheet
from pos.center.console.visit import Handler, Visit
from pos.domain.errors import InfrastructureError, RuleBroken

_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'",
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
)
_STATUS: Mapping[type[RuleBroken], int] = {
    SignInRefused: 401,
    AuditorReads: 403,
    PasswordToChange: 403,
    FormNotOurs: 403,
    NoSuchPage: 404,
    NotLinked: 404,
    ReservationNotKnown: 404,
    RegimeFileNotKnown: 404,
    TooManyAttempts: 429,
}
_SIGN_IN, _SIGN_OUT, _PASSWORD = "/sign-in", "/sign-out", "/password"
Answer = Callable[[Request], Awaitable[Response]]
_log = logging.getLogger("center.console")


@dataclass(frozen=True, slots=True)
class Post:
    """What a form does. `shown` is the page on which a refusal stands; `decides`: an auditor may not."""

    path: str
    handle: Handler
    shown: Handler
    decides: bool = True


GETS: Mapping[str, Handler] = {
    "/": book_pages.today_page,
    "/today.csv": book_pages.today_file,
    "/members": book_pages.members_page,
    "/doubts": book_pages.doubts_page,
    "/doubts/release": book_pages.release_page,
    "/flags": book_pages.flags_page,
    "/flags.csv": book_pages.flags_file,
    "/journal": book_pages.journal_page,
    "/journal.csv": book_pages.journal_file,
    "/regimes": rule_pages.regimes_page,
    "/regimes/{number:int}": rule_pages.file_page,
    "/linked": link_pages.linked_page,
    "/linked/unlink": link_pages.unlink_page,
    _PASSWORD: account_pages.password_page,
    _SIGN_IN: account_pages.sign_in_page,
}
POSTS: Sequence[Post] = (
    Post(_SIGN_IN, account_pages.sign_in, account_pages.sign_in_page, decides=False),
    Post(_SIGN_OUT, account_pages.sign_out, account_pages.password_page, decides=False),
    Post(_PASSWORD, account_pages.change_password, account_pages.password_page, decides=False),
    Post("/language", account_pages.choose_language, account_pages.password_page, decides=False),
    Post("/doubts/release", book_pages.release, book_pages.release_page),
    Post("/linked/unlink", link_pages.unlink, link_pages.unlink_page),
    Post("/regimes/preview", rule_pages.preview_file, rule_pages.regimes_page),
    Post("/regimes/propose", rule_pages.propose_file, rule_pages.regimes_page),
    Post("/regimes/{number:int}/approve", rule_pages.approve_file, rule_pages.file_page),
)


def make_console(parts: ConsoleParts) -> Starlette:
    """The console, to be mounted below its root."""
    stylesheet = read_stylesheet(parts.pages, parts.theme)
    console = _Console(parts, Pages(parts, stylesheet.name))
    routes = [Route(f"/{stylesheet.name}", _stylesheet_page(stylesheet)), Route("/icon.svg", _icon_page(parts))]
    routes += [Route(path, console.get(handle), methods=["GET"]) for path, handle in GETS.items()]
    routes += [Route(post.path, console.post(post), methods=["POST"]) for post in POSTS]
    routes.append(Route("/{path:path}", console.get(_nowhere)))
    return Starlette(routes=routes)


class _Console:
    """Knows who asks before a page is made, and words what is refused."""

    def __init__(self, parts: ConsoleParts, pages: Pages) -> None:
        self._parts = parts
        self._pages = pages

    def get(self, handle: Handler) -> Answer:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(self._answered, request, b"", handle, None)

        return answer

    def post(self, post: Post) -> Answer:
        async def answer(request: Request) -> Response:
            body = await request.body()
            return await run_in_threadpool(self._answered, request, body, post.handle, post)

        return answer

    def _answered(self, request: Request, body: bytes, handle: Handler, post: Post | None) -> Response:
        visit = self._visit(request)
        is_open = visit.path == _SIGN_IN
        try:
            if visit.problem:
                raise _NotKnownNow
            if visit.known is None and not is_open:
                raise SessionEnded
            if post is not None:
                visit = replace(visit, form=read_form(request.headers.get("content-type", ""), body))
                self._check(request, visit, post)
            elif visit.known is not None and not visit.known.has_own_password and visit.path != _PASSWORD:
                handle = _choose_password
            answer = handle(visit)
        except _NotKnownNow:
            answer = replace(visit, status=503).page("problem.html")
        except SessionEnded:
            answer = visit.go(_SIGN_IN, "ended" if session_token(request) else "")
            end_session(answer, visit.is_secure)
        except Exception as error:  # noqa: BLE001 # a person gets a page whatever happens, and the log the fault
            answer = self._refused(visit, error, post)
        if is_open and visit.key != sign_in_key(request):
            give_sign_in_key(answer, visit.key, visit.is_secure)
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    def _visit(self, request: Request) -> Visit:
        """Who asks, in their language. The store is asked once."""
        token, path = session_token(request), request.url.path.removeprefix(ROOT) or "/"
        known: Account | None = None
        trouble = ""
        translator = _language_of(request, self._parts.translators)
        if token:
            try:
                known = self._parts.steps.session(token)
                translator = self._parts.translators[known.language]
            except SessionEnded:
                known = None
            except InfrastructureError as error:
                trouble = self._parts.sentence(error, translator)
        key = token if known is not None and path != _SIGN_IN else sign_in_key(request) or new_sign_in_key()
        address = request.client.host if request.client is not None else ""
        return Visit(
            self._parts,
            self._pages,
            path,
            dict(request.query_params),
            dict(request.path_params),
            Form(),
            translator,
            key,
            address,
            is_secure(request),
            known,
            trouble,
        )

    def _check(self, request: Request, visit: Visit, post: Post) -> None:
        """Raises FormNotOurs, AuditorReads and PasswordToChange."""
        if not _is_from_here(request) or not is_form_token(visit.key, f"{ROOT}{visit.path}", visit.form.text("form")):
            raise FormNotOurs
        if post.decides:
            check_may_change(visit.account)

    def _refused(self, visit: Visit, error: Exception, post: Post | None) -> Response:
        """The page with the sentence; where that page has nothing to show either, the sentence alone."""
        if isinstance(error, RuleBroken):
            status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 422)
            _log.info("refused %s %s", status, error.fact)
            said = self._parts.sentence(error, visit.tr)
        elif isinstance(error, InfrastructureError):
            status, said = 503, self._parts.sentence(error, visit.tr)
            _log.error("database: %s", error.what)
        else:
            _log.exception("a fault of the program", exc_info=error)
            status, said = 500, visit.tr("Internal error. Nothing was recorded. Details are in the log.")
        shown = replace(visit, problem=said, status=status)
        if post is not None and status in (401, 422, 429):
            try:
                return post.shown(shown)
            except (RuleBroken, InfrastructureError):
                return shown.page("problem.html")
        return shown.page("problem.html")


class _NotKnownNow(Exception):
    """The store does not say who asks."""


def _nowhere(_visit: Visit) -> Response:
    raise NoSuchPage


def _choose_password(visit: Visit) -> Response:
    """A person whose password another one gave them chooses their own before anything else."""
    return visit.go(_PASSWORD)


def _language_of(request: Request, translators: Mapping[str, Translator]) -> Translator:
    """What the address asks for before anyone is known, or the browser; English otherwise."""
    asked = [request.query_params.get("language", "")]
    asked += [
        part.partition(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")
    ]
    return translators[next((code for code in asked if code in translators), "en")]


def _is_from_here(request: Request) -> bool:
    """Whether a page of ours sent the form, as far as the browser says."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def _stylesheet_page(stylesheet: Stylesheet) -> Answer:
    async def answer(_request: Request) -> Response:
        headers = {**_HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
        return Response(stylesheet.content, headers=headers, media_type="text/css; charset=utf-8")

    return answer


def _icon_page(parts: ConsoleParts) -> Answer:
    async def answer(_request: Request) -> Response:
        return FileResponse(parts.icon, headers={**_HEADERS, "Cache-Control": "public, max-age=86400"})

    return answer
