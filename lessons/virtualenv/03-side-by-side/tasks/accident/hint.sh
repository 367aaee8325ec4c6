#!/bin/bash
# Tells who wants which spellout in the environment of harbour-new, as it is now.
cd || exit 1
export PYTHONDONTWRITEBYTECODE=1
python=harbour-new/env/bin/python
[ -x "$python" ] || exit 0
version() { "$python" -c 'import sys; from importlib.metadata import version; print(version(sys.argv[1]))' "$1" 2> /dev/null; }
radiocall=$(version radiocall)
spellout=$(version spellout)
if [ -z "$radiocall" ]; then
  echo 'There is no radiocall in harbour-new/env yet, so nothing has happened there so far.'
elif [ "${spellout%%.*}" != 2 ]; then
  echo "harbour-new/env holds radiocall $radiocall and spellout ${spellout:-(none)}. call.py wants spellout 2, and radiocall $radiocall does not allow it."
elif [ "${radiocall%%.*}" = 1 ]; then
  echo "harbour-new/env holds spellout $spellout, so call.py is content. Now radiocall $radiocall is the one that complains; the wheelhouse has another version of it."
fi
exit 0
