"""The installer of the folder for Windows, made by NSIS."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.bundle.plan import NAME, ROOT
from tools.bundle.windows.folder import CannotBuild
from tools.bundle.windows.starters import draw_icon, numbers_of

_SCRIPT = Path(__file__).with_name("installer.nsi")


def build_installer(folder: Path, version: str, *, quick: bool = False, sign: str = "") -> Path:
    """Make the installer beside the folder; return its file. `quick` packs less tightly, `sign` is the command that
    signs the uninstaller. Raises CannotBuild.
    """
    if shutil.which("makensis") is None:
        raise CannotBuild("The maker of installers is missing: apt-get install nsis")
    target = folder.with_name(f"{NAME}-{version}-windows-amd64-setup.exe")
    with tempfile.TemporaryDirectory() as temporary:
        icon = Path(temporary) / f"{NAME}.ico"
        draw_icon(icon)
        picture = Path(temporary) / "side.bmp"
        _draw_side(picture)
        facts = {"VERSION": version, "NUMBERS": ".".join(numbers_of(version)), "SOURCE": str(folder.absolute()),
                 "TARGET": str(target.absolute()), "ICON": str(icon), "PICTURE": str(picture)}  # fmt: skip
        facts |= ({"SIGN": sign} if sign else {}) | ({"QUICK": "1"} if quick else {})
        command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
        command += [f"-D{name}={value}" for name, value in facts.items()]
        done = subprocess.run([*command, str(_SCRIPT)], capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise CannotBuild(f"makensis ended with {done.returncode}:\n{(done.stdout + done.stderr)[-2_000:]}")
    return target


def _draw_side(file: Path) -> None:
    """The emblem on its own colour, in the size that NSIS has for the last page."""
    from PIL import Image

    emblem = Image.open(ROOT / "resources" / "emblem" / f"{NAME}-64.png").convert("RGBA")
    side = Image.new("RGB", (164, 314), emblem.convert("RGB").getpixel((32, 3)))
    side.paste(emblem, (50, 60), emblem)
    side.save(file)
