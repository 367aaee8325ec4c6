#!/bin/bash
# Passes when the inherited list installs, pins both packages, and its program runs in inherited/env.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
list=inherited/requirements.txt
[ -f "$list" ] || no "Your ~/$list is gone. \"Reset lab\" brings it back."
grep -q 'spellout==1\.9\.0' "$list" && no 'The list still asks for spellout 1.9.0, which was never made. Let pip read the list to you: what does its error offer "from versions"?'
[ -x inherited/env/bin/python ] || no 'The list has changed. Now make an environment in ~/inherited/env and install from it.'
for name in radiocall spellout; do
  grep -q "^$name==[0-9]" "$list" || no "The list should name $name with its exact version, as $name==1.2.3, so that everyone gets the same."
done
plan=$(timeout 50 inherited/env/bin/python -m pip install --dry-run -r "$list" 2>&1) || {
  if [ $? = 124 ]; then
    echo "pip takes its time to read the list."
    exit 75
  fi
  reason=$(grep -m 1 'depends on' <<< "$plan" | sed 's/^ *//')
  [ -n "$reason" ] && no "The list contradicts itself: $reason. Which spellout goes with that radiocall?"
  no "pip cannot install from the list: $(grep -m 1 'ERROR' <<< "$plan" | cut -c 1-160)"
}
grep -q '^Would install' <<< "$plan" && no "The list is sound, but ~/inherited/env does not follow it yet ($(grep "^Would install" <<< "$plan")). Install with -r."
output=$(inherited/env/bin/python inherited/log.py 2>&1) || {
  grep -q "cannot import name 'words'" <<< "$output" &&
    no "The list installs, but log.py does not run: it wants the function words, which spellout 1 does not have. So it was written for version 2."
  no "The list installs, but log.py does not run: $(tail -n 1 <<< "$output" | cut -c 1-150)"
}
grep -q 'Flags to hoist: 6' <<< "$output" || no "log.py should end with: Flags to hoist: 6. It printed: $(tail -n 1 <<< "$output" | cut -c 1-150)"
echo 'A list that installs, and a program that runs from it. The next person will thank you.'
