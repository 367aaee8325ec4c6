#!/bin/bash
# Passes when the definition of north has 160 MiB, limit and share.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
definition=.config/libvirt/qemu/north.xml
[ -e "$definition" ] || no 'There is no machine north. Define it again: lab-vm-define north 96'
read -r most < <(sed -n "s|.*<memory unit='KiB'>\([0-9]*\)<.*|\1|p" "$definition")
read -r now < <(sed -n "s|.*<currentMemory unit='KiB'>\([0-9]*\)<.*|\1|p" "$definition")
now=${now:-$most}
[ "$most" = 160 ] && no 'The definition says 160 KiB: the function counts in KiB, so multiply by 1024.'
[ "$most" = 163840 ] || no "The definition of north says $((most / 1024)) MiB, not 160. Did you give the flag VIR_DOMAIN_AFFECT_CONFIG?"
[ "$now" = 163840 ] || no "The limit is 160 MiB now, but the guest gets $((now / 1024)) of it. Set the share in use, too."
echo '160 MiB from the next start on.'
