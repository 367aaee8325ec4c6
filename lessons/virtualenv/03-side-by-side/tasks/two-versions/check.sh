#!/bin/bash
# Passes when each project has an environment of its own in its folder and runs with it, each on its version.
no() {
  printf '%s\n' "$*"
  exit 1
}

# look PROJECT VERSION OUTPUT: ends the check with what is missing in that project.
look() {
  local python=$1/env/bin/python version output
  [ -f "$1/call.py" ] || no "The file ~/$1/call.py is gone. \"Reset lab\" brings it back."
  [ -x "$python" ] || {
    [ -e "$1/bin/python" ] && no "The environment of $1 fills the project's own folder. Expected: a folder env inside it, ~/$1/env."
    no "The project $1 has no environment yet. Expected: ~/$1/env"
  }
  version=$("$python" -c 'import spellout; print(spellout.__version__)' 2>/dev/null) ||
    no "Your ~/$1/env is there, but spellout is not in it. Install it with $1/env/bin/pip."
  [ "$version" = "$2" ] || no "$1 needs spellout $2; its environment holds $version. Install it with: $1/env/bin/pip install spellout==$2"
  output=$("$python" "$1/call.py" 2>&1)
  [ "$output" = "$3" ] || no "$1/call.py should print: $3. It printed: $(tail -n 1 <<< "$output" | cut -c 1-150)"
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
look harbour-old 1.2.0 'Incoming: Tango-Echo-Romeo-November'
look harbour-new 2.0.0 'Incoming: Tango, Echo, Romeo, November'
echo 'Both at once, on one computer, and neither knows of the other.'
