#!/bin/sh
# Makes what the machines of this lab boot from: a kernel, an initramfs and a small disk.
# Usage: build.sh FOLDER TARGET, after `apt-get update`; needs busybox-static, e2fsprogs and qemu-utils.
# FOLDER holds the files beside this script. Leaves nothing behind but TARGET.
set -eu
here=$1
target=$2
work=$(mktemp -d)
root=$work/root
mkdir -p "$target"

# The cloud kernel has the drivers of virtual machines and few others. It is unpacked, not installed.
cd "$work"
kernel=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/.*Depends: \(linux-image-.*\)/\1/p' | head -n 1)
apt-get download "$kernel"
dpkg-deb -x ./*.deb "$work/kernel"
version=${kernel#linux-image-}
cp "$work/kernel/boot/vmlinuz-$version" "$target/vmlinuz"

mkdir -p "$root/bin" "$root/dev" "$root/proc" "$root/sys" "$root/run" "$root/root" "$root/data" "$root/tmp"
mkdir -p "$root/etc/init.d" "$root/etc/acpi/PWRF" "$root/etc/udhcpc" "$root/lib/modules/$version"
mkdir -p "$root/sbin" "$root/usr/bin" "$root/usr/sbin"
cp /bin/busybox "$root/bin/busybox"
chroot "$root" /bin/busybox --install -s
ln -s /bin/busybox "$root/init"

install "$here/rcS" "$here/rcK" "$root/etc/init.d/"
install "$here/PWRF" "$root/etc/acpi/PWRF/00000080"
install "$here/udhcpc" "$root/etc/udhcpc/default.script"
install -m 644 "$here/inittab" "$here/profile" "$root/etc/"
echo 'root::0:0:root:/root:/bin/sh' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"

modules=$work/kernel/lib/modules/$version
for name in virtio virtio_ring virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk virtio_net \
  virtio_balloon failover net_failover button evdev; do
  # What the kernel has built in has no file.
  find "$modules" -name "$name.ko" -exec cp {} "$root/lib/modules/$version/" \;
done
chroot "$root" /bin/busybox depmod "$version"

(cd "$root" && find . | /bin/busybox cpio -o -H newc 2>/dev/null | gzip -9) >"$target/initrd.img"

mkdir "$work/disk"
cp "$here/on-the-disk.txt" "$work/disk/README"
mke2fs -q -t ext4 -L data -m 0 -E lazy_itable_init=0,lazy_journal_init=0 -d "$work/disk" "$work/disk.raw" 64M
qemu-img convert -O qcow2 "$work/disk.raw" "$target/disk.qcow2"
cd /
rm -r "$work"
