#!/bin/bash
# Passes when borrowed.txt names the real interpreter behind app/bin/python and the file of its json module.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -x app/bin/python ] || no 'There is no environment in ~/app yet. Make it with: python3 -m venv app'
if [ ! -s borrowed.txt ]; then
  other=$(find . -maxdepth 3 -name borrowed.txt -not -path '*/.*' 2>/dev/null | head -n 1)
  [ -n "$other" ] && [ "$other" != ./borrowed.txt ] && no "There is no ~/borrowed.txt, but I found ~/${other#./}. Go home with cd and write it there."
  no 'Your ~/borrowed.txt is missing or empty. It should hold two lines: the real interpreter, and the file of the module json.'
fi
interpreter=$(readlink -f app/bin/python)
json=$(app/bin/python -c 'import json; print(json.__file__)')
for link in python python3 python3.11; do
  grep -qE "(^|/)app/bin/${link}[[:space:]]*\$" borrowed.txt && no "borrowed.txt names app/bin/$link, which is a link. Follow it to its end: readlink -f app/bin/$link"
done
grep -qx '/usr/bin/python3[[:space:]]*' borrowed.txt && no 'borrowed.txt names /usr/bin/python3. Close, but that is a link too. Follow it to its end with readlink -f.'
grep -qF "$interpreter" borrowed.txt || no 'borrowed.txt does not name the program behind app/bin/python yet. The command readlink -f follows links to their end.'
grep -q 'site-packages' borrowed.txt && no 'borrowed.txt names a file in site-packages. json comes with Python itself: ask json for its __file__.'
grep -qF "${json%/__init__.py}" borrowed.txt || no 'The interpreter is right. The file of the module json is missing: every module knows it, as its __file__.'
echo 'Both lie under /usr: neither belongs to the environment.'
