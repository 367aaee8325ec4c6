from django.db import migrations, models


def fill(apps, schema_editor):
    Berth = apps.get_model("berths", "Berth")
    for name, taken in [("east", False), ("south", True), ("west", False)]:
        Berth.objects.create(name=name, taken=taken)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Berth",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("taken", models.BooleanField(default=False)),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
