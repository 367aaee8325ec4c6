#!/bin/bash
# Passes when the environment in ~/tools has a working virtualenv.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
if version=$(tools/bin/virtualenv --version 2>/dev/null); then
  [ -f tools/pyvenv.cfg ] || no 'There is a ~/tools/bin/virtualenv, but ~/tools is not an environment. Remove it and make it with: python3 -m venv tools'
  echo "It answers: ${version%% from *}."
  exit 0
fi
[ -e .local/bin/virtualenv ] && no 'virtualenv is installed, but past the refusal, into ~/.local. Take it out (python3 -m pip uninstall --break-system-packages virtualenv) and install it with tools/bin/pip.'
[ -e tools ] || no 'There is no folder ~/tools yet. Make the environment for your tools with: python3 -m venv tools'
[ -x tools/bin/pip ] || no 'Your ~/tools is there, but has no bin/pip. Remove it (rm -r tools) and make it with: python3 -m venv tools'
other=$(find . -maxdepth 4 -path '*/bin/virtualenv' 2>/dev/null | head -n 1)
[ -n "$other" ] && no "virtualenv is installed in ~/${other#./}; this task wants it in ~/tools. Use the pip of that environment: tools/bin/pip"
no 'The environment ~/tools is there, but virtualenv is not in it yet. Install it with the pip inside: tools/bin/pip install virtualenv'
