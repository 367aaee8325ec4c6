#!/bin/bash
# Passes when the box, and only the box, has a module "ours" that knows the learner's own ship.
no() {
  printf '%s\n' "$*"
  exit 1
}

# ask PYTHON: the ship that the module names, asked for from a folder in which nothing lies about.
ask() {
  (cd /usr && "$1" -c 'import ours; print(ours.ship)') 2>&1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -x box/bin/python ] || no 'There is no environment in ~/box yet. Make it with: python3 -m venv box'
place=$(box/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' 2>/dev/null)
if [ ! -e "$place/ours.py" ]; then
  other=$(find . -maxdepth 6 -name 'ours*' -not -name '*.pyc' -not -path './.*' 2>/dev/null | head -n 1)
  [ "$other" = ./ours.py ] && no "Your ~/ours.py is found only by whoever stands in its folder: that is the empty first line of the list. Move it to where the box keeps its packages."
  [ -n "$other" ] && no "I found ~/${other#./}. The box looks for it under the name ours.py, in the folder where spellout.py lies."
  no 'The box has no module named ours yet. Put the file ours.py into the folder where spellout.py lies.'
fi
said=$(ask "$HOME/box/bin/python") || no "The box finds ours.py, but says: ${said##*$'\n'}. The file should hold one line: ship = \"$LESSON_SHIP\""
[ "$said" = "$LESSON_SHIP" ] || no "The box finds ours.py, but the ship in it is ${said:0:80}. Yours is $LESSON_SHIP."
ask /usr/bin/python3 > /dev/null && no "The computer's own Python knows the module too. Remove ours.py from its folders; it belongs into the box alone."
echo "$LESSON_SHIP lies in the box, and nobody else knows of her."
