#!/bin/bash
# Passes when ~/second is an environment of its own that holds just what lookout/requirements.txt names.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -s lookout/requirements.txt ] || no 'There is no ~/lookout/requirements.txt to build from. The task before this one writes it.'
[ -e second ] || no 'There is no ~/second yet. Make an empty environment of that name first.'
[ -x second/bin/python ] || no 'Your ~/second has no bin/python. Remove it (rm -r second) and make it with: python3 -m venv second'
prefix=$(second/bin/python -c 'import sys; print(sys.prefix)')
[ "$prefix" = "$HOME/second" ] || no "Your ~/second is not an environment of its own: its Python says that it lives in $prefix."
grep -q "VIRTUAL_ENV=.*$HOME/second" second/bin/activate 2>/dev/null || no 'Your ~/second was copied from another environment: its bin/activate still names the old place. Make a new one and install from the list.'
wanted=$(grep -v -e '^#' -e '^[[:space:]]*$' lookout/requirements.txt | sort)
found=$(second/bin/python -m pip freeze 2>/dev/null | sort)
[ -n "$found" ] || no 'Your ~/second is empty still. Give its pip the list: second/bin/pip install -r lookout/requirements.txt'
missing=$(comm -23 <(echo "$wanted") <(echo "$found") | head -n 1)
[ -z "$missing" ] || no "Your ~/second should hold $missing; it holds: $(tr '\n' ' ' <<< "$found"). Install with -r, from the list."
extra=$(comm -13 <(echo "$wanted") <(echo "$found") | head -n 1)
[ -z "$extra" ] || no "Your ~/second also holds $extra, which the list does not name."
output=$(second/bin/python lookout/lookout.py 2>&1) || no "The program does not run with ~/second: $(tail -n 1 <<< "$output")"
echo 'The same environment a second time, from two lines of text.'
