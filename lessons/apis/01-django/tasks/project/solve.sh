cd
python3 -m venv env
env/bin/pip install django
env/bin/django-admin startproject harbour
