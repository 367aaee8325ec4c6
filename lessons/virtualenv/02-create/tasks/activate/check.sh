#!/bin/bash
# Passes when inside.txt was written with ~/myenv active, and outside.txt with none.
no() {
  printf '%s\n' "$*"
  exit 1
}

need() {
  local other
  if [ -s "$1" ]; then return; fi
  [ -e "$1" ] && no "The file ~/$1 is empty: the command printed no answer. Run it without the > to see why."
  other=$(find . -maxdepth 3 -name "$1" -not -path '*/.*' 2>/dev/null | head -n 1)
  [ -n "$other" ] && no "There is no ~/$1, but I found ~/${other#./}. Go home with cd, then run the command again."
  no "There is no file ~/$1 yet. $2"
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -x myenv/bin/python ] || no 'There is no environment in ~/myenv. The task before this one makes it.'
need inside.txt 'Activate myenv first, then write the answer of python into it.'
inside=$(tail -n 1 inside.txt)
[ "$inside" = /usr ] && no "inside.txt says /usr: that was the computer's Python, so myenv was not active. Look for (myenv) before your prompt."
[ "$inside" = "$HOME/tools" ] && no 'inside.txt says that tools was active, not myenv. Leave it with deactivate, then: source myenv/bin/activate'
[ "$inside" = "$HOME/myenv" ] || no "inside.txt should say $HOME/myenv, but says: ${inside:0:80}"
need outside.txt 'inside.txt is right. Leave the environment with deactivate, then ask python3.'
outside=$(tail -n 1 outside.txt)
[ "$outside" = "$HOME/myenv" ] && no 'outside.txt says that myenv was still active. Type deactivate, then write it again.'
[ "$outside" = /usr ] || no "outside.txt should say /usr, but says: ${outside:0:80}"
echo 'In and out again, and both times you know where you stand.'
