"""Once added starter phrases; 0008 adds all of them to sites that have not run this yet."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0005_letters_on_the_timeline")]
    operations = []
