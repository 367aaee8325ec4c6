#!/bin/bash
# Tells which Python report.sh starts as it stands, and what that one knows.
cd || exit 1
[ -f report.sh ] || exit 0
export PYTHONDONTWRITEBYTECODE=1
if ! box/bin/python -c 'import spellout' 2> /dev/null; then
  echo 'The Python in ~/box has no spellout now. First: box/bin/pip install spellout'
  exit 0
fi
line=$(grep -v '^[[:space:]]*\(#\|$\)' report.sh | grep -m 1 python)
word=${line%%[[:space:]]*}
case $word in
  '') echo 'No line of report.sh starts a Python now.' ;;
  python3 | /usr/bin/python3) echo "report.sh starts $word, and that is the computer's: it lists its packages without spellout. The one in the box has it." ;;
  python) echo 'report.sh starts python. Where nobody is logged in and nothing is active, no program has that name: give the path to it.' ;;
  box/* | ./box/*) echo "report.sh starts $word, a path that begins in whatever folder the script happens to be started from. Let it begin at \$HOME." ;;
esac
exit 0
