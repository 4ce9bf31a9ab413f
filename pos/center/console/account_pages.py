"""Sign in and out, the own password, and the language."""

from __future__ import annotations

from starlette.responses import Response

from pos.application.center_console.manage_accounts import SHORTEST
from pos.center.console.session_cookie import end_session, give_session
from pos.center.console.visit import Visit
from pos.domain.errors import BadField


def sign_in_page(visit: Visit) -> Response:
    """Name and password."""
    return visit.page("sign_in.html", name=visit.form.text("name"))


def sign_in(visit: Visit) -> Response:
    """Begin a session."""
    token = visit.parts.steps.sign_in(visit.form.text("name"), visit.form.text("password"), visit.address)
    answer = visit.go("/")
    give_session(answer, token, visit.is_secure)
    return answer


def sign_out(visit: Visit) -> Response:
    """End it."""
    visit.parts.steps.sign_out(visit.account, visit.key)
    answer = visit.go("/sign-in", "signed_out")
    end_session(answer, visit.is_secure)
    return answer


def password_page(visit: Visit) -> Response:
    """The password of before, and the new one twice."""
    return visit.page("password.html", least=SHORTEST)


def change_password(visit: Visit) -> Response:
    """Choose a password of one's own."""
    form = visit.form
    if form.text("password") != form.text("again"):
        raise BadField("password", "not_the_same_twice")
    visit.parts.steps.change_password(visit.account, visit.key, form.text("before"), form.text("password"))
    return visit.go("/", "password")


def choose_language(visit: Visit) -> Response:
    """Go on in another language, on the page where the person was."""
    visit.parts.steps.choose_language(visit.account, visit.form.text("language"))
    return visit.go(visit.back())
