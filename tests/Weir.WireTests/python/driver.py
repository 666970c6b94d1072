"""Runs boto3 for the wire tests: one call a line in, one answer a line out (see Clients/DriverProcess.cs)."""

import base64
import datetime
import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

try:
    import boto3
    import botocore.exceptions
    from botocore import xform_name
    from botocore.config import Config
except ImportError as missing:
    sys.exit(f"boto3 is missing ({missing}): install the Debian package python3-boto3.")

CALLS_AT_ONCE = 64
CONFIG = Config(
    retries={"total_max_attempts": 1},
    connect_timeout=10,
    read_timeout=60,
    max_pool_connections=CALLS_AT_ONCE,
)

session = boto3.session.Session()
clients = {}
clients_lock = threading.Lock()
output_lock = threading.Lock()


def client_for(call, service):
    key = (service, call["endpoint"], call["key"], call["secret"], call["region"])
    with clients_lock:
        if key not in clients:
            clients[key] = session.client(
                service,
                endpoint_url=call["endpoint"],
                aws_access_key_id=call["key"],
                aws_secret_access_key=call["secret"],
                region_name=call["region"],
                config=CONFIG,
            )
        return clients[key]


def blobs_decoded(value):
    """JSON has no bytes: a BinaryValue travels as base64 and is bytes to boto3."""
    if isinstance(value, dict):
        return {k: base64.b64decode(v) if k == "BinaryValue" else blobs_decoded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [blobs_decoded(item) for item in value]
    return value


def plain(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no JSON form")


def presign(client, call):
    operation = call["input"].pop("ClientMethod")
    seconds = call["input"].pop("ExpiresIn")
    url = client.generate_presigned_url(
        xform_name(operation), Params=blobs_decoded(call["input"]), ExpiresIn=seconds, HttpMethod="GET"
    )
    return {"Url": url}


def outcome_of(call):
    service, _, operation = call["operation"].rpartition(".")
    client = client_for(call, service or "sqs")
    try:
        if operation == "PresignedUrl":
            return {"output": presign(client, call)}
        output = getattr(client, xform_name(operation))(**blobs_decoded(call["input"]))
        output.pop("ResponseMetadata", None)
        return {"output": output}
    except botocore.exceptions.ClientError as refused:
        error = refused.response["Error"]
        status = refused.response["ResponseMetadata"]["HTTPStatusCode"]
        shape = type(refused).__name__
        return {
            "error": {
                "code": error["Code"],
                "shape": None if shape == "ClientError" else shape,
                "status": status,
                "message": error.get("Message"),
            }
        }
    except Exception as broken:  # No answer; and a driver that dies takes all the other calls with it.
        return {"broken": f"{type(broken).__name__}: {broken}"}


def answer(line):
    call = json.loads(line)
    reply = json.dumps({"id": call["id"], **outcome_of(call)}, default=plain)
    with output_lock:
        sys.stdout.write(reply + "\n")
        sys.stdout.flush()


with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
    for line in sys.stdin:
        pool.submit(answer, line)
