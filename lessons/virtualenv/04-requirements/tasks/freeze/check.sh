#!/bin/bash
# Passes when lookout/requirements.txt is what pip freeze says of lookout/env, with radiocall 1.0.0.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
file=lookout/requirements.txt
[ -x lookout/env/bin/pip ] || no 'The project lookout has no environment yet. Expected: ~/lookout/env'
installed=$(lookout/env/bin/python -m pip freeze 2>/dev/null)
grep -q '^radiocall==' <<< "$installed" || no 'radiocall is not in ~/lookout/env yet. Install it: lookout/env/bin/pip install radiocall==1.0.0'
grep -q '^radiocall==1.0.0$' <<< "$installed" || no "The lookout runs with radiocall 1.0.0; its environment holds: $(grep '^radiocall' <<< "$installed")"
if [ ! -e "$file" ]; then
  [ -e requirements.txt ] && no 'I found ~/requirements.txt. It belongs beside the program: ~/lookout/requirements.txt'
  no "There is no ~/$file yet. pip freeze prints the list; send it there with: > $file"
fi
[ -s "$file" ] || no "Your ~/$file is empty. Which pip did you ask? It has to be lookout/env/bin/pip."
grep -q '^Package .*Version' "$file" && no 'That is the output of pip list: made for people. pip install wants the form that pip freeze prints.'
for line in $installed; do
  grep -qxF "$line" "$file" || no "Your ~/$file lacks the line $line. Write it again with lookout/env/bin/pip freeze."
done
extra=$(grep -vxF "$installed" "$file" | grep -v -e '^#' -e '^[[:space:]]*$' | head -n 1)
[ -z "$extra" ] || no "Your ~/$file names $extra, which is not in ~/lookout/env. Did you freeze another environment?"
echo 'Two lines, though you asked for one package. Every part is named with its exact version.'
