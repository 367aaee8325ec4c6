#!/bin/sh
# Makes the learner's images from Debian's packages and lays them out as Docker's and Podman's stores.
# Usage: build.sh FOLDER, as root in a build container, after `apt-get update`, while / is still the bare base.
# They are equivalents of the images of Docker Hub under the same names, in every place: a class sees the same output
# with and without the internet. Each carries a label that says so.
set -eu
here=$1
work=/tmp/rootfs
export DEBIAN_FRONTEND=noninteractive

# Runs a program in the root file system of one image.
in_image() {
  image=$1
  shift
  chroot "$work/$image" env PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

# A copy of the base, with the named packages. Usage: from_base IMAGE PACKAGE...
from_base() {
  image=$1
  shift
  cp -a "$work/base" "$work/$image"
  in_image "$image" apt-get install -y --no-install-recommends "$@"
  in_image "$image" apt-get clean
}

mkdir -p "$work/base"
tar -C / --one-file-system --exclude=./tmp/* --exclude=./dev/* --exclude=./proc/* --exclude=./sys/* \
    --exclude=./run/* --exclude=./.dockerenv -cf - . | tar -C "$work/base" -xf -
cp /etc/resolv.conf /etc/hosts "$work/base/etc/"
# Services must not be started in a build.
printf '#!/bin/sh\nexit 101\n' >"$work/base/usr/sbin/policy-rc.d"
chmod 755 "$work/base/usr/sbin/policy-rc.d"
rm -rf "$work/base/var/cache/apt"/*.bin
# What a container does not need: mkfs, and Perl beyond its core, which usrmerge needs and usr-is-merged does not.
spare=$(chroot "$work/base" dpkg-query -W -f '${Package} ' e2fsprogs logsave libss2 libext2fs2 usrmerge perl 'perl-modules-*' \
    'libperl5*' libfile-find-rule-perl libnumber-compare-perl libtext-glob-perl 2>/dev/null || true)
in_image base apt-get install -y --no-install-recommends usr-is-merged
if [ -n "$spare" ]; then in_image base apt-get purge -y --allow-remove-essential $spare; fi
in_image base apt-get clean

# Only after the base was copied, which shall not hold it.
apt-get install -y --no-install-recommends python3

from_base python python3 python3-pip python3-venv
ln -s /usr/bin/python3 "$work/python/usr/local/bin/python"
ln -s /usr/bin/pip3 "$work/python/usr/local/bin/pip"
# As in Docker Hub's image: pip may install beside Python's own packages, there is nothing else to disturb.
rm -f "$work/python/usr/lib/python3.11/EXTERNALLY-MANAGED"
# In place of PyPI, which no sandbox reaches, neither while an image is built nor afterwards. pip and setuptools lie in
# the image already; `pip install --upgrade pip` shall find them.
sh "$here/wheels.sh" "$work/python/opt/wheelhouse"
for wheel in "$work/python/usr/share/python-wheels"/*.whl; do
  ln -s "/usr/share/python-wheels/${wheel##*/}" "$work/python/opt/wheelhouse"
done
install -m 644 "$here/pip.conf" "$work/python/etc/pip.conf"

from_base redis redis-server
install -m 755 "$here/redis-server" "$work/redis/usr/local/bin/redis-server"
mkdir -p "$work/redis/data"
in_image redis chown redis:redis /data

from_base nginx nginx
rm -f "$work/nginx/etc/nginx/sites-enabled/default"
install -m 644 "$here/nginx.conf" "$work/nginx/etc/nginx/conf.d/default.conf"
install -m 644 "$here/index.html" "$work/nginx/usr/share/nginx/html/index.html"
ln -sf /dev/stdout "$work/nginx/var/log/nginx/access.log"
ln -sf /dev/stderr "$work/nginx/var/log/nginx/error.log"

from_base registry docker-registry apache2-utils
ln -s /usr/bin/docker-registry "$work/registry/usr/local/bin/registry"
install -m 755 "$here/registry-entrypoint" "$work/registry/entrypoint.sh"
install -m 644 -D "$here/registry.yml" "$work/registry/etc/docker/registry/config.yml"

mkdir -p "$work/busybox/bin" "$work/busybox/etc" "$work/busybox/root" "$work/busybox/tmp" "$work/hello" "$work/deb"
(cd "$work/deb" && apt-get download busybox-static && dpkg -x busybox-static_*.deb .)
cp "$work/deb/bin/busybox" "$work/busybox/bin/busybox"
for applet in $("$work/busybox/bin/busybox" --list); do
  [ "$applet" = busybox ] || ln -s busybox "$work/busybox/bin/$applet"
done
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$work/busybox/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$work/busybox/etc/group"
chmod 1777 "$work/busybox/tmp"
cp "$here/hello.txt" "$work/hello/hello.txt"

find "$work" -xdev -perm /6000 -type f -exec chmod a-s {} +
python3 "$here/make.py" "$work"

# The learner's own environments take the same wheels, as links to those in the image "python": they lie here once.
cp -al /usr/share/lab-docker/overlay/*/diff/opt/wheelhouse /opt/wheelhouse
install -m 644 "$here/pip.conf" /etc/pip.conf
rm -rf "$work" "$here"
