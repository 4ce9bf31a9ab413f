"""Find out whether a sale whose COMMIT was not answered was recorded."""

from __future__ import annotations

from pos.application.access.retry import retry_idempotent
from pos.application.settings.context import UseCase
from pos.domain.sales.sale import Sale


class ResolveUnknownCommit(UseCase):
    """Return the sale recorded under a key, or make certain that this attempt never records one."""

    @retry_idempotent
    def __call__(self, key: str) -> Sale | None:
        """The sale of the order with this key, or None. Raises StoreUnavailable while the database does not answer.

        The key is claimed and released again: a plain query would miss what the server is still about to commit.
        """
        with self.store.begin() as work:
            if work.keys.claim(key, "", self.now()):
                return None
            return work.sales.with_key(key)
