/** What learners do in the course on web APIs, step by step in one sandbox, and what the checks say to it. */
import type { Mistakes } from './mistakes.ts';

export const apisMistakes: Mistakes = {
  'apis/django': [
    { task: 'project', type: ['python3 -m venv env'], says: 'Django is not installed in it yet' },
    {
      task: 'project',
      type: ['env/bin/pip install django', 'env/bin/django-admin startproject harbour .'],
      says: 'leave out the dot',
    },
    { task: 'first-json', type: [], says: 'There is no project' },
    {
      task: 'project',
      type: ['rm -r harbour manage.py', 'env/bin/django-admin startproject harbour'],
      passes: true,
    },
    { task: 'first-json', type: [], says: '/ships/ is not found' },
    {
      task: 'first-json',
      type: [
        "echo 'from django.http import HttpResponse, JsonResponse' > harbour/harbour/urls.py",
        "echo 'from django.urls import path' >> harbour/harbour/urls.py",
        'echo \'urlpatterns = [path("ships/", lambda request: HttpResponse("aurora"))]\' >> harbour/harbour/urls.py',
      ],
      says: 'not with JSON',
    },
    {
      task: 'first-json',
      type: [
        'sed -i \'s/HttpResponse("aurora")/JsonResponse({"ships": ["aurora"]})/\' harbour/harbour/urls.py',
      ],
      says: 'The list has no ship',
    },
    { task: 'repair-quay', type: [], says: 'do not know the app berths' },
    {
      task: 'repair-quay',
      type: ['sed -i \'s/"django.contrib.auth",/"django.contrib.auth", "berth",/\' quay/quay/settings.py'],
      says: "No module named 'berth'",
    },
    {
      task: 'repair-quay',
      type: ['sed -i \'s/"berth"/"berths"/\' quay/quay/settings.py'],
      says: 'has no table for the berths yet',
    },
    { task: 'repair-quay', type: ['env/bin/python quay/manage.py migrate'], passes: true },
  ],
  'apis/rest-framework': [
    {
      task: 'alone',
      type: [
        'python3 -m venv env',
        'env/bin/pip install --no-deps djangorestframework',
        'echo Django > needs.txt',
      ],
      says: 'does not name everything',
    },
    { task: 'alone', type: ["echo 'django, pytz' > needs.txt"], says: 'django is not installed' },
    { task: 'alone', type: ['env/bin/pip install djangorestframework'], passes: true },
    { task: 'first-api', type: [], says: 'There is no address /api/ships/ yet' },
    {
      task: 'first-api',
      type: [
        "echo 'from rest_framework import serializers, viewsets' > harbour/ships/api.py",
        "echo 'from .models import Ship' >> harbour/ships/api.py",
        "echo 'class Short(serializers.ModelSerializer):' >> harbour/ships/api.py",
        "echo '    class Meta:' >> harbour/ships/api.py",
        "echo '        model = Ship' >> harbour/ships/api.py",
        'echo \'        fields = ["id", "name"]\' >> harbour/ships/api.py',
        "echo 'class Ships(viewsets.ModelViewSet):' >> harbour/ships/api.py",
        "echo '    queryset = Ship.objects.all()' >> harbour/ships/api.py",
        "echo '    serializer_class = Short' >> harbour/ships/api.py",
        "echo 'from django.urls import include, path' > harbour/harbour/urls.py",
        "echo 'from rest_framework.routers import DefaultRouter' >> harbour/harbour/urls.py",
        "echo 'from ships.api import Ships' >> harbour/harbour/urls.py",
        "echo 'router = DefaultRouter()' >> harbour/harbour/urls.py",
        'echo \'router.register("ships", Ships)\' >> harbour/harbour/urls.py',
        'echo \'urlpatterns = [path("api/", include(router.urls))]\' >> harbour/harbour/urls.py',
      ],
      says: 'has no table for the ships yet',
    },
    {
      task: 'first-api',
      type: ['env/bin/python harbour/manage.py migrate'],
      says: 'Each ship should have id, name and length',
    },
    {
      task: 'first-api',
      type: ['sed -i \'s/"name"]/"name", "length"]/\' harbour/ships/api.py'],
      passes: true,
    },
    { task: 'add-ship', type: [], says: 'There are: aurora' },
    {
      task: 'add-ship',
      type: [
        'env/bin/python harbour/manage.py runserver 8000 > server.log 2>&1 &',
        'curl -s --retry 20 --retry-all-errors --retry-delay 1 -d name=skiff -d length=8 localhost:8000/api/ships/',
      ],
      says: 'There are: aurora, skiff',
    },
    { task: 'page', type: [], says: 'that REST framework is an app' },
    {
      task: 'page',
      type: ['sed -i \'s/"ships",/"ships", "djangorestframework",/\' harbour/harbour/settings.py'],
      says: 'The name of the app is another',
    },
    {
      task: 'page',
      type: [
        "sed -i 's/djangorestframework/rest_framework/' harbour/harbour/settings.py",
        "echo '[]' > page.html",
      ],
      says: 'holds JSON',
    },
    { task: 'read-only', type: [], says: 'Strangers may still write' },
    {
      task: 'read-only',
      type: [
        'echo \'REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"]}\' >> harbour/harbour/settings.py',
      ],
      says: 'may not even read',
    },
  ],
  'apis/in-containers': [
    { task: 'image', type: [], says: 'There is no ~/api/Dockerfile yet' },
    { task: 'image', type: ['touch Dockerfile'], says: 'lies in your home folder' },
    {
      task: 'image',
      type: ['printf \'FROM busybox\\nCMD ["sleep", "600"]\\n\' > api/Dockerfile'],
      says: 'build it with --tag harbour-api',
    },
    { task: 'image', type: ['docker build --quiet --tag harbour-api api'], says: 'not gunicorn' },
    { task: 'together', type: [], says: 'There is no container api_web_1 yet' },
    {
      task: 'together',
      type: ['cd api', 'docker compose up --detach'],
      says: 'at localhost, which is itself',
    },
    {
      task: 'together',
      type: [
        "sed -i 's/    depends_on/    environment: {CACHE_HOST: localhost}\\n    depends_on/' docker-compose.yml",
        'docker compose up --detach',
      ],
      says: 'at the host "localhost"',
    },
    {
      task: 'keep',
      type: ['sed -i \'$a\\    volumes: ["./data:/data"]\' docker-compose.yml', 'docker compose up --detach'],
      says: 'there is a bind, not a volume',
    },
    {
      task: 'keep',
      type: [
        'docker compose down',
        'sed -i \'s#"./data:/data"#"/data"#\' docker-compose.yml',
        'docker compose up --detach',
      ],
      says: 'a volume without a name',
    },
  ],
};
