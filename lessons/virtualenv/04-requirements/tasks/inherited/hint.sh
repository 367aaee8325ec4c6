#!/bin/bash
# Reads to the learner what pip has against the list at this moment.
cd || exit 0
export PYTHONDONTWRITEBYTECODE=1
list=inherited/requirements.txt
[ -f "$list" ] || exit 0
if [ ! -x inherited/env/bin/python ]; then
  echo 'There is no environment inherited/env yet. Make it, then let its pip read the list: that is how you learn what is wrong.'
  exit 0
fi
plan=$(timeout 8 inherited/env/bin/python -m pip install --dry-run -r "$list" 2>&1)
if grep -q 'depends on' <<< "$plan"; then
  echo "Two lines contradict each other. pip says: $(grep -m 1 'depends on' <<< "$plan" | sed 's/^ *//')"
elif grep -q 'from versions' <<< "$plan"; then
  echo "pip looked for $(sed -n 's/.*requirement \([^ ]*\) .*/\1/p' <<< "$plan" | head -n 1) and found $(sed -n 's/.*(from versions: \(.*\)).*/\1/p' <<< "$plan" | head -n 1)."
elif grep -q '^Would install' <<< "$plan"; then
  echo "pip has nothing against the list now. Install from it: inherited/env/bin/pip install -r $list"
else
  echo 'The list is installed. Run inherited/env/bin/python inherited/log.py, and read the last line of what it says.'
fi
exit 0
