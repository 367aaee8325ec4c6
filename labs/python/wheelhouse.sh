#!/bin/sh
# Fills /opt/wheelhouse from Debian's archive and from the teaching packages beside this script, without PyPI.
# Usage: wheelhouse.sh FOLDER, after `apt-get update`. Leaves nothing else behind.
set -eu
here=$1
wheelhouse=/opt/wheelhouse
work=$(mktemp -d)
mkdir -p "$wheelhouse"

# virtualenv is taken apart rather than installed: learners install it themselves.
cd "$work"
apt-get download python3-virtualenv python3-distlib python3-filelock python3-platformdirs
for package in ./*.deb; do
  dpkg-deb -x "$package" "$package.unpacked"
  python3 "$here/repack.py" "$package.unpacked" "$wheelhouse"
done

for package in "$here"/packages/*; do
  python3 -m pip wheel --quiet --no-deps --no-index --no-build-isolation --wheel-dir "$wheelhouse" "$package"
done

# pip, setuptools and wheel lie here already; `pip install --upgrade pip` shall find them.
ln -s /usr/share/python-wheels/*.whl "$wheelhouse"
rm -r "$work"
