"""The names that pyvbox has in its module of the same name, as far as the lab offers them."""

from virtualbox._enums import CleanupMode, LockType, MachineState, SessionState, SessionType
from virtualbox._errors import (
    OleErrorFail,
    OleErrorInvalidarg,
    OleErrorUnexpected,
    VBoxError,
    VBoxErrorFileError,
    VBoxErrorInvalidObjectState,
    VBoxErrorInvalidSessionState,
    VBoxErrorInvalidVmState,
    VBoxErrorNotSupported,
    VBoxErrorObjectInUse,
    VBoxErrorObjectNotFound,
    VBoxErrorVmError,
)
from virtualbox._machine import IMachine
from virtualbox._medium import IMedium
from virtualbox._progress import IProgress, IVirtualBoxErrorInfo
from virtualbox._session import IConsole, ISession
from virtualbox._snapshot import ISnapshot
from virtualbox._vbox import VERSION, IVirtualBox

__all__ = [
    "CleanupMode",
    "IConsole",
    "IMachine",
    "IMedium",
    "IProgress",
    "ISession",
    "ISnapshot",
    "IVirtualBox",
    "IVirtualBoxErrorInfo",
    "LockType",
    "MachineState",
    "OleErrorFail",
    "OleErrorInvalidarg",
    "OleErrorUnexpected",
    "SessionState",
    "SessionType",
    "VBoxError",
    "VBoxErrorFileError",
    "VBoxErrorInvalidObjectState",
    "VBoxErrorInvalidSessionState",
    "VBoxErrorInvalidVmState",
    "VBoxErrorNotSupported",
    "VBoxErrorObjectInUse",
    "VBoxErrorObjectNotFound",
    "VBoxErrorVmError",
    "VERSION",
]
