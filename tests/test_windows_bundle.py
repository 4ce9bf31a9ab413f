"""The bundle for Windows: from the locked wheels, whole, the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from tools.bundle.plan import ROOT, plan_of, shipped_distributions
from tools.bundle.wheels import WINDOWS, WheelTrouble, locked_for_windows, unpack_wheels
from tools.bundle.windows.folder import CannotBuild, build_for_windows, pack_zip
from tools.bundle.windows.starters import numbers_of

INSTALLER = (ROOT / "tools" / "bundle" / "windows" / "installer.nsi").read_text(encoding="utf-8")


def a_wheel(folder: Path, name: str, *needs: str) -> Path:
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    about = "".join(
        [f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", *(f"Requires-Dist: {it}\n" for it in needs)]
    )
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{name}/__init__.py", "")
        archive.writestr(f"{name}-1.0.dist-info/METADATA", about)
    return wheel


def test_all_that_a_till_on_windows_needs_is_locked_with_the_hashes_of_its_files() -> None:
    lines = locked_for_windows()
    wanted = shipped_distributions(ROOT, WINDOWS)
    assert {"pyside6-essentials", "pysqlite3", "cryptography", "psycopg-binary"} <= wanted
    assert wanted - set(lines) == set()
    assert [line for line in lines.values() if not re.search(r"==[^ ]+ --hash=sha256:[0-9a-f]{64}", line)] == []
    assert "dmgbuild" not in lines  # which is for macOS alone


def test_wheels_lie_side_by_side_once_each_has_what_it_needs(tmp_path: Path) -> None:
    one = a_wheel(tmp_path, "goods", "money (>=1.0)", 'fork ; sys_platform != "win32"', 'extras ; extra == "more"')
    with pytest.raises(WheelTrouble, match=r"goods-1\.0-py3-none-any\.whl needs money"):
        unpack_wheels([one], tmp_path / "site")
    unpack_wheels([one, a_wheel(tmp_path, "money")], tmp_path / "site")
    assert sorted(file.name for file in (tmp_path / "site").iterdir() if "dist-info" not in file.name) == [
        "goods",
        "money",
    ]


def test_a_zip_that_is_no_python_for_windows_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "goods")
    with pytest.raises(CannotBuild, match=r"other\.zip is not the embeddable Python"):
        build_for_windows(plan_of(), other, tmp_path / "dist")


def test_the_same_folder_is_packed_into_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "border-pos"
    (folder / "lib").mkdir(parents=True)
    for name in ("b.txt", "lib/a.txt"):
        (folder / name).write_text(name)
    first = pack_zip(folder).read_bytes()
    (folder / "b.txt").touch()
    assert pack_zip(folder).read_bytes() == first


def test_windows_counts_a_version_in_four_numbers() -> None:
    assert numbers_of("0.1.0") == ["0", "1", "0", "0"]
    assert numbers_of("2.3") == ["2", "3", "0", "0"]


def test_the_uninstaller_removes_what_the_installer_has_put_there_and_never_a_shop() -> None:
    removes = INSTALLER.partition("!macro RemoveProgram")[2].partition("!macroend")[0]
    uninstalls = INSTALLER.partition('Section "Uninstall"')[2].partition("SectionEnd")[0] + removes
    assert re.findall(r"RMDir /r (.*)", INSTALLER) == ['"$INSTDIR\\lib"']
    assert "APPDATA" not in uninstalls
    for name in ("border-pos.exe", "border-pos-window.exe", "LICENSE.txt", "README.txt", "THIRD-PARTY.txt", "VERSION"):
        assert f'Delete "$INSTDIR\\{name}"' in INSTALLER


def test_a_shared_shop_is_made_for_a_group_by_an_administrator_and_stays_where_it_is() -> None:
    shares = INSTALLER.partition('Section /o "$(SHARING)" SHARED')[2].partition("SectionEnd")[0]
    assert '$MultiUser.InstallMode != "AllUsers"' in shares
    assert "/inheritance:r" in shares  # every user of the computer can read what ProgramData passes on
    assert shares.index("icacls") < shares.index("WriteRegStr")  # a folder that is open to all is never named
    assert INSTALLER.count(r'HKLM "Software\${PRODUCT}"') == 3
    assert r'DeleteRegKey HKLM "Software\${PRODUCT}"' not in INSTALLER
    assert r'_INSTALLED = r"Software\Border POS"' in (ROOT / "pos/devices/folders.py").read_text(encoding="utf-8")
