#!/bin/bash
# Passes when ~/myenv is a working environment that virtualenv made.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
if [ ! -e myenv ]; then
  other=$(find . -maxdepth 3 -name pyvenv.cfg -not -path './tools/*' -exec grep -l '^virtualenv' {} + 2>/dev/null | head -n 1)
  other=${other#./}
  [ -n "$other" ] && no "I found an environment in ~/${other%/pyvenv.cfg}, but expected it in ~/myenv. Go home with cd and make it there: tools/bin/virtualenv myenv"
  no 'There is no folder ~/myenv yet. The program is tools/bin/virtualenv, and it wants the name of the folder.'
fi
[ -f myenv/pyvenv.cfg ] || no 'Your ~/myenv is a folder, but not an environment: it has no pyvenv.cfg. Remove it (rm -r myenv) and let virtualenv make it.'
grep -q '^virtualenv' myenv/pyvenv.cfg || no 'Your ~/myenv was made by python3 -m venv. A good environment; but here, make it with virtualenv: rm -r myenv, then tools/bin/virtualenv myenv'
myenv/bin/python -c '' 2>/dev/null || no 'Your ~/myenv is there, but its bin/python does not start. Remove it (rm -r myenv) and make it again.'
echo 'A complete environment, in well under a second.'
