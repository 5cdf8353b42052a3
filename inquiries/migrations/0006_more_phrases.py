"""Empty: 0008 adds the starter phrases that this migration used to add."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0005_letters_on_the_timeline")]
    operations = []
