python3 -m venv lookout/env
lookout/env/bin/pip install radiocall==1.0.0
lookout/env/bin/pip freeze > lookout/requirements.txt
cat lookout/requirements.txt
