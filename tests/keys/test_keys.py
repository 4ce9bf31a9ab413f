"""The shop's keys: made once, shared by its tills, read by no one else, and never shown."""

from __future__ import annotations

import json
import multiprocessing
import stat
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

import main
from pos.application.settings.options import Options
from pos.keys.keyfile import KeyFileError, ShopKeys, read_keys, read_or_make
from pos.keys.shop_secrets import ShopSecrets
from tests.shops import CHOCOLATE, DemoShop

SECRETS = ShopSecrets(ShopKeys.fresh(), memory_kib=8, rounds=1)


def _read_in_a_process(path: str, ready: Any, queue: Any) -> None:
    ready.wait()
    queue.put(read_or_make(Path(path)).fingerprint())


def test_keys_are_made_at_the_first_start_and_read_ever_after(tmp_path: Path) -> None:
    made = read_or_make(tmp_path / "keys.json")

    assert read_or_make(tmp_path / "keys.json") == made
    assert made != ShopKeys.fresh()
    if sys.platform != "win32":  # where the folder says who reads what is in it
        assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_each_purpose_has_a_key_of_its_own(tmp_path: Path) -> None:
    read_or_make(tmp_path / "keys.json")
    keys = json.loads((tmp_path / "keys.json").read_text())

    assert set(keys) == {"visitor", "chain", "request", "pepper", "signature"}
    assert len(set(keys.values())) == 5
    assert all(len(bytes.fromhex(key)) == 32 for key in keys.values())


def test_tills_that_start_at_the_same_moment_agree_on_one_set_of_keys(tmp_path: Path) -> None:
    if sys.platform == "win32":
        context = multiprocessing.get_context("spawn")
    else:  # which is ready sooner
        context = multiprocessing.get_context("fork")
    ready, queue = context.Barrier(4), context.SimpleQueue()
    tills = [
        context.Process(target=_read_in_a_process, args=(str(tmp_path / "keys.json"), ready, queue)) for _ in range(4)
    ]
    for till in tills:
        till.start()
    fingerprints = {queue.get() for _ in tills}
    for till in tills:
        till.join()

    assert fingerprints == {read_or_make(tmp_path / "keys.json").fingerprint()}
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_threads_that_start_at_the_same_moment_agree_too(tmp_path: Path) -> None:
    for race in range(10):
        path, ready = tmp_path / f"keys{race}.json", threading.Barrier(4)
        fingerprints: list[str] = []

        def run(path: Path = path, ready: threading.Barrier = ready, fingerprints: list[str] = fingerprints) -> None:
            ready.wait()
            fingerprints.append(read_or_make(path).fingerprint())

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(fingerprints) == 4
        assert len(set(fingerprints)) == 1


def test_what_a_killed_program_left_behind_is_in_no_ones_way(tmp_path: Path) -> None:
    import os

    (tmp_path / f"keys.json.{os.getpid()}").write_text("half a")

    assert read_or_make(tmp_path / "keys.json") == read_or_make(tmp_path / "keys.json")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "5", '{"visitor": "00"}', "\x00\xff", "клю́ч", "[" * 10_000,
     json.dumps(dict.fromkeys(("visitor", "chain", "request", "pepper", "signature"), "00" * 31)),
     json.dumps(dict.fromkeys(("visitor", "chain", "request", "pepper", "signature"), "zz" * 32)),
     json.dumps(dict.fromkeys(("visitor", "chain", "request", "pepper", "signature"), 5))],
)  # fmt: skip
def test_a_damaged_key_file_is_reported_and_never_replaced(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text, encoding="utf-8")
    before = path.read_bytes()

    with pytest.raises(KeyFileError) as trouble:
        read_or_make(path)

    assert (trouble.value.what, trouble.value.where) == ("keys_damaged", str(path))
    assert path.read_bytes() == before


def test_keys_that_cannot_be_read_or_written_are_reported(tmp_path: Path) -> None:
    (tmp_path / "keys.json").mkdir()
    with pytest.raises(KeyFileError) as unreadable:
        read_or_make(tmp_path / "keys.json")
    with pytest.raises(KeyFileError) as unwritable:
        read_or_make(tmp_path / "no such folder" / "keys.json")

    assert (unreadable.value.what, unwritable.value.what) == ("keys_unreadable", "keys_unwritable")


def test_a_store_refuses_a_till_with_other_keys(shop: DemoShop) -> None:
    shop.close()
    main.build(Options(data=shop.folder), quick_pins=True).close()  # the store knows its keys now
    kept = shop.tables()
    (shop.folder / "keys.json").unlink()

    with pytest.raises(KeyFileError) as trouble:
        main.build(Options(data=shop.folder), quick_pins=True)

    assert trouble.value.what == "other_keys"
    assert shop.tables() == kept


def changed(shop: DemoShop, name: str) -> None:
    """One hex digit of a key in the shop's key file is another one."""
    file = shop.folder / "keys.json"
    keys = json.loads(file.read_text())
    keys[name] = ("1" if keys[name][0] != "1" else "2") + keys[name][1:]
    file.write_text(json.dumps(keys))


def remembering(shop: DemoShop, fingerprint: str) -> None:
    """The store knows its keys by this."""
    with shop.raw(writing=True) as store:
        store.execute("DELETE FROM setting WHERE name = '_keys'")
        store.execute("INSERT INTO setting(name, text) VALUES ('_keys', ?)", (fingerprint,))


