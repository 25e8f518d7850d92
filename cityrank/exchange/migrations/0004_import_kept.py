"""What stayed when an import was undone is told also to those who come later."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("exchange", "0003_imports_know_later_edits"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="kept",
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name="kept"),
        ),
    ]
