python3 -m venv second
second/bin/pip install -r lookout/requirements.txt
second/bin/pip freeze
second/bin/python lookout/lookout.py
