"""Files of keys, texts of seals and backups that are none: what is brought from outside and must be believed or not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from tests.faults.corpus.case import ODD, Case, brief, typed
from tests.faults.corpus.tickets import BROKEN
from tests.faults.corpus.traps import HALF

_KEYS: Mapping[str, object] = {
    "kind": "border-pos keys 1", "salt": "00" * 16, "nonce": "00" * 12, "cost": 2, "content": "AAAA",
}  # fmt: skip
_WRONG: Mapping[str, tuple[object, ...]] = {
    "kind": (None, 5, "", "other", [], {}), "salt": (None, 5, "", "zz", "00", "0" * 99_999, "００"),
    "nonce": (None, 5, "", "zz", "00"), "cost": (None, "2", 0, 1, 3, -2, 2**40, 10**400, True, 1.5, float("nan")),
    "content": (None, 5, "", "!", "AA", "A" * 99_999, HALF),
}  # fmt: skip
_SEALS = (
    "", "|", "|" * 9, "BP1|", "BP1|T1-000001|x|y|z|w|q", "BP1|" + "x|" * 5_000,
    "BP1|T1-000001|2026-03-02|1.00|CNY|00|00|" + "A" * 88,
    "BP9|T1-000001|1|2|3|4|5|6", "bp1|t1|1|2|3|4|5", "BP1|\x00|\x1b[2J|\u202e|1|2|3", HALF + "|", "😀|" * 20,
    "BP1|１|２|３|４|５|６|７",
)  # fmt: skip
_ENDS = b"-----BEGIN PUBLIC KEY-----\n", b"\n-----END PUBLIC KEY-----\n"
_PUBLIC = b"MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=".join(_ENDS)
_NO_PUBLIC = {
    "empty": b"", "noise": bytes(range(256)), "a private key": _PUBLIC.replace(b"PUBLIC", b"PRIVATE"),
    "cut": _PUBLIC[:60], "NULs": b"\x00" * 500,
    "RSA": b"-----BEGIN PUBLIC KEY-----\nMA0GCSqGSIb3DQEBAQUAAw==\n-----END PUBLIC KEY-----\n",
}  # fmt: skip
_NO_BACKUP = {
    "empty": b"", "noise": bytes(range(256)) * 50, "its head alone": b"SQLite format 3\x00", "a head and noise":
    b"SQLite format 3\x00" + b"\xff" * 9_000, "a catalogue": b"code,name\n1,x\n", "NULs": b"\x00" * 9_000,
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Nothing of it becomes the shop's keys, a genuine receipt or its books."""
    for name, raw in BROKEN.items():
        yield typed("keys files", f"import {name}", "keys", "import", "@k.keys", files={"k.keys": raw})
    for field, values in _WRONG.items():
        for value in values:
            content = json.dumps({**_KEYS, field: value}).encode()
            name = f"import with {field} = {brief(value)}"
            yield typed("keys files", name, "keys", "import", "@k.keys", files={"k.keys": content})
    for text in _SEALS:
        words = ("receipt", "verify", "--key", "@shop.pub", "--", text)
        yield typed("receipt seals", brief(text), *words, files={"shop.pub": _PUBLIC}, taken=ODD)
    for name, content in _NO_PUBLIC.items():
        line = ("receipt", "verify", "a|b", "--key", "@shop.pub")
        yield typed("receipt seals", f"a key that is {name}", *line, files={"shop.pub": content}, where="key")
    for name, content in _NO_BACKUP.items():
        yield typed("backups", f"restore {name}", "restore", "@b.db", files={"b.db": content})
    for path in ("@nowhere.db", "@", "/dev/null", "@" + "x" * 300, "#keys.json"):
        yield typed("backups", f"restore {brief(path)}", "restore", path)
