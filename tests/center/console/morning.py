"""A morning at a center: visitors in both shops, a till that was lost, flags, linked documents, a proposed file."""

from __future__ import annotations

from datetime import date

from main import RESOURCES
from pos.application.center.link_visitors import LinkVisitors
from pos.application.center.requests import DocumentLink, Person
from pos.domain.quota.rule import Verdict
from tests.center.console.site import Site
from tests.center.shops import digest, perfume

SHIPPED = (RESOURCES / "regimes" / "cn-horgos.toml").read_text(encoding="utf-8")
PRICES = ("800", "2600", "3900", "4200", "5600", "6400", "7900", "8000")
DAY = date(2026, 11, 22)
"""From which the proposed file is in force."""


def a_file(limit: str = "5000") -> bytes:
    """The shipped rules with another limit of the day."""
    return SHIPPED.replace('limit = "8000"', f'limit = "{limit}"').encode()


def let_a_morning_pass(site: Site, hours: int = 4, visitors: int = 4) -> None:
    """Every hour some visitors buy; the last visitor of each shop is left in doubt."""
    for hour in range(hours):
        for number in range(visitors + hour):
            till = site.center.till(("A1", "B1", "A2", "B2")[number % 4])
            till.sell(f"{hour}/{number}", perfume(PRICES[(hour * 3 + number) % len(PRICES)]))
        site.center.clock.pass_by(hours=1)
    over = site.center.till("A1")
    over.sell("over", perfume("7000"))
    asked = over.request(over.look_up("over"), perfume("3000", taxed=1), verdict=Verdict.DUTY, approved=True)
    over.reserve(asked)
    over.confirm(asked)
    leave_in_doubt(site, "A2", "lost")
    leave_in_doubt(site, "B1", "lost as well")
    link(site, "0/0", "0/1")
    site.center.till("B2").look_up("0/2", person=Person(date(1990, 1, 1), None, "KZ"))


def leave_in_doubt(site: Site, name: str = "A1", document: str = "passport") -> str:
    """A till reserves and is never heard of again; returns the key as the center has it."""
    till = site.center.till(name)
    asked = till.request(till.look_up(document), perfume("4500"), seconds=60)
    till.reserve(asked)
    site.center.clock.pass_by(minutes=5)
    return site.center.key_of(name, asked)


def link(site: Site, first: str, second: str) -> None:
    """Two documents are shown by one visitor."""
    for document in (first, second):
        site.center.till("A1").look_up(document)
    asked = DocumentLink(f"link-{first}-{second}", (first,), (second,))
    LinkVisitors(site.center.context)(site.center.till("A1").caller, asked, digest(asked))
