"""The emergency words are kept by education.SafetyNotice from here on, which copies what is approved."""

from django.db import migrations, models


def drop_permission(apps, schema_editor):
    apps.get_model("auth", "Permission").objects.filter(codename="change_emergency_sentence").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('clinic', '0014_emergency_sentence'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="clinicsettings",
            options={
                "default_permissions": ("change",),
                "permissions": [("change_front_desk_email", "Can change where the front desk's emails go")],
                "verbose_name": "clinic",
            },
        ),
        migrations.RunPython(drop_permission, migrations.RunPython.noop),
        migrations.AddField(
            model_name='clinicsettings',
            name='crisis_sentence',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='in a crisis'),
        ),
    ]
