"""The code of an order is read aloud, typed and scanned: a slip is found, and no product has one like it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.catalogue.barcode import BadCode, read_code
from pos.domain.pickup.pickup_code import (
    ALPHABET,
    BadPickupCode,
    PickupCode,
    is_pickup_scan,
    made_code,
    read_pickup_code,
    with_check_sign,
)

codes = st.text(ALPHABET, min_size=7, max_size=7).map(with_check_sign)


def test_signs_that_look_alike_are_not_in_it() -> None:
    assert not set("0O1IL") & set(ALPHABET)
    assert len(ALPHABET) == 31


@settings(max_examples=settings().max_examples // 4)  # each of them with its 247 slips
@given(codes)
def test_every_single_wrong_sign_and_every_swap_of_neighbours_is_found(code: PickupCode) -> None:
    for place, sign in enumerate(code.signs):
        for other in ALPHABET.replace(sign, ""):
            with pytest.raises(BadPickupCode, match="check"):
                read_pickup_code(code.signs[:place] + other + code.signs[place + 1 :])
    for place, (one, two) in enumerate(pairwise(code.signs)):
        if one != two:
            with pytest.raises(BadPickupCode, match="check"):
                read_pickup_code(code.signs[:place] + two + one + code.signs[place + 2 :])


@given(codes)
def test_it_is_read_as_people_and_scanners_write_it(code: PickupCode) -> None:
    for text in (
        code.signs,
        code.signs.lower(),
        code.spaced,
        f" {code.qr}\r",
        f"]Q1{code.qr}",
        code.qr.replace(":", "："),
    ):
        assert read_pickup_code(text) == code


@given(codes)
def test_no_product_has_a_code_like_its_qr(code: PickupCode) -> None:
    assert is_pickup_scan(code.qr)
    assert not is_pickup_scan(code.signs)
    with pytest.raises(BadCode):
        read_code(code.qr)


def test_a_qr_that_is_damaged_is_still_no_product() -> None:
    assert is_pickup_scan("PICKUP:K7Q")
    for text, what in (("PICKUP:K7Q", "length"), ("PICKUP:K0QM2N9X", "character"), ("", "length")):
        with pytest.raises(BadPickupCode) as refused:
            read_pickup_code(text)
        assert refused.value.what == what


def test_codes_are_drawn_from_all_signs() -> None:
    numbers = iter(range(31))
    assert made_code(lambda below: next(numbers) % below).signs[:7] == ALPHABET[:7]
