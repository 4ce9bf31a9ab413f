"""Where the data lies on a computer: whose folder it is, and which folder cannot be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.application.settings.options import Options
from pos.devices import folders
from pos.devices.folders import folder_of, made, refuse_too_long, shop_folder_of
from pos.domain.errors import StoreError
from pos.languages.catalogue import load_translators
from pos.languages.refusals import sentence_for
from tools.messages import FOLDER


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the installer for Windows has named for all users of the computer."""
    folder = tmp_path / "ProgramData" / "border-pos"
    folder.mkdir(parents=True)
    monkeypatch.setattr(folders, "shared_folder", lambda: folder)
    monkeypatch.setattr(folders, "_users", lambda: tmp_path / "their own")
    return folder


def test_all_users_of_a_computer_open_the_shop_that_they_share(shared: Path) -> None:
    assert shop_folder_of(Options()) == shared
    assert made(shared) == shared


def test_each_user_has_a_demo_shop_of_their_own(shared: Path, tmp_path: Path) -> None:
    assert shop_folder_of(Options(demo=True)) == tmp_path / "their own" / "demo"


def test_training_on_a_computer_with_a_shared_shop_is_that_of_the_shop(shared: Path) -> None:
    (shared / "shop.db").touch()
    assert folder_of(Options(training=True)) == shared / "training"


def test_another_folder_can_be_named_on_a_computer_with_a_shared_shop(shared: Path, tmp_path: Path) -> None:
    assert shop_folder_of(Options(data=tmp_path / "other")) == tmp_path / "other"


def test_a_shared_folder_that_is_gone_is_not_made_again_by_one_of_its_users(shared: Path) -> None:
    shared.rmdir()
    with pytest.raises(StoreError) as refused:
        made(shared)
    assert not shared.exists()
    said = sentence_for(refused.value, load_translators(FOLDER)["ru"])
    assert str(shared) in said
    assert "/SHARED" in said


@pytest.mark.parametrize("length", [160, 250])
def test_a_folder_whose_receipts_would_have_too_long_a_path_is_refused_before_anything_is_written(length: int) -> None:
    folder = Path("C:/" + "a" * (length - 3))
    with pytest.raises(StoreError) as refused:
        refuse_too_long(folder, 259)
    said = sentence_for(refused.value, load_translators(FOLDER)["en"])
    assert str(folder)[:100] in said
    assert "159" in said


def test_a_folder_of_any_length_does_where_the_computer_takes_long_paths() -> None:
    refuse_too_long(Path("C:/" + "a" * 400), None)
    refuse_too_long(Path("C:/" + "a" * 156), 259)
