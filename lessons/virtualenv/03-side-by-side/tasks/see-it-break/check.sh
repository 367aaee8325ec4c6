#!/bin/bash
# Passes when ~/shared holds spellout 2 and error.txt the complaint of the old project about it.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -x shared/bin/python ] || no 'There is no environment in ~/shared yet. Make it with: python3 -m venv shared'
version=$(shared/bin/python -c 'import spellout; print(spellout.__version__)' 2>/dev/null) ||
  no 'Your ~/shared is there, but spellout is not in it yet. Begin with: shared/bin/pip install spellout==1.2.0'
if [ ! -e error.txt ]; then
  other=$(find . -maxdepth 3 -name error.txt -not -path '*/.*' 2>/dev/null | head -n 1)
  [ -n "$other" ] && no "There is no ~/error.txt, but I found ~/${other#./}. Go home with cd and write it there."
  [ "$version" = 1.2.0 ] && no 'Your ~/shared still holds spellout 1.2.0. Bring it to the newest version with: shared/bin/pip install --upgrade spellout'
  no 'spellout is upgraded. Now run the old project and keep its complaint: add  2> error.txt  to the command.'
fi
[ -s error.txt ] || no 'error.txt is empty: the program had nothing to complain about, or you used > where 2> was needed (errors have a channel of their own).'
grep -q "cannot import name 'spell'" error.txt && {
  [ "$version" = 2.0.0 ] || no "error.txt is right, but ~/shared holds spellout $version by now. Upgrade it again, so that the scene fits."
  echo 'The old project broke, and nobody had touched a line of it.'
  exit 0
}
grep -q "cannot import name 'words'" error.txt && no 'That is the complaint of harbour-new about the old version. Upgrade spellout in ~/shared, then run harbour-old/call.py.'
grep -q ModuleNotFoundError error.txt && no 'error.txt says that there is no spellout at all: that Python was not the one in ~/shared. Start the program with shared/bin/python.'
grep -q "can't open file" error.txt && no "error.txt says that Python did not find the file. From your home folder it is: harbour-old/call.py"
no "I expected the old project's ImportError in error.txt, but it begins with: $(head -n 1 error.txt | cut -c 1-100)"
