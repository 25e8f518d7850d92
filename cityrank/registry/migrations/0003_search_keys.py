import cityrank.registry.searching.models
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0002_gazetteer_load'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', cityrank.registry.searching.models.BytewiseText(max_length=81, verbose_name='key')),
                ('sort', models.SmallIntegerField(verbose_name='sort')),
                ('core', models.SmallIntegerField(verbose_name='length of the stem')),
                ('weight', models.SmallIntegerField(verbose_name='weight')),
                ('listed', models.BooleanField(verbose_name='from the gazetteer')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_keys', to='registry.subject', verbose_name='subject')),
            ],
            options={
                'verbose_name': 'search key',
                'verbose_name_plural': 'search keys',
                'indexes': [models.Index(fields=['key', 'sort', 'core', 'weight', 'listed', 'subject'], name='search_key_with_all_it_says')],
            },
        ),
    ]
