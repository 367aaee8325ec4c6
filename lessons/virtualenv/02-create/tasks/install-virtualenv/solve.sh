python3 -m venv tools
tools/bin/pip install virtualenv
