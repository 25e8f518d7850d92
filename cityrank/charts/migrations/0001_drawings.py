from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Drawing",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("body", models.BinaryField()),
                ("drawn_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"verbose_name": "drawing", "verbose_name_plural": "drawings"},
        ),
    ]
