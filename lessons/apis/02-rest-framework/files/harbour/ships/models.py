from django.db import models


class Ship(models.Model):
    name = models.CharField(max_length=40, unique=True)
    length = models.PositiveIntegerField()
