#!/bin/bash
# Tells what in ~/harbour still speaks of the old place.
cd || exit 1
if [ ! -e harbour ]; then
  if [ -e draft ]; then echo 'There is a ~/draft, and no ~/harbour yet. Rename it: mv draft harbour'; fi
  exit 0
fi
first=$(head -n 1 harbour/bin/pip 2> /dev/null)
program=${first#'#!'}
if [ -n "$program" ] && [ ! -x "${program%% *}" ]; then
  count=$(grep -lIs "$HOME/draft" harbour/bin/* harbour/pyvenv.cfg | wc -l)
  echo "The first line of harbour/bin/pip wants ${program%% *} to run it. There is no such file now. The old path stands in $count files of the environment."
elif [ ! -x harbour/bin/spellout ]; then
  echo 'The environment is in order again, but empty. What was in it besides pip?'
fi
exit 0
