harbour-new/env/bin/pip install radiocall==1.0.0
harbour-new/env/bin/python harbour-new/call.py
harbour-new/env/bin/pip install --upgrade radiocall
harbour-new/env/bin/pip check
harbour-new/env/bin/python harbour-new/call.py
