#!/bin/bash
# Passes when ~/hello.txt holds something.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
if [ ! -e hello.txt ]; then
  other=$(find . -maxdepth 3 -iname 'hello*' -not -name hello.txt 2>/dev/null | head -n 1)
  [ -n "$other" ] && no "I found ~/${other#./}, but no ~/hello.txt. Names are taken to the letter, capitals too."
  no 'There is no file hello.txt in your home folder yet.'
fi
[ -f hello.txt ] || no 'Your hello.txt is not a file. Remove it with rm -r hello.txt, then make the file with echo.'
grep -q '[^[:space:]]' hello.txt || no 'Your hello.txt is there, but empty. Put a few words after echo, before the >.'
echo 'Your first trace in this harbour.'
