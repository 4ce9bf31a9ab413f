"""Takes out of a frozen folder what this program never loads: plug-ins, languages, libraries that nothing links to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tools.bundle.elf import needed_by
from tools.bundle.plan import Plan

_PLUGINS = {
    "iconengines": ("qsvgicon",),
    "imageformats": ("qjpeg", "qsvg", "qgif", "qico"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "platformthemes": ("qxdgdesktopportal",),
    "printsupport": ("cupsprintersupport",),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": ("qxcb-egl-integration", "qxcb-glx-integration"),
}
"""Of each folder of Qt's plug-ins those that a till needs: a screen, input methods, pictures, printers."""

_TONGUES = ("en", "zh", "ru", "kk", "root")


def trim(folder: Path, plan: Plan) -> None:
    """Take out of the frozen `folder` what is never loaded."""
    lib = folder / "lib"
    _drop_foreign_modules(lib, plan)
    _drop_tongues(lib)
    for plugins in _plugin_folders(lib):
        _drop_plugins(plugins)
    qt = lib / "PySide6" / "Qt"
    if (qt / "lib").is_dir():  # as in the wheels for Linux
        _drop_unlinked(qt / "lib", [*(lib / "PySide6").glob("*.so*"), *(qt / "plugins").rglob("*.so")])
        for libraries in lib.glob("*.libs"):
            package = lib / {"pillow": "PIL"}.get(libraries.stem, libraries.stem)
            _drop_unlinked(libraries, list(package.rglob("*.so*")))


def _drop_foreign_modules(lib: Path, plan: Plan) -> None:
    """Binary modules that stay behind: cx_Freeze copies those of a package whole, and of others by the same maker."""
    for module in plan.excluded:
        for file in lib.glob(f"{module.replace('.', '/')}.*.so"):
            file.unlink()


def _drop_tongues(lib: Path) -> None:
    """What Babel and Qt know of languages that the window does not speak."""
    for file in (lib / "babel" / "locale-data").glob("*.dat"):
        if file.stem.split("_")[0] not in _TONGUES:
            file.unlink()
    for file in lib.glob("PySide6/**/translations/*.qm"):
        kind, _, language = file.stem.partition("_")
        if kind != "qtbase" or language.split("_")[0] not in _TONGUES:
            file.unlink()


def _plugin_folders(lib: Path) -> list[Path]:
    """Where Qt's plug-ins stand: in `Qt/plugins` or, on Windows, in `plugins`."""
    return [folder for folder in (lib / "PySide6" / "Qt" / "plugins", lib / "PySide6" / "plugins") if folder.is_dir()]


def _drop_plugins(plugins: Path) -> None:
    for file in plugins.rglob("*"):
        if file.is_file() and file.stem.removeprefix("lib") not in _PLUGINS.get(file.parent.name, ()):
            file.unlink()


def _drop_unlinked(folder: Path, users: list[Path]) -> None:
    drop_unlinked({file.name: file for file in folder.iterdir()}, users, needed_by)


def drop_unlinked(libraries: Mapping[str, Path], users: Iterable[Path], needs_of: Callable[[Path], set[str]]) -> None:
    """Remove of the `libraries`, by name, those to which neither one of `users` nor a kept library links.

    `needs_of` reads the names to which a file links.
    """
    kept: set[str] = set()
    waiting = list(users)
    while waiting:
        needs = (needs_of(waiting.pop()) & libraries.keys()) - kept
        kept |= needs
        waiting += [libraries[name] for name in needs]
    for name in libraries.keys() - kept:
        libraries[name].unlink()
