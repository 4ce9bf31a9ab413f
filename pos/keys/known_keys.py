"""A store remembers the fingerprint of its keys: a till with others is refused before its first sale."""

from __future__ import annotations

from pos.application.ports import Store
from pos.keys.keyfile import KeyTrouble
from pos.keys.shop_secrets import ShopSecrets

_MARK = "_keys"


def know_keys(store: Store, secrets: ShopSecrets, where: str) -> None:
    """Remember the keys in a new store; raises KeyTrouble naming the file `where` for others than it knows.

    A store in which nobody works yet takes others: nothing depends on those of its first start.
    """
    with store.reading() as work:
        known = work.settings.all().get(_MARK)
        is_used = known is not None and known != secrets.fingerprint() and bool(work.people.all())
    if known == secrets.fingerprint():
        return
    if is_used:
        raise KeyTrouble("other_keys", where)
    with store.begin() as work:
        work.settings.set(_MARK, secrets.fingerprint())
        work.commit()
