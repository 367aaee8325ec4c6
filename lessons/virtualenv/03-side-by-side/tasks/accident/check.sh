#!/bin/bash
# Passes when harbour-new has radiocall and its own program works, with no conflict left in its environment.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
python=harbour-new/env/bin/python
[ -x "$python" ] || no 'The project harbour-new has no environment yet. The task before this one makes it.'
radiocall=$("$python" -c 'from importlib.metadata import version; print(version("radiocall"))' 2>/dev/null) ||
  no 'radiocall is not in the environment of harbour-new yet. Cause the accident first: harbour-new/env/bin/pip install radiocall==1.0.0'
spellout=$("$python" -c 'from importlib.metadata import version; print(version("spellout"))' 2>/dev/null) ||
  no 'spellout has gone from the environment of harbour-new; both packages are needed.'
if ! "$python" harbour-new/call.py > /dev/null 2>&1; then
  no "harbour-new/call.py does not work: it needs spellout 2, and its environment holds spellout $spellout (with radiocall $radiocall). Which radiocall goes with spellout 2?"
fi
conflict=$("$python" -m pip check 2>/dev/null) ||
  no "call.py works, but pip check says: $(head -n 1 <<< "$conflict"). A newer radiocall may agree with it."
harbour-new/env/bin/radiocall Tern > /dev/null 2>&1 || no 'call.py works, but the command harbour-new/env/bin/radiocall does not.'
if harbour_old=$(harbour-old/env/bin/python harbour-old/call.py 2>&1); then
  echo "Repaired: radiocall $radiocall and spellout $spellout agree. harbour-old never noticed a thing."
else
  no "harbour-new is repaired, but harbour-old is broken: $(tail -n 1 <<< "$harbour_old" | cut -c 1-150)"
fi
