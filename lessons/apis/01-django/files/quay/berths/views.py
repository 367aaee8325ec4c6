from django.http import JsonResponse

from .models import Berth


def free(request):
    names = Berth.objects.filter(taken=False).order_by("name").values_list("name", flat=True)
    return JsonResponse({"free": list(names)})
