#!/bin/bash
# Compares where the volume lies with where the program writes.
place=$(sed -n 's/.*counts:\([^ :]*\).*/\1/p' ~/counter/visit 2> /dev/null | head -n 1)
if [ -n "$place" ] && [ "$place" != /data ]; then
  echo "Your script lays the volume at $place. The program writes into another folder: letter by letter."
fi
