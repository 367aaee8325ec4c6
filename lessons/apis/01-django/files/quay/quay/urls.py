from django.urls import path

from berths.views import free

urlpatterns = [path("berths/", free)]
