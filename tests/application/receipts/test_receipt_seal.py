"""The seal of a receipt: any changed character is found, with the public key alone."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from pos.application.receipts.receipt_seal import read_seal, seal
from pos.domain.errors import BadField
from pos.keys.keyfile import ShopKeys
from tests.printing import sales

TEXT = seal(sales.a_mixed_sale(), sales.SECRETS.sign, sales.SECRETS.public_name).text
PUBLIC = sales.SECRETS.public_key()


def verified(public_key: bytes, signature: bytes, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def test_the_seal_of_a_sale_reads_back_and_is_genuine() -> None:
    read = read_seal(TEXT)

    assert read.receipt == "T1-000123"
    assert read.at == sales.AT
    assert str(read.total) == "1283.00"
    assert read.chain == sales.MAC[:12]
    assert read.key_name == sales.SECRETS.public_name
    assert read.is_genuine(PUBLIC, verified)


def test_another_shop_did_not_sign_it() -> None:
    other = type(sales.SECRETS)(ShopKeys(*(bytes([n]) * 32 for n in range(11, 16))))

    assert not read_seal(TEXT).is_genuine(other.public_key(), verified)


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("0129aAzZ|-_.T "))
def test_whatever_character_is_changed_the_seal_is_broken(index: int, char: str) -> None:
    changed = TEXT[:index] + char + TEXT[index + 1 :]
    try:
        genuine = read_seal(changed).is_genuine(PUBLIC, verified)
    except BadField:
        genuine = False

    assert genuine == (changed.strip() == TEXT)


@given(st.text(max_size=200))
def test_any_other_text_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadField) as caught:
        read_seal(text)

    assert (caught.value.field, caught.value.what) == ("receipt", "not_a_seal")


@pytest.mark.parametrize("amount", ["1283.001", "1283", "01283.00", "1283.0"])
def test_one_amount_has_one_spelling(amount: str) -> None:
    with pytest.raises(BadField):
        read_seal(TEXT.replace("1283.00", amount))


def test_nothing_of_the_visitor_is_in_it() -> None:
    assert "ZHANG" not in TEXT
    assert "01•" not in TEXT
    assert len(TEXT) < 180
