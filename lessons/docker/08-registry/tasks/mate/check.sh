#!/bin/bash
# Passes when podman has the image of the registry, and ~/mate.txt what it said.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e mate.txt ] || no 'There is no file ~/mate.txt yet.'
grep -q 'High tide' mate.txt || no "Your mate.txt does not hold the tide: $(head -c 60 mate.txt | head -n 1)"
# Podman itself would leave traces, so its list of images is read.
grep -qs 'localhost:5000/tide-table:1.0' .local/share/containers/storage/overlay-images/images.json || no 'The tide is in your mate.txt, but podman has no localhost:5000/tide-table:1.0. Did Docker write it?'
echo 'Another engine, the same program.'
