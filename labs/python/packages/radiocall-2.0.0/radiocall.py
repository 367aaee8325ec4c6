"""Says a ship's name the way it is called on the radio. Builds on the package spellout, version 2."""

import sys

from spellout import words

__version__ = "2.0.0"


def call(ship):
    """The name, and after it the same name letter by letter."""
    return f"This is {ship}, I spell: {' '.join(words(ship))}"


def main():
    """The command `radiocall NAME ...`: one line per name."""
    for ship in sys.argv[1:] or ["Drydock"]:
        print(call(ship))


if __name__ == "__main__":
    main()
