#!/bin/bash
# Passes when survivor.txt names /data/note, and the file is on the disk of tiny.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e machines/tiny.qcow2 ] || no 'There is no machine tiny. The first task defines it.'
raw=$(mktemp)
trap 'rm -f "$raw"' EXIT
qemu-img convert -U -O raw machines/tiny.qcow2 "$raw" 2>/dev/null || no 'The disk machines/tiny.qcow2 cannot be read.'
if ! debugfs -R 'stat /note' "$raw" 2>/dev/null | grep -q 'Type: regular'; then
  no 'The disk of tiny has no file note yet. Write /data/note on its console, and switch it off with poweroff, which writes it down.'
fi
[ -s survivor.txt ] || no 'The disk of tiny holds a note. Which of the two was there after a restart? Write its path into survivor.txt.'
said=$(tr -d ' \r\n' < survivor.txt)
[ "$said" = /root/note ] && no 'survivor.txt says /root/note. Start tiny once more and look: ls /root /data'
[ "$said" = /data/note ] || no "survivor.txt should hold the full path of the file on the machine, but says: ${said:0:60}"
echo 'Memory is empty after each start; the disk keeps.'
