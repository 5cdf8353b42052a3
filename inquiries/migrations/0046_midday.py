from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0045_surer_emergencies")]

    operations = []  # labels: they stand where the fields are made
