from django.db import models


class Berth(models.Model):
    name = models.CharField(max_length=40)
    taken = models.BooleanField(default=False)
