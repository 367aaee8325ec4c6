#!/bin/bash
# Looks at the last lines of the script.
script=~/team/publish
if grep -qE '^docker push notice' "$script" 2> /dev/null; then
  echo "Your script pushes \"$(sed -n 's/^docker push //p' "$script" | head -n 1)\". Read that name as Docker does: where is the address?"
elif grep -qE '^docker tag .*/notice"?$' "$script" 2> /dev/null; then
  echo 'The name has an address now. The line above it gives the image a name without a tag, which means latest.'
fi
