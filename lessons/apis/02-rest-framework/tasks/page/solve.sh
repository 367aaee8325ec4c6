cd
sed -i 's/"ships",/"ships", "rest_framework",/' harbour/harbour/settings.py
curl -sf --retry 20 --retry-all-errors --retry-delay 1 -H 'Accept: text/html' localhost:8000/api/ships/ > page.html
