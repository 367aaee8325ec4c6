#!/bin/bash
# Passes when found.txt names the place of the package in the box: the file, or the folder that it lies in.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -x box/bin/python ] || no 'There is no environment in ~/box yet. Make it with: python3 -m venv box'
file=$(box/bin/python -c 'import spellout; print(spellout.__file__)' 2>/dev/null) ||
  no 'The Python in the box does not know spellout yet. Install it with the pip of the box: box/bin/pip install spellout'
case $file in
  "$HOME"/box/*) ;;
  *) no "The box finds spellout, but outside the box: $file. Install it with box/bin/pip." ;;
esac
[ -e found.txt ] || no 'spellout is in the box. Write where into ~/found.txt, for example with: echo THE-PLACE > found.txt'
answer=$(grep -v '^[[:space:]]*$' found.txt | tail -n 1 | sed 's/^[[:space:]]*//; s/[[:space:]]*$//')
[ -n "$answer" ] || no 'The file ~/found.txt is empty. It should hold one line: where spellout lies.'
path=${answer/#\~/$HOME}
path=$(realpath -e -- "$path" 2>/dev/null) || no "found.txt says ${answer:0:100}, but there is nothing of that name."
case $path in
  "$(realpath "$file")" | "$(dirname "$(realpath "$file")")") echo 'Found: packages live in the site-packages folder of the environment.' ;;
  "$(realpath box)") no 'That is the box itself. Look deeper: in which folder inside it does spellout.py lie?' ;;
  *) no "found.txt says $answer. That exists, but spellout.py does not lie there. Python itself can tell you: spellout.__file__" ;;
esac
