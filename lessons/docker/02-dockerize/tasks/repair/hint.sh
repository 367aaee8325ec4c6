#!/bin/bash
# Says which of the two faults is the next one.
cd ~/tide 2> /dev/null || exit 0
if grep -q 'tides\.py' Dockerfile; then
  echo "COPY asks for tides.py. In the folder there is: $(find . -name '*.py' -printf '%f ')"
elif ! grep -qi '^WORKDIR' Dockerfile && grep -q '"tide.py"' Dockerfile; then
  echo 'It builds. CMD starts tide.py in the folder /, as no WORKDIR says otherwise; the file lies elsewhere.'
fi
