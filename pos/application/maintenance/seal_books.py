"""Seal the books: the totals are signed with each Z and at the end of each day, and never change again."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

from pos.application.access.authorize import SYSTEM_USER
from pos.application.ports.maintenance_ports import BookSeal
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.shifts.shift_report import ZReport

BEGIN_SEALS = "begin_seals"
"""The act in the journal: from here on this till seals its books."""
KIND = "BPOS-BOOKS1"
_MOST = 500
"""Sales covered by one seal: closing a shift then waits a tenth of a second; the rest is sealed when the
till is idle.
"""


class SealBooks(UseCase):
    """Signs with the shop's key; the public key alone suffices to verify."""

    def with_z(self, work: UnitOfWork, z: ZReport, at: datetime) -> BookSeal:
        """Seal the books in the transaction that closes a shift, after all its other writes."""
        return self._seal(work, at, z)

    def step(self) -> bool:
        """Seal sales of an earlier day, or a large number; return whether there may be more."""
        at = self.now()
        with self.store.begin() as work:
            after = _sealed(work.seals.last(self.till))
            unsealed = _unsealed(work.seals.books(self.till, after, _MOST))
            since = work.seals.unsealed_since(self.till, after)
            is_over = since is not None and _day(since, self.settings()) < _day(at, self.settings())
            if not unsealed or not (is_over or unsealed >= _MOST):
                return False
            self._seal(work, at, None)
            work.commit()
        return unsealed > _MOST

    def _seal(self, work: UnitOfWork, at: datetime, z: ZReport | None) -> BookSeal:
        last = work.seals.last(self.till)
        if last is None:  # deleting all seals would require deleting this entry too
            work.journal.write(at, self.till, SYSTEM_USER.name, BEGIN_SEALS, {})
        number = 1 if last is None else last.number + 1
        z_number = None if z is None else z.report.z_number
        content = _text(
            {
                "kind": KIND,
                "till": self.till,
                "number": number,
                "at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
                "before": "" if last is None else last.hash,
                "z": None if z is None else {"number": z_number, "mac": z.mac},
                "key": self.secrets.public_name,
                **work.seals.books(self.till, _sealed(last), _MOST),
            }
        )
        signature = base64.b64encode(self.secrets.sign(content.encode())).decode("ascii")
        seal = BookSeal(self.till, number, at, z_number, content, signature)
        work.seals.add(seal)
        return seal


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sealed(last: BookSeal | None) -> dict[str, int]:
    """The last sealed sale and entry."""
    if last is None:
        return {"sale": 0, "entry": 0}
    content = json.loads(last.content)
    return {"sale": content["sales"]["to"], "entry": content["journal"]["to"]}


def _unsealed(books: Any) -> int:
    """Sales and entries that no seal covers."""
    sales = books["head"]["number"] - books["sales"]["from"] + 1
    entries = books["journal_head"]["number"] - books["journal"]["from"] + 1
    return int(max(sales, entries))


def _day(at: datetime, settings: Settings) -> str:
    return at.astimezone(settings.zone).date().isoformat()
