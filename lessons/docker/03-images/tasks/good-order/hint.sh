#!/bin/bash
# Looks at the order of the Dockerfile.
file=~/board/Dockerfile
pip=$(grep -n 'pip install' "$file" 2> /dev/null | head -n 1 | cut -d : -f 1)
all=$(grep -nE '^ *COPY +\. ' "$file" 2> /dev/null | head -n 1 | cut -d : -f 1)
if [ -n "$pip" ] && [ -n "$all" ] && [ "$all" -lt "$pip" ]; then
  echo "In your Dockerfile the whole folder is copied in line $all, and pip runs in line $pip, on top of it."
elif [ -n "$pip" ] && ! docker image inspect board:1.1 > /dev/null 2>&1; then
  echo 'The order of your Dockerfile looks right. Build it, with the tag 1.1.'
fi
