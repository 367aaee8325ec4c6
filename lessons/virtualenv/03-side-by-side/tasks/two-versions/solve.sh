python3 -m venv harbour-old/env
harbour-old/env/bin/pip install spellout==1.2.0
python3 -m venv harbour-new/env
harbour-new/env/bin/pip install spellout==2.0.0
harbour-old/env/bin/python harbour-old/call.py
harbour-new/env/bin/python harbour-new/call.py
