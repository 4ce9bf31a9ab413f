#!/bin/sh
# Installs Border POS for this user; no root is needed. The shop's own folder is neither read nor written.
# A version that is installed already stays until no window of it is open.
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
version=$(cat "$here/VERSION")
programs="$HOME/.local/lib/border-pos"
bin="$HOME/.local/bin"
shared="${XDG_DATA_HOME:-$HOME/.local/share}"

is_open() { # whether a program of this folder runs
    for process in /proc/[0-9]*/exe; do
        case $(readlink "$process" 2>/dev/null || true) in "$1"/*) return 0 ;; esac
    done
    return 1
}

mkdir -p "$programs" "$bin" "$shared/applications"
target="$programs/$version"
number=1
while [ -e "$target" ]; do
    number=$((number + 1))
    target="$programs/$version-$number"
done
rm -rf "$programs/.coming"
cp -R "$here" "$programs/.coming"
mv "$programs/.coming" "$target"

ln -s "$target" "$programs/.current"
mv -fT "$programs/.current" "$programs/current"
ln -sf "$programs/current/border-pos" "$bin/border-pos"

for icon in "$target"/share/icons/hicolor/*/apps/border-pos.*; do
    place="$shared/${icon#"$target/share/"}"
    mkdir -p "$(dirname "$place")"
    cp "$icon" "$place"
done
sed "s|@PROGRAM@|$bin/border-pos|g" "$target/share/applications/border-pos.desktop" >"$shared/applications/.border-pos"
mv -f "$shared/applications/.border-pos" "$shared/applications/border-pos.desktop"
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q "$shared/applications" || true; fi

for older in "$programs"/*; do
    if [ "$older" = "$programs/current" ] || [ "$older" = "$target" ] || is_open "$older"; then continue; fi
    rm -rf "$older"
done

echo "Border POS $version is installed. It stands among the programs of the desktop, and as $bin/border-pos."
case ":$PATH:" in *":$bin:"*) ;; *) echo "$bin is not in your PATH: type the whole name, or sign in again." ;; esac
