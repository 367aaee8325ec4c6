curl -s --retry 20 --retry-all-errors --retry-delay 1 -H 'Content-Type: application/json' -d '{"name": "{{ship}}", "length": 80}' localhost:8000/api/ships/
