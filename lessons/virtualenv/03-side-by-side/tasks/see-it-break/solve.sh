python3 -m venv shared
shared/bin/pip install spellout==1.2.0
shared/bin/python harbour-old/call.py
shared/bin/pip install --upgrade spellout
shared/bin/python harbour-old/call.py 2> error.txt
