cd
python3 -m venv env
env/bin/pip install --no-deps djangorestframework
env/bin/pip show djangorestframework | grep Requires
printf 'django\npytz\n' > needs.txt
env/bin/pip install djangorestframework
