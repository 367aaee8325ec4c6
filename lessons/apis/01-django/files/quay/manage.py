#!/usr/bin/env python
"""Django's command-line utility for this project."""
import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quay.settings")
execute_from_command_line(sys.argv)
