#!/bin/bash
# Passes when ~/name.txt holds the learner's word as the name of a box, and the computer kept its own.
cd || exit 2
if [ ! -e name.txt ]; then echo 'There is no file ~/name.txt yet.'; exit 1; fi
found=$(tail -n 1 name.txt)
if [ "$found" = "$(hostname)" ]; then echo "name.txt holds the computer's own name, $found. Set the name inside the box before you ask for it."; exit 1; fi
if [ "$found" != "$LESSON_BERTH" ]; then echo "name.txt should end with $LESSON_BERTH, but ends with: ${found:0:60}"; exit 1; fi
echo "Inside it is $LESSON_BERTH, outside still $(hostname)."
