"""What is refused, as problem documents (RFC 9457) with a stable `type`. The till words them for its user."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from pos.application.center.refusals import (
    ClockDiffers,
    CredentialUnknown,
    KeyClosed,
    KeyReused,
    LedgerMoved,
    LineNotKnown,
    PassEnded,
    PersonsDiffer,
    ReservationNotKnown,
    RulesDiffer,
    StricterVerdict,
    TooManyLookups,
    VisitorNotKnown,
)
from pos.center.schemas import VisitorAnswer
from pos.domain.errors import Collided, OutcomeUnknown, RuleBroken, StoreError
from pos.domain.quota.rule import UnknownRegime

TYPE = "urn:border-pos:center:"
CONTENT_TYPE = "application/problem+json"

_STATUS: Mapping[type[RuleBroken], int] = {
    CredentialUnknown: 401,
    PassEnded: 403,
    VisitorNotKnown: 404,
    ReservationNotKnown: 404,
    LineNotKnown: 404,
    UnknownRegime: 404,
    ClockDiffers: 409,
    RulesDiffer: 409,
    LedgerMoved: 409,
    KeyClosed: 409,
    KeyReused: 409,
    PersonsDiffer: 409,
    StricterVerdict: 422,
    TooManyLookups: 429,
}

_log = logging.getLogger("center")


def problem(status: int, name: str, **facts: object) -> JSONResponse:
    """A problem document; every refusal stands in the log, with no body of the request."""
    _log.info("refused %s %s", status, name)
    headers = {"Retry-After": str(facts["seconds"])} if status == 429 else None
    content = {"type": TYPE + name, "title": name.replace("_", " "), "status": status, **facts}
    return JSONResponse(content, status, headers, media_type=CONTENT_TYPE)


def answer_problems(app: FastAPI) -> None:
    """Turn what is raised into problem documents."""

    @app.exception_handler(RuleBroken)
    def _refused(_request: Request, error: RuleBroken) -> JSONResponse:
        status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 422)
        return problem(status, error.fact, **_facts(error))

    @app.exception_handler(StoreError)
    def _store(_request: Request, error: StoreError) -> JSONResponse:
        """Nothing is booked, or it is not known whether it is: the same request with the same key says so."""
        if isinstance(error, OutcomeUnknown):
            return problem(503, "outcome_unknown")
        if isinstance(error, Collided):
            return problem(503, "busy")
        _log.error("database: %s", error.what)
        return problem(503, "database_away", what=error.what)

    @app.exception_handler(RequestValidationError)
    def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        """The field and what is wrong with it; never what was there."""
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"] if part != "body")
        return problem(422, "bad_field", field=field[:200], what=str(first["type"]))

    @app.exception_handler(HTTPException)
    def _http(_request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 400:  # the framework's word for a body that is no JSON
            return problem(422, "bad_field", field="json", what="not_json")
        return problem(error.status_code, {404: "no_such_address", 405: "no_such_method"}.get(error.status_code, "bad"))

    @app.exception_handler(Exception)
    def _broken(_request: Request, error: Exception) -> JSONResponse:
        _log.exception("a fault of the program", exc_info=error)
        return problem(500, "fault")


def _facts(error: RuleBroken) -> Mapping[str, object]:
    if isinstance(error, LedgerMoved):
        return {"visitors": [VisitorAnswer.of(ledger).model_dump(mode="json") for ledger in error.ledgers]}
    if isinstance(error, StricterVerdict):
        return {"reference": error.reference, "shown": error.shown, "verdict": error.verdict}
    return {name: value for name, value in error.facts().items() if isinstance(value, str | int)}
