"""Reads arguments as VBoxManage does. Knows nothing about its commands."""


class UsageError(Exception):
    """The arguments are wrong; the text says what was expected and found."""


def parse(arguments, with_value, without, words):
    """Splits the arguments into the words and a dict of the options; one or two hyphens begin an option.

    `words` is how many words there must be, None for any number. Raises UsageError.
    """
    found, options = [], {}
    rest = iter(arguments)
    for one in rest:
        name = one.lstrip("-")
        if not one.startswith("-"):
            found.append(one)
        elif name in without:
            options[name] = True
        elif name in with_value:
            options[name] = next(rest, None)
            if options[name] is None:
                raise UsageError(f"Missing argument for option: {one}")
        else:
            raise UsageError(f"Unknown option: {one}")
    if words is not None and len(found) != words:
        raise UsageError(f"expected {words} words besides the options, found {len(found)}: {' '.join(found)}")
    return found, options


def whole_number(text, option):
    """The number that is written there. Raises UsageError."""
    if not text.isdecimal():
        raise UsageError(f"--{option}: expected a whole number, found '{text}'")
    return int(text)
