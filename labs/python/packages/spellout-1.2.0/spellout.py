"""Spells words in the alphabet of ships and aircraft: spell("sos") is "Sierra-Oscar-Sierra"."""

import sys

__version__ = "1.2.0"

_WORDS = (
    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike "
    "November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
).split()
_ALPHABET = {word[0].lower(): word for word in _WORDS}


def spell(text):
    """The letters of `text` as one string of words, joined by hyphens. Other characters stay as they are."""
    return "-".join(_ALPHABET.get(letter, letter) for letter in text.lower() if not letter.isspace())


def main():
    """The command `spellout WORD ...`: one line per word."""
    for word in sys.argv[1:] or ["spellout"]:
        print(spell(word))


if __name__ == "__main__":
    main()
