cd
cat >> harbour/harbour/settings.py <<'END'
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
}
END
until curl -s -d '' localhost:8000/api/ships/ | grep credentials; do sleep 1; done
