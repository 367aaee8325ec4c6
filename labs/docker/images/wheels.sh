#!/bin/sh
# Fills a wheelhouse with what lessons install with pip, from Debian's archive and without PyPI.
# Usage: wheels.sh WHEELHOUSE, after `apt-get update`, where python3 is installed.
set -eu
here=$(dirname "$0")
wheelhouse=$1
work=$(mktemp -d)

# The Debian package of each wheel, and what it requires: Debian keeps that in its own dependencies.
cat >"$work/wheels" <<'END'
python3-flask Werkzeug>=2.2.2 Jinja2>=3.0 itsdangerous>=2.0 click>=8.0
python3-werkzeug MarkupSafe>=2.1.1
python3-jinja2 MarkupSafe>=2.0
python3-markupsafe
python3-itsdangerous
python3-click
python3-gunicorn setuptools>=3.0
python3-redis async-timeout>=4.0.2 deprecated>=1.2.3 packaging>=20.4
python3-async-timeout
python3-deprecated
python3-wrapt
python3-packaging
python3-django asgiref>=3.3.2,<4 pytz sqlparse>=0.2.2
python3-asgiref
python3-tz
python3-sqlparse
python3-djangorestframework django>=3.0 pytz
python3-requests charset-normalizer>=2,<4 idna>=2.5,<4 urllib3>=1.21.1,<1.27 certifi>=2017.4.17 chardet<6
python3-charset-normalizer
python3-chardet
python3-idna
python3-urllib3 six
python3-six
python3-certifi
python3-docker requests>=2.14.2 websocket-client>=0.32.0
python3-websocket
END
# What the pages of Django, of its REST framework and of Werkzeug link to.
assets='libjs-jquery libjs-bootstrap libjs-prettify fonts-font-awesome fonts-glyphicons-halflings'

mkdir -p "$wheelhouse" "$work/assets"
cd "$work"
# shellcheck disable=SC2046,SC2086
apt-get download -q $assets $(cut -d ' ' -f 1 wheels)
for package in $assets; do dpkg-deb -x "$package"_*.deb assets; done
while read -r package requirements; do
  dpkg-deb -x "$package"_*.deb "$package"
  rm -rf "$package/usr/share"
  ln -s "$work/assets/usr/share" "$package/usr/share"
  # shellcheck disable=SC2086
  python3 "$here/repack.py" "$package" "$wheelhouse" $requirements
done <wheels
rm -r "$work"
