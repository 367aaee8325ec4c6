"""The settings of harbour. What differs between computers comes from the environment."""
import os

SECRET_KEY = "for-practice-only"
DEBUG = False
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "harbour.urls"
INSTALLED_APPS = ["rest_framework"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
CACHE_HOST = os.environ.get("CACHE_HOST", "localhost")
