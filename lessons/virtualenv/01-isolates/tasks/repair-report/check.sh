#!/bin/bash
# Passes when report.sh works in a bare environment, as the computer's clock would start it, by means of the box.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -f report.sh ] || no 'The file ~/report.sh is gone. "Reset lab" brings it back.'
[ -f report.py ] || no 'The file ~/report.py is gone. "Reset lab" brings it back.'
grep -q 'spellout' report.py || no 'report.py no longer uses spellout. Leave report.py as it was; the fault is in report.sh.'
box/bin/python -c 'import spellout' 2>/dev/null || no 'The Python in the box does not know spellout. Run: box/bin/pip install spellout'
if /usr/bin/python3 -c 'import spellout' 2>/dev/null; then
  no "The computer's own Python knows spellout (it is in ~/.local). Take it out again: python3 -m pip uninstall --break-system-packages spellout. Then let report.sh use the Python of the box."
fi

# Nobody is logged in: no activation, a short PATH, no settings of the learner's shell.
output=$(env -i HOME="$HOME" PATH=/usr/bin:/bin LANG=C.UTF-8 timeout 6 bash report.sh 2>&1)
case $output in
  *'Ship in sight: Tango Echo Romeo November'*) echo 'It works with nobody logged in. The path to the Python is all it takes.' ;;
  *ModuleNotFoundError*) no "Started with nobody logged in, report.sh still says: ModuleNotFoundError: No module named 'spellout'. Which Python does its last line start?" ;;
  *'python: command not found'*) no 'Started with nobody logged in, report.sh says: python: command not found. An activation in your shell does not help it; give the path to the Python in the box.' ;;
  *'No such file or directory'*) no "Started with nobody logged in, report.sh says: $(grep -m 1 'No such file' <<< "$output")" ;;
  '') no 'report.sh prints nothing. It should run report.py with the Python of the box.' ;;
  *) no "I expected the line: Ship in sight: Tango Echo Romeo November. report.sh printed: ${output:0:200}" ;;
esac
