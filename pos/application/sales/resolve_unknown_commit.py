"""Find out what became of a sale whose COMMIT nobody answered."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.access.retry import retry_idempotent
from pos.application.ports.store import Clock, Store
from pos.domain.sales.sale import Sale


@dataclass(frozen=True, slots=True)
class ResolveUnknownCommit:
    """The sale that a key has made, or the certainty that it made none and never will by that try."""

    store: Store
    now: Clock

    @retry_idempotent
    def __call__(self, key: str) -> Sale | None:
        """The sale of the order with this key, or None. Raises StoreUnavailable while the database does not answer.

        The key is claimed and let go of again: a look alone would miss what the server is still about to commit.
        """
        with self.store.begin() as work:
            if work.keys.claim(key, "", self.now()):
                return None
            return work.sales.with_key(key)
