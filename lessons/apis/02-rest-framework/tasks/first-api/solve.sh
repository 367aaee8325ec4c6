cd
cat > harbour/ships/api.py <<'END'
from rest_framework.serializers import ModelSerializer
from rest_framework.viewsets import ModelViewSet
from .models import Ship
class ShipSerializer(ModelSerializer):
    class Meta:
        model = Ship
        fields = ["id", "name", "length"]

class ShipViewSet(ModelViewSet):
    queryset = Ship.objects.order_by("id")
    serializer_class = ShipSerializer
END
cat > harbour/harbour/urls.py <<'END'
from django.urls import include, path
from rest_framework.routers import DefaultRouter
from ships.api import ShipViewSet
router = DefaultRouter()
router.register("ships", ShipViewSet)
urlpatterns = [path("api/", include(router.urls))]
END
env/bin/python harbour/manage.py migrate
env/bin/python harbour/manage.py runserver 8000 > server.log 2>&1 &
curl -s --retry 20 --retry-all-errors --retry-delay 1 localhost:8000/api/ships/
