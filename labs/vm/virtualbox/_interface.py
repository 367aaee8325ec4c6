"""What all objects of the interface share."""


class Interface:
    """An object of VirtualBox's interface. What the lab does not have is refused with words that say so."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        kind = type(self).__name__
        known = ", ".join(sorted(one for one in dir(type(self)) if not one.startswith("_")))
        raise AttributeError(f"{kind}.{name} is not offered by the lab's virtualbox module; it has: {known}")
