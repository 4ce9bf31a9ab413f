"""N7: requests of every shape to every route of the center's API, made of its document."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

import httpx2 as httpx
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from pos.center import problems
from pos.center.app import make_app
from pos.center.steps import CenterSteps
from tests.center.api_shapes import Asked, Likely, requests_of
from tests.center.serving import serving
from tests.center.shops import Center, perfume
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.new_centers import a_center

_UNLOGGED = "a refusal that no one logs"
_TYPE = "urn:border-pos:center:"


@dataclass
class _Log(logging.Handler):
    """What the service has written of its refusals since it was asked last."""

    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def taken(self) -> list[str]:
        lines, self.lines = self.lines, []
        return lines

    __hash__ = logging.Handler.__hash__


def _run(trial: Trial) -> Figures:
    with (
        a_center() as center,
        _broken(trial.mutant),
        _listened() as log,
        serving(center.context) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as client,
    ):
        client.headers["Content-Type"] = "application/json"
        client.headers["Authorization"] = f"Bearer {center.till('A1').credential}"
        return _asked(center, client, log, trial.size(40, 20_000), is_found_enough=bool(trial.mutant))


def _asked(center: Center, client: httpx.Client, log: _Log, count: int, *, is_found_enough: bool) -> Figures:
    document = make_app(CenterSteps(center.context)).openapi()
    answers: Counter[str] = Counter()
    violations: list[str] = []

    @seed(7)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests_of(document, _likely(center)))
    def ask(asked: Asked) -> None:
        if violations and is_found_enough:
            return
        center.clock.pass_by(seconds=1)  # or it looks up too many visitors
        log.taken()
        answer = client.request(asked.method, asked.path, content=asked.content)
        answers["taken" if answer.status_code < 400 else "refused"] += 1
        violations.extend(f"{asked}: {wrong}"[:400] for wrong in _wrong(answer, log.taken()))

    ask()
    return Figures(dict(answers), tuple(violations))


def _wrong(answer: httpx.Response, logged: list[str]) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"{answer.status_code} {answer.text[:200]}"
    if answer.status_code < 400:
        return
    if answer.headers.get("content-type") != "application/problem+json":
        yield f"{answer.status_code} is no problem document"
        return
    name = str(answer.json()["type"]).removeprefix(_TYPE)
    if logged != [f"refused {answer.status_code} {name}"]:
        yield f"{answer.status_code} {name} is logged as {logged}"


def _likely(center: Center) -> Likely:
    """What is at this center: a visitor with a sale and an open payment, at either shop."""
    till = center.till("A1")
    till.sell("passport", perfume("100", 2), key="sold#1")
    open_payment = till.request(till.look_up("passport"), perfume("100"), key="open#1")
    till.reserve(open_payment)
    references = [till.look_up(name).reference for name in ("passport", "other")]
    of = st.sampled_from
    reference, digest = of(references), center.context.regimes()["cn-horgos"].digest
    regimes = of(["cn-horgos", "kz-horgos"])
    keys = of(["open#1", "sold#1", "a/sale", "x"]) | st.integers(1, 999).map("new#{}".format)
    now = st.builds(lambda: center.clock().isoformat())
    return {
        **dict.fromkeys(("reference", "visitor", "from_visitor", "to_visitor"), reference),
        **dict.fromkeys(("clock", "at", "first", "last", "carried_out_at"), now),
        **dict.fromkeys(("key", "replaces"), keys),
        **dict.fromkeys(("regime", "name"), regimes),
        **dict.fromkeys(("ml", "abv", "net_g", "gross_kg"), of(["500", "40"])),
        **dict.fromkeys(("unit_price", "discount"), of(["0", "10", "12.5"])),
        **dict.fromkeys(("quantity", "line", "units"), of([1, 2])),
        "seconds": of([10, 60]),
        "rules": st.fixed_dictionaries({"regime": st.just("cn-horgos"), "digest": st.just(digest)}),
        "sale": of(["open", "sold", "new"]),
        "rates": st.just({"base": "KZT", "per_unit": {"CNY": "72"}}),
        "currency": st.just("CNY"),
        "category": of(["perfume", "alcohol.spirit"]),
        "if_version": of([0, 2, 3]),
        "taxed_units": of([0, 1]),
        "person": st.just({"birth_date": "1986-05-01", "residence": "CN"}),
    }


@contextmanager
def _listened() -> Iterator[_Log]:
    log, logger = _Log(), logging.getLogger("center")
    before, logger.level = logger.level, logging.INFO
    logger.addHandler(log)
    try:
        yield log
    finally:
        logger.removeHandler(log)
        logger.setLevel(before)


@contextmanager
def _broken(mutant: str) -> Iterator[None]:
    if mutant != _UNLOGGED:
        yield
        return
    with patch.object(problems._log, "info", lambda *_whatever: None):
        yield


EXPERIMENT = Experiment(
    "N7",
    "Whatever a till sends, the center answers with what it did or with one refusal, which is in its log.",
    _run,
    (_UNLOGGED,),
    needs_server=True,
)
