"""The errors that pyvbox raises, with VirtualBox's codes. Knows nothing about libvirt."""


class VBoxError(Exception):
    """Anything that VirtualBox refuses. `value` is the code, `name` its name, `msg` the reason for people."""

    name = "undef"
    value = 0x80004005
    msg = ""

    def __init__(self, msg=""):
        super().__init__(msg)
        self.msg = msg

    def __str__(self):
        return f"0x{self.value:x} ({self.msg})"


class VBoxErrorObjectNotFound(VBoxError):
    """There is no such machine or snapshot."""

    name, value = "VBOX_E_OBJECT_NOT_FOUND", 0x80BB0001


class VBoxErrorInvalidVmState(VBoxError):
    """The machine is running where it may not, or is not where it must."""

    name, value = "VBOX_E_INVALID_VM_STATE", 0x80BB0002


class VBoxErrorVmError(VBoxError):
    """The machine could not do it."""

    name, value = "VBOX_E_VM_ERROR", 0x80BB0003


class VBoxErrorFileError(VBoxError):
    """A file is missing or may not be written."""

    name, value = "VBOX_E_FILE_ERROR", 0x80BB0004


class VBoxErrorInvalidObjectState(VBoxError):
    """Something else holds the machine, or the object is done with."""

    name, value = "VBOX_E_INVALID_OBJECT_STATE", 0x80BB0007


class VBoxErrorNotSupported(VBoxError):
    """The lab cannot do it."""

    name, value = "VBOX_E_NOT_SUPPORTED", 0x80BB0009


class VBoxErrorInvalidSessionState(VBoxError):
    """The session holds a machine where it may not."""

    name, value = "VBOX_E_INVALID_SESSION_STATE", 0x80BB000B


class VBoxErrorObjectInUse(VBoxError):
    """It cannot be removed while something uses it."""

    name, value = "VBOX_E_OBJECT_IN_USE", 0x80BB000C


class OleErrorFail(VBoxError):
    """It failed, and there is no better code."""

    name, value = "NS_ERROR_FAILURE", 0x80004005


class OleErrorInvalidarg(VBoxError):
    """A value that cannot be meant."""

    name, value = "NS_ERROR_INVALID_ARG", 0x80070057


class OleErrorUnexpected(VBoxError):
    """A call that makes no sense at this time, such as unlocking what is not locked."""

    name, value = "NS_ERROR_UNEXPECTED", 0x8000FFFF
