"""A store remembers the fingerprint of its keys: a till with other keys is refused before its first sale."""

from __future__ import annotations

import base64
from binascii import Error as NotBase64
from typing import TYPE_CHECKING

from pos.application.maintenance.log_key_export import KEYS_MARK
from pos.application.ports.journal_ports import JournalFilter
from pos.application.ports.store import Clock, Store
from pos.keys.keyfile import KeyFileError
from pos.keys.shop_secrets import ShopSecrets

if TYPE_CHECKING:
    from pos.application.ports.store import UnitOfWork

KNOW_KEYS = "know_keys"
"""The journal event from which on the store knows all of its keys."""

_BY = "program"


def know_keys(
    store: Store,
    secrets: ShopSecrets,
    where: str,
    now: Clock | None = None,
    till: str = "T1",
) -> None:
    """Remember the keys in a new store. Raises KeyFileError naming the file `where` for other keys than the known ones.

    A store without people accepts other keys: nothing depends on those of its first start. A store of an older program
    knows a part of its keys; it learns the whole fingerprint if nothing verifiable contradicts it.
    """
    full = secrets.fingerprint()
    with store.reading() as work:
        known = work.settings.all().get(KEYS_MARK)
        if known == full:
            return
        is_used = known is not None and bool(work.people.all())
        if is_used and not (known == secrets.older_fingerprint() and _is_proven(work, secrets)):
            raise KeyFileError("other_keys", where)
    with store.begin() as work:
        work.settings.set(KEYS_MARK, full)
        if is_used:
            last_entries = work.journal.last_at(till), work.journal.other_clocks(till).last if now is None else now()
            at = max(instant for instant in last_entries if instant is not None)
            work.journal.write(at, till, _BY, KNOW_KEYS, {"keys": full})
        work.commit()


def _is_proven(work: UnitOfWork, secrets: ShopSecrets) -> bool:
    """Whether nothing written under the keys contradicts them.

    Hashes of persons and PINs prove nothing without documents and PINs, but a seal does, and the journal shows what a
    store has learnt before.
    """
    for entry in work.journal.find(JournalFilter(events=(KNOW_KEYS,)), 1, None).entries:
        if entry.details.get("keys") != secrets.fingerprint():
            return False
    seals = [seal for till in work.journal.tills() if (seal := work.seals.last(till)) is not None]
    return not seals or any(_is_ours(seal.signature, seal.content, secrets) for seal in seals)


def _is_ours(signature: str, content: str, secrets: ShopSecrets) -> bool:
    try:
        return secrets.is_signed(base64.b64decode(signature, validate=True), content.encode())
    except (NotBase64, ValueError):
        return False
