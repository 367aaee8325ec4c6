#!/bin/bash
# Passes when ~/ship works again on the computer's Python, with spellout 1.2.0, while the stand-in stays gone.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -e ship ] || no 'There is no environment ~/ship yet. Make the stand-in first, then: standin/bin/python3 -m venv ship'
if [ -x standin/bin/python3 ] && [ -x ship/bin/python ] && [ ! -x ship/bin/spellout ]; then
  no 'Your ~/ship runs, but is empty. Load it before the accident: ship/bin/pip install spellout==1.2.0'
fi
[ -L standin/bin/python3 ] && [ -x ship/bin/python ] && [ "$(readlink ship/bin/python3)" = "$HOME/standin/bin/python3" ] &&
  no 'Your ~/ship still runs on the stand-in. Take the stand-in away, as an upgrade would: rm standin/bin/python3'
[ -e standin/bin/python3 ] && no 'The stand-in is back: standin/bin/python3. The old Python does not return after an upgrade; repair ~/ship without it.'
[ -x ship/bin/python3 ] || no "ship/bin/python3 leads to $(readlink ship/bin/python3 || echo 'nothing'), and that is gone. What does python3 -m venv --help offer to empty an environment and fill it anew?"
grep -q "$HOME/standin" ship/pyvenv.cfg 2>/dev/null && no 'The link leads to a Python again, but ship/pyvenv.cfg still names the stand-in as its home. Make the environment anew, rather than patch it.'
version=$(ship/bin/python -c 'import spellout; print(spellout.__version__)' 2>/dev/null) ||
  no 'Your ~/ship runs again, but it is empty: spellout is missing. It held version 1.2.0.'
[ "$version" = 1.2.0 ] || no "Your ~/ship runs again, but with spellout $version. Before, it held 1.2.0."
output=$(ship/bin/spellout tern 2>&1) || no "spellout is there, but its program does not start: $output"
echo "$output: afloat again, on the computer's Python."
