#!/bin/sh
# Takes Border POS away again. The shop's own folder stays where it is, with every sale in it.
set -eu

programs="$HOME/.local/lib/border-pos"
bin="$HOME/.local/bin"
shared="${XDG_DATA_HOME:-$HOME/.local/share}"

for process in /proc/[0-9]*/exe; do
    case $(readlink "$process" 2>/dev/null || true) in
        "$programs"/*) echo "A window of Border POS is open. Close it first; nothing was taken away." >&2 && exit 1 ;;
    esac
done
if [ "$(readlink "$bin/border-pos" 2>/dev/null || true)" = "$programs/current/border-pos" ]; then rm -f "$bin/border-pos"; fi
rm -f "$shared/applications/border-pos.desktop" "$shared"/icons/hicolor/*/apps/border-pos.png \
    "$shared/icons/hicolor/scalable/apps/border-pos.svg"
rm -rf "$programs"
echo "Border POS is gone. The shop's folder was not touched: $shared/border-pos"
