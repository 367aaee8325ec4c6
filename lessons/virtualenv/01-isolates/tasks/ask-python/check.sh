#!/bin/bash
# Passes when system.txt and box.txt each hold the sys.prefix of their Python.
no() {
  printf '%s\n' "$*"
  exit 1
}

# Ends the check unless the file is there, is not empty, and lies in the home folder itself.
need() {
  local other
  if [ -s "$1" ]; then return; fi
  [ -e "$1" ] && no "The file ~/$1 is empty. Did the command before the > print an error? Run it without the > to see."
  other=$(find . -maxdepth 3 -name "$1" -not -path '*/.*' 2>/dev/null | head -n 1)
  [ -n "$other" ] && no "There is no ~/$1, but I found ~/${other#./}. Go home with cd, then run the command again."
  no "There is no file ~/$1 yet. $2"
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -e box ] || no 'There is no folder ~/box yet. Make the environment with: python3 -m venv box'
[ -x box/bin/python ] || no 'The folder ~/box is there, but it has no bin/python. Remove it (rm -r box) and make it again.'
need system.txt "Ask the computer's Python, and send its answer there with: > system.txt"
need box.txt 'Ask box/bin/python the same, and send its answer there with: > box.txt'

system=$(tail -n 1 system.txt)
box=$(tail -n 1 box.txt)
[ "$system" = "$box" ] && no "Both files say $box: the same Python answered twice. One answer must come from python3, one from box/bin/python."
[ "$box" = /usr ] && no 'box.txt holds the answer of the wrong Python: /usr. Start the one in the box: box/bin/python'
[ "$system" = /usr ] || no "system.txt should hold the prefix of the computer's Python, /usr, but holds: ${system:0:80}"
expected=$(box/bin/python -c 'import sys; print(sys.prefix)' 2>/dev/null)
[ "$box" = "$expected" ] || no "box.txt should hold the prefix of box/bin/python, $expected, but holds: ${box:0:80}"
echo 'Two starts of one program, two answers: that difference is the whole trick.'
