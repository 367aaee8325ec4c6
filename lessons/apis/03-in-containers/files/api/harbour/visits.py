import redis
from django.conf import settings
from rest_framework.response import Response
from rest_framework.views import APIView


class Visits(APIView):
    """GET counts one more visit, and tells how many there were."""

    def get(self, request):
        cache = redis.Redis(host=settings.CACHE_HOST, socket_timeout=2)
        try:
            return Response({"visits": cache.incr("visits")})
        except redis.RedisError as error:
            return Response({"error": str(error)}, status=500)
