"""Work that goes on beside the caller, as VirtualBox's IProgress. Knows nothing about machines."""

import threading
import uuid

from virtualbox._errors import OleErrorFail, VBoxError, VBoxErrorInvalidObjectState
from virtualbox._interface import Interface


class IVirtualBoxErrorInfo(Interface):
    """Why something failed."""

    def __init__(self, error):
        self.result_code = error.value
        self.text = error.msg
        self.component = "Drydock"


class IProgress(Interface):
    """How far one piece of work is. The interpreter waits for it before it ends, so none is cut short."""

    cancelable = False
    canceled = False

    def __init__(self, description, work):
        """Starts `work`, a function without arguments. A VBoxError that it raises becomes `error_info`."""
        self.id_p = str(uuid.uuid4())
        self.description = description
        self._error = None
        self._done = threading.Event()
        threading.Thread(target=self._run, args=(work,), name=description).start()

    def _run(self, work):
        try:
            work()
        except VBoxError as error:
            self._error = error
        except Exception as error:  # Nobody else would see it: it is told as VirtualBox tells it.
            self._error = OleErrorFail(str(error))
        finally:
            self._done.set()

    @property
    def completed(self):
        """Whether it has ended, well or not."""
        return self._done.is_set()

    @property
    def percent(self):
        """0 or 100: QEMU does not tell what lies between."""
        return 100 if self.completed else 0

    @property
    def result_code(self):
        """0 where it went well, else the code of the error. Meaningful once completed."""
        return 0 if self._error is None else self._error.value

    @property
    def error_info(self):
        """Why it failed, or None."""
        return None if self._error is None else IVirtualBoxErrorInfo(self._error)

    def wait_for_completion(self, timeout=-1):
        """Waits until it has ended, at most `timeout` milliseconds; -1: as long as it takes."""
        self._done.wait(None if timeout < 0 else timeout / 1000)

    def cancel(self):
        """Always refused."""
        raise VBoxErrorInvalidObjectState("Operation cannot be canceled")
