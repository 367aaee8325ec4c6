#!/bin/bash
# Tells where the links of ~/ship lead, and what was in it.
cd || exit 0
[ -L ship/bin/python3 ] || exit 0
target=$(readlink ship/bin/python3)
if [ ! -e ship/bin/python3 ]; then
  echo "ship/bin/python3 points at $target, and nothing is there."
  held=$(find ship/lib/python3*/site-packages -maxdepth 1 -name '*.dist-info' -printf '%f\n' 2> /dev/null |
    sed 's/\.dist-info$//' | grep -v -e '^pip-' -e '^setuptools-' | tr '\n' ' ')
  [ -n "$held" ] && echo "Its packages are there still: $held. Remember the versions before you empty it."
elif [ "${target#"$HOME/standin"}" != "$target" ]; then
  echo 'Your ship runs on the stand-in, as it should before the accident. Next: a package into it, then remove the stand-in.'
elif [ ! -x ship/bin/spellout ]; then
  echo 'Your ship has a living Python again, and no spellout. Install the version that it had.'
fi
exit 0
