cd
cat > harbour/harbour/urls.py <<'END'
from django.http import JsonResponse
from django.urls import path
def ships(request):
    return JsonResponse({"ships": ["aurora", "{{ship}}"]})

urlpatterns = [path("ships/", ships)]
END
curl -s localhost:8000/ships/
