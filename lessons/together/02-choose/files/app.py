# app.py
import os
import platform
import sys

print("Python", platform.python_version(), "in", sys.prefix)
print("process number", os.getpid())
print("kernel", os.uname().release)