@pytest.mark.parametrize("name", ["visitor", "chain", "request", "pepper", "signature"])
def test_one_digit_of_any_key_makes_them_another_shops(shop: DemoShop, name: str) -> None:
    remembering(shop, shop.secrets.fingerprint())
    shop.close()
    changed(shop, name)
    kept = shop.tables()

    with pytest.raises(KeyFileError) as trouble:
        main.build(Options(data=shop.folder), quick_pins=True)

    assert trouble.value.what == "other_keys"
    assert shop.tables() == kept


def test_a_shop_of_an_older_program_learns_all_of_its_keys_and_the_journal_says_so(shop: DemoShop) -> None:
    remembering(shop, shop.secrets.older_fingerprint())
    shop.close()

    for _ in range(2):
        main.build(Options(data=shop.folder), quick_pins=True).close()

    assert shop.rows("SELECT text FROM setting WHERE name = '_keys'") == [(shop.secrets.fingerprint(),)]
    assert shop.rows("SELECT person, details FROM journal WHERE act = 'know_keys'") == [
        ("program", json.dumps({"keys": shop.secrets.fingerprint()}, separators=(",", ":")))
    ]
    assert shop.verify() == []
    shop.close()
    changed(shop, "visitor")
    with pytest.raises(KeyFileError):
        main.build(Options(data=shop.folder), quick_pins=True)


def test_a_shop_of_an_older_program_takes_no_key_that_did_not_sign_its_seals(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE)
    shop.close_shift(shop.person("manager"), {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")})
    remembering(shop, shop.secrets.older_fingerprint())
    shop.close()
    changed(shop, "signature")

    with pytest.raises(KeyFileError) as trouble:
        main.build(Options(data=shop.folder), quick_pins=True)

    assert trouble.value.what == "other_keys"


def test_who_makes_the_store_forget_all_but_the_chains_key_is_refused_where_the_journal_knows(shop: DemoShop) -> None:
    remembering(shop, shop.secrets.older_fingerprint())
    shop.close()
    main.build(Options(data=shop.folder), quick_pins=True).close()
    remembering(shop, shop.secrets.older_fingerprint())
    changed(shop, "visitor")

    with pytest.raises(KeyFileError):
        main.build(Options(data=shop.folder), quick_pins=True)


def test_nothing_that_is_printed_shows_a_byte_of_a_key() -> None:
    keys = ShopKeys.fresh()
    shown = repr(keys) + str(keys) + repr(ShopSecrets(keys)) + f"{keys}" + keys.fingerprint()

    for key in (keys.visitor, keys.chain, keys.request, keys.pepper, keys.signature):
        assert key.hex() not in shown
        assert repr(key) not in shown


@given(st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8)))
def test_one_person_has_one_hash_and_another_shop_has_another(identity: tuple[str, str, str]) -> None:
    other = ShopSecrets(ShopKeys.fresh())
    try:
        hashed = SECRETS.identity(identity)
    except UnicodeEncodeError:
        return

    assert SECRETS.identity(identity) == hashed
    assert other.identity(identity) != hashed
    assert len(hashed) == 64


def test_the_parts_of_an_identity_do_not_run_together() -> None:
    assert SECRETS.identity(("CHN", "passport", "E1")) != SECRETS.identity(("CHN", "passportE", "1"))
    assert SECRETS.request(b"a") != SECRETS.chain("", b"a")
    assert SECRETS.chain("a", b"b") != SECRETS.chain("", b"ab")


def test_a_pin_is_known_by_its_slow_salted_hash_alone() -> None:
    hashed = SECRETS.hash_pin("246810")

    assert hashed.startswith("$argon2id$")
    assert hashed != SECRETS.hash_pin("246810")
    assert SECRETS.is_pin(hashed, "246810")
    assert not SECRETS.is_pin(hashed, "246811")
    assert not SECRETS.is_pin(None, "246810")
    assert not SECRETS.is_pin("damaged", "246810")


def test_a_stolen_store_alone_does_not_check_a_pin() -> None:
    hashed = SECRETS.hash_pin("246810")

    assert not ShopSecrets(ShopKeys.fresh(), memory_kib=8, rounds=1).is_pin(hashed, "246810")


def test_the_hashing_of_a_real_till_is_slow_on_purpose() -> None:
    assert ShopSecrets(ShopKeys.fresh()).hash_pin("246810").startswith("$argon2id$v=19$m=65536,t=3,p=1$")


def test_anyone_with_the_public_key_checks_a_signature() -> None:
    public = Ed25519PublicKey.from_public_bytes(SECRETS.public_key())
    signed = SECRETS.sign(b"T1-000001|837.40")

    public.verify(signed, b"T1-000001|837.40")
    with pytest.raises(InvalidSignature):
        public.verify(signed, b"T1-000001|837.41")
    assert len(SECRETS.public_name) == 8
    assert SECRETS.public_name == SECRETS.public_name.upper()


def test_keys_whose_link_leads_nowhere_are_not_made_again(tmp_path: Path) -> None:
    path, stick = tmp_path / "keys.json", tmp_path / "stick" / "keys.json"
    path.symlink_to(stick)
    for read in (read_keys, read_or_make):
        with pytest.raises(KeyFileError) as refused:
            read(path)
        assert (refused.value.what, refused.value.detail) == ("keys_link_broken", str(stick))
    stick.parent.mkdir()
    keys = read_or_make(stick)
    assert read_or_make(path) == keys
