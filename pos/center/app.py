"""The API of the center, version 1. Every call bears a till's credential; every change bears a key of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, FastAPI, Path, Request, Response
from fastapi.routing import APIRoute

from pos import __version__
from pos.application.center.refusals import CredentialUnknown
from pos.application.center.requests import Caller
from pos.application.text.json_object import parse_json
from pos.center.limits import Limits
from pos.center.problems import answer_problems
from pos.center.schemas import (
    BookedAnswer,
    DeclaredBody,
    DepartureBody,
    EntriesBody,
    ExtensionBody,
    Key,
    LinkBody,
    LookupBody,
    MoveBody,
    RatesAnswer,
    RegimeAnswer,
    ReservationAnswer,
    ReservationBody,
    ReturnBody,
    SaleBody,
    UnseenSaleBody,
    VisitorAnswer,
)
from pos.center.steps import CenterSteps
from pos.domain.errors import BadField
from pos.domain.quota.rule import UnknownRegime

_LONGEST_CREDENTIAL = 200


class _ExactRequest(Request):
    """Reads JSON as the program does everywhere: exact numbers, no field twice."""

    async def json(self) -> Any:
        try:
            return parse_json((await self.body()).decode())
        except UnicodeDecodeError:
            raise BadField("json", "not_utf8") from None


class _ExactRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Any]:
        handle = super().get_route_handler()

        async def handle_exactly(request: Request) -> Response:
            answer: Response = await handle(_ExactRequest(request.scope, request.receive))
            return answer

        return handle_exactly


def make_app(steps: CenterSteps) -> FastAPI:
    """The service over one database."""
    app = FastAPI(
        title="Border POS center",
        version=__version__,
        description="One allowance for a visitor in every shop of a cooperation center. It is not the customs' own.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        redirect_slashes=False,  # an address is right or refused: no credential is sent after a redirect
    )
    app.state.steps = steps
    app.include_router(_router)
    app.add_middleware(Limits)
    answer_problems(app)
    return app


def _steps(request: Request) -> CenterSteps:
    steps: CenterSteps = request.app.state.steps
    return steps


def _caller(request: Request) -> Caller:
    """The till that asks. The credential is compared as a digest: how long that takes says nothing of it."""
    scheme, _, credential = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not credential or len(credential) > _LONGEST_CREDENTIAL:
        raise CredentialUnknown
    return _steps(request).caller(credential)


async def _digest(request: Request) -> bytes:
    """What tells one request from another under the same key."""
    return hashlib.sha256(request.url.path.encode() + b"\n" + await request.body()).digest()


Steps = Annotated[CenterSteps, Depends(_steps)]
Till = Annotated[Caller, Depends(_caller)]
Digest = Annotated[bytes, Depends(_digest)]
KeyInPath = Annotated[Key, Path()]

_router = APIRouter(prefix="/v1", route_class=_ExactRoute)


@_router.post("/visitors")
def look_up(steps: Steps, till: Till, body: Annotated[LookupBody, Body()]) -> VisitorAnswer:
    """The ledger of the visitor with these documents."""
    return VisitorAnswer.of(steps.look_up(till, body.value()))


@_router.post("/reservations", status_code=201)
def reserve(steps: Steps, till: Till, digest: Digest, body: Annotated[ReservationBody, Body()]) -> ReservationAnswer:
    """Set lines aside for one attempt at one payment."""
    return ReservationAnswer.of(steps.reserve(till, body.value(), digest))


@_router.patch("/reservations/{key:path}")
def extend(steps: Steps, till: Till, key: KeyInPath, body: Annotated[ExtensionBody, Body()]) -> ReservationAnswer:
    """So many seconds from now."""
    return ReservationAnswer.of(steps.extend(till, key, body.seconds))


@_router.post("/reservations/{key:path}/sale", status_code=201)
def confirm(
    steps: Steps, till: Till, digest: Digest, key: KeyInPath, body: Annotated[SaleBody, Body()]
) -> BookedAnswer:
    """Book the sale of a reservation."""
    return BookedAnswer.of(steps.confirm(till, body.value(key), digest))


@_router.delete("/reservations/{key:path}", status_code=204)
def give_back(steps: Steps, till: Till, key: KeyInPath) -> None:
    """Give a reservation back; what comes later under its key is refused."""
    steps.give_back(till, key)


@_router.post("/sales", status_code=201)
def unseen_sale(steps: Steps, till: Till, digest: Digest, body: Annotated[UnseenSaleBody, Body()]) -> BookedAnswer:
    """Book a sale that was made while the center was away."""
    return BookedAnswer.of(steps.unseen_sale(till, body.value(), digest))


@_router.post("/returns", status_code=201)
def returned(steps: Steps, till: Till, digest: Digest, body: Annotated[ReturnBody, Body()]) -> BookedAnswer:
    """Units of own lines came back."""
    return BookedAnswer.of(steps.returned(till, body.value(), digest))


@_router.post("/moves", status_code=201)
def moved(steps: Steps, till: Till, digest: Digest, body: Annotated[MoveBody, Body()]) -> BookedAnswer:
    """Own lines go to another visitor."""
    return BookedAnswer.of(steps.moved(till, body.value(), digest))


@_router.post("/departures", status_code=201)
def departed(steps: Steps, till: Till, digest: Digest, body: Annotated[DepartureBody, Body()]) -> BookedAnswer:
    """A visitor left with what they had bought."""
    return BookedAnswer.of(steps.departed(till, body.value(), digest))


@_router.post("/declared", status_code=201)
def declared(steps: Steps, till: Till, digest: Digest, body: Annotated[DeclaredBody, Body()]) -> BookedAnswer:
    """Goods that a visitor declared as bought outside the center."""
    return BookedAnswer.of(steps.declared(till, body.value(), digest))


@_router.post("/entries", status_code=201)
def entered(steps: Steps, till: Till, digest: Digest, body: Annotated[EntriesBody, Body()]) -> BookedAnswer:
    """Days on which a visitor entered."""
    return BookedAnswer.of(steps.entered(till, body.value(), digest))


@_router.post("/links", status_code=201)
def link(steps: Steps, till: Till, digest: Digest, body: Annotated[LinkBody, Body()]) -> BookedAnswer:
    """Two documents belong to one person."""
    return BookedAnswer.of(steps.link(till, body.value(), digest))


@_router.get("/regimes")
def regimes(steps: Steps, _till: Till) -> list[RegimeAnswer]:
    """The regimes by which the center judges."""
    return RegimeAnswer.all_of(steps.context.regimes())


@_router.get("/regimes/{name}")
def regime(steps: Steps, _till: Till, name: Annotated[str, Path(max_length=60)]) -> Response:
    """The file of a regime that is in force; its digest is the ETag."""
    found = steps.context.regimes().get(name)
    if found is None:
        raise UnknownRegime(name)
    return Response(found.content, headers={"ETag": f'"{found.digest}"'}, media_type="application/toml")


@_router.get("/rates")
def rates(steps: Steps, _till: Till) -> RatesAnswer:
    """The customs rates of the center's day. A till whose own differ by over 1 % is flagged when it reserves."""
    return RatesAnswer.of(*steps.rates())


@_router.get("/health")
def health(steps: Steps) -> dict[str, str]:
    """Whether the database answers, and whether a standby follows it."""
    with steps.context.store.reading() as work:
        return {"database": "ready", "standby": work.standby()}
