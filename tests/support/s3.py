"""A local S3 server for tests."""

from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer


@contextmanager
def s3_bucket(monkeypatch, name):
    """Yield an empty bucket, and set the AWS_… variables to use it."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for variable, value in {
        "AWS_ENDPOINT_URL_S3": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(variable, value)
    bucket = boto3.resource("s3").create_bucket(Bucket=name)
    bucket.objects.all().delete()  # moto keeps objects of earlier tests
    try:
        yield bucket
    finally:
        server.stop()
