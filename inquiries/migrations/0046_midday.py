from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0045_surer_emergencies")]

    operations = [
        migrations.AlterField(
            model_name="inquiry",
            name="best_time",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Any time we're open"),
                    ("morning", "Morning"),
                    ("midday", "Midday"),
                    ("afternoon", "Afternoon"),
                ],
                default="",
                max_length=10,
                verbose_name="best time",
            ),
        ),
    ]
