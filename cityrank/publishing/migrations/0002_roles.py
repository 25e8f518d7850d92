from django.apps import apps as present_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations


def make_roles(apps, schema_editor):
    """Make the groups with their permissions; Django itself makes the permissions only after all migrations."""
    from cityrank.publishing.roles import ensure_roles

    using = schema_editor.connection.alias
    for label in ("registry", "awards", "scores", "publishing"):
        config = apps.get_app_config(label)
        # Apps of a migration know no module of models, and without one Django makes no permissions.
        config.models_module = present_apps.get_app_config(label).models_module
        create_permissions(config, verbosity=0, using=using, apps=apps)
        config.models_module = None
    ensure_roles(using)


class Migration(migrations.Migration):

    dependencies = [
        ("publishing", "0001_initial"),
        ("registry", "0002_gazetteer_load"),
        ("awards", "0002_schedule_and_verification"),
        ("scores", "0002_double_entry_and_peer_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # Backwards the groups stay: people are in them.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
