#!/bin/bash
# Passes when ~/harbour is a working environment with spellout, and nothing of ~/draft is left.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -e harbour ] || {
  [ -e draft ] && no 'Your ~/draft is there. Now give it its new name: mv draft harbour'
  no 'There is no ~/harbour yet. Begin with an environment named draft, with spellout in it; then rename it.'
}
[ -f harbour/pyvenv.cfg ] || no 'Your ~/harbour is there, but it is not an environment (no pyvenv.cfg).'
[ -e draft ] && no 'Your ~/harbour is there, and so is ~/draft. At the end there should be only ~/harbour; remove draft with: rm -r draft'
first=$(head -n 1 harbour/bin/pip 2>/dev/null)
[ -n "$first" ] || no 'Your ~/harbour has no bin/pip. Remove it and make it again: an environment is quickly made.'
if ! harbour/bin/pip --version > /dev/null 2>&1; then
  no "harbour/bin/pip does not start. Its first line names the Python that should run it: $first. Is there such a file?"
fi
harbour/bin/python -c 'import spellout' 2>/dev/null || no 'pip works again in ~/harbour, but spellout is missing there. Install it: harbour/bin/pip install spellout'
harbour/bin/spellout tern > /dev/null 2>&1 || no "pip works, but harbour/bin/spellout does not. Its first line says: $(head -n 1 harbour/bin/spellout 2>/dev/null || echo '(no such file)')"
grep -q "$HOME/draft" harbour/bin/activate && no 'The programs work, but harbour/bin/activate still speaks of ~/draft: source it, and your PATH leads nowhere. Make the environment anew.'
echo 'Made anew rather than patched: the quick and safe way.'
