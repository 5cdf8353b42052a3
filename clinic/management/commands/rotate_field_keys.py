from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection, transaction

from clinic.accounts import second_factors
from clinic.database.sql import rows
from clinic.security import key_canary
from clinic.security.encryption import BOUND_TO_ROW, EncryptedTextField, UnreadableText

BATCH_SIZE = 500  # rows per transaction


class Command(BaseCommand):
    help = (
        "Encrypts all texts with the first of FIELD_KEYS, and binds each to its row, while the site runs."
        " Restart the server and the worker first, so that they know the new key; remove the old keys"
        " afterwards. Texts that can't be read are listed, and keep their key. It can be stopped and rerun."
    )

    def handle(self, **options):
        self.unreadable = []
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    count = self.rotate(model, field)
                    self.stdout.write(f"{model._meta.db_table}.{field.column}: {count} re-encrypted")
        count, unreadable = second_factors.reseal()
        self.stdout.write(f"secrets of second factors: {count} re-encrypted")
        if self.unreadable or unreadable:
            raise CommandError("\n".join([*self.unreadable, *unreadable, "Everything else is re-encrypted."]))
        key_canary.delete_former_canaries()

    def rotate(self, model, field):
        count = last = 0
        while ids := self.ids_after(last, model, field):
            count += self.reseal(model, field, ids)
            last = ids[-1]
        return count

    def ids_after(self, last, model, field):
        """Return the IDs of the next rows that aren't sealed with the current key in the current format."""
        prefix = f"{next(iter(settings.FIELD_KEYS))}{BOUND_TO_ROW}:".encode()
        table, column = quoted_names(model, field)
        found = rows(
            f"SELECT id FROM {table} WHERE id > %s AND substring({column} FROM 1 FOR %s) <> %s"  # noqa: S608
            " ORDER BY id LIMIT %s",
            [last, len(prefix), prefix, BATCH_SIZE],
        )
        return [pk for (pk,) in found]

    @transaction.atomic
    def reseal(self, model, field, ids):
        values = []
        for row in model._base_manager.select_for_update(of=("self",)).filter(pk__in=ids):
            try:
                values.append((field.seal(getattr(row, field.attname), row), row.pk))
            except UnreadableText as error:
                self.unreadable.append(str(error))
        table, column = quoted_names(model, field)
        with connection.cursor() as cursor:
            # Bypass save(): models refuse changes to stored text, but re-encryption doesn't change the text.
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE id = %s", values)  # noqa: S608
        return len(values)


def quoted_names(model, field):
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), quote(field.column)
