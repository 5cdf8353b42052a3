from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0045_surer_emergencies")]

    operations = []  # only labels, edited into the migrations that created the fields
