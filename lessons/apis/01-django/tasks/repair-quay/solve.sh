cd
sed -i 's/"django.contrib.auth",/"django.contrib.auth", "berths",/' quay/quay/settings.py
env/bin/python quay/manage.py migrate
