from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand
from django.db import connection, transaction

from clinic.encryption import EncryptedTextField, seal
from clinic.sign_in import sealed

BATCH = 500  # rows a transaction


class Command(BaseCommand):
    help = (
        "Seals with the first of FIELD_KEYS all texts that another of them has sealed, while the site runs."
        " Afterwards the others can be taken away. May be stopped and started again."
    )

    def handle(self, **options):
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    count = self.rotate(model, field)
                    self.stdout.write(f"{model._meta.db_table}.{field.column}: {count} sealed anew")
        self.stdout.write(f"secrets of second factors: {sealed.seal_anew()} sealed anew")

    def rotate(self, model, field):
        count = 0
        while renewed := self.rotate_batch(model, field):
            count += renewed
        return count

    @transaction.atomic
    def rotate_batch(self, model, field):
        table, column = (
            connection.ops.quote_name(model._meta.db_table),
            connection.ops.quote_name(field.column),
        )
        prefix = next(iter(settings.FIELD_KEYS)).encode() + b":"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {table} WHERE substring({column} FROM 1 FOR %s) <> %s LIMIT %s FOR UPDATE",  # noqa: S608
                [len(prefix), prefix, BATCH],
            )
            rows = model._base_manager.in_bulk([row[0] for row in cursor.fetchall()])
            # Past save(): what may be written to a row is the row's affair, its key is not.
            cursor.executemany(
                f"UPDATE {table} SET {column} = %s WHERE id = %s",  # noqa: S608
                [(seal(getattr(row, field.attname), field.context(row)), row.pk) for row in rows.values()],
            )
        return len(rows)
