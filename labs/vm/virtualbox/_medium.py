"""A disk of a machine, as VirtualBox's IMedium."""

import os

from virtualbox._interface import Interface


class IMedium(Interface):
    """One disk image."""

    def __init__(self, location):
        self.location = location

    @property
    def name(self):
        """The file's name."""
        return os.path.basename(self.location)
