from django.urls import path

from .visits import Visits

urlpatterns = [path("api/visits/", Visits.as_view())]
