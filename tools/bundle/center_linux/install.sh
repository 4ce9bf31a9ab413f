#!/bin/sh
# Installs the center in /opt/border-pos-center, as root; no network is needed. Run again, it replaces the program.
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
target="${1:-/opt/border-pos-center}"
python="${PYTHON:-python3}"

wanted=$(basename "$here" | sed 's/.*-py//')
have=$("$python" -c 'import sys; print(f"{sys.version_info[0]}{sys.version_info[1]}")')
if [ "$wanted" != "$have" ]; then
    echo "The packages are for Python $wanted, and $python is $have. Name another one: PYTHON=python3.11 $0" >&2
    exit 4
fi

coming="$target.coming"
rm -rf "$coming"
mkdir -p "$coming/bin"
cp -R "$here/program" "$coming/program"
cp "$here/VERSION" "$here/LICENSE" "$here/THIRD-PARTY.txt" "$here/README.txt" "$coming"
cp "$here/border-pos-center" "$coming/bin/"
chmod 755 "$coming/bin/border-pos-center"
"$python" -m venv --copies "$coming/venv"
"$coming/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" \
    --no-deps --require-hashes -r "$here/requirements.lock"
"$coming/venv/bin/python" -m compileall -q "$coming/program" || true
rm -rf "$target.before"
if [ -e "$target" ]; then mv "$target" "$target.before"; fi
mv "$coming" "$target"
rm -rf "$target.before"

units="${UNITS:-/etc/systemd/system}"
for unit in border-pos-center.service border-pos-center-erase.service border-pos-center-erase.timer; do
    sed "s|/opt/border-pos-center|$target|g" "$here/$unit" >"$units/$unit"
done
echo "Installed in $target. What is next stands in README.txt."
