#!/usr/bin/env python
"""Django's command line. On a development machine it works on the data of `make run`, without a prefix."""

import gc
import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

from clinic.devtools import local_environment

if __name__ == "__main__":
    gc.set_threshold(50_000)  # imports make no garbage: to look for it took a fifth of each start
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    if local_environment.is_enabled():
        os.environ.setdefault("DEBUG", "1")
        os.environ.update(local_environment.prepare(local_environment.data_folder()))
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(
            f"The database in DATABASE_URL can't be used: {str(error).splitlines()[0]}."
            " Check that PostgreSQL is running: `systemctl status postgresql`."
        )
