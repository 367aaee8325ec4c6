python3 -m venv inherited/env
inherited/env/bin/pip install -r inherited/requirements.txt
sed -i 's/spellout==1.9.0/spellout==2.0.0/' inherited/requirements.txt
inherited/env/bin/pip install -r inherited/requirements.txt
inherited/env/bin/python inherited/log.py
