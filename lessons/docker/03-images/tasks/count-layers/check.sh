#!/bin/bash
# Passes when ~/layers.txt holds the number of layers of board:1.0.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
true=$(docker image inspect --format '{{len .RootFS.Layers}}' board:1.0 2> /dev/null) || no 'There is no image board:1.0 to look at. Build it first.'
[ -e layers.txt ] || no 'There is no file ~/layers.txt yet.'
found=$(tr -d '[:space:]' < layers.txt)
[ -n "$found" ] || no 'Your layers.txt is empty.'
lines=$(docker history --quiet board:1.0 | wc -l)
case $found in
  "$true") echo "$true layers, under $lines lines of history." ;;
  "$lines") no "There are $found lines in the history. Some of them are notes that made no layer: look at RootFS." ;;
  *[!0-9]*) no "Your layers.txt says \"${found:0:40}\". Expected: a number alone." ;;
  *) no "Your layers.txt says $found. Count the lines below Layers once more." ;;
esac
