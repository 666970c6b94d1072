#!/usr/bin/env python3
"""Plays the noisy neighbour, the thief and the flood against a Weir of its own, and prints what came of it.

    ./run siege [--seconds N]

The server listens on all addresses, so that nothing is let through for being on loopback. Needs boto3 (Debian:
python3-boto3). Exits with 1 when a thief got anything, or an acknowledged message is missing.
"""

import argparse
import datetime
import http.client
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError, ClientError

REGION = "us-east-1"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Tenant:
    def __init__(self, name, account, admin=False):
        self.name, self.account, self.admin = name, account, admin
        self.key, self.secret = f"AKIA{name.upper():X<12}", f"secret-of-{name}-" + "x" * 24


QUIET = Tenant("quiet", "111111111111")
NOISY = Tenant("noisy", "222222222222")
THIEF = Tenant("thief", "333333333333")
ADMIN = Tenant("admin", "999999999999", admin=True)
TENANTS = [QUIET, NOISY, THIEF, ADMIN]


class Server:
    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.data = tempfile.TemporaryDirectory(prefix="weir-siege-")
        env = dict(os.environ)
        for tenant in TENANTS:
            env[f"WEIR__Keys__{tenant.key}__Secret"] = tenant.secret
            env[f"WEIR__Keys__{tenant.key}__Account"] = tenant.account
            if tenant.admin:
                env[f"WEIR__Keys__{tenant.key}__Admin"] = "true"
        self.log = open(os.path.join(self.data.name, "server.log"), "wb")
        self.process = subprocess.Popen(
            [os.path.join(ROOT, "run"), "serve", "--host", "0.0.0.0", "--port", str(self.port),
             "--data", os.path.join(self.data.name, "data")],
            env=env, stdout=self.log, stderr=self.log)
        for _ in range(600):
            try:
                if self.plain("GET", "/_weir/health/ready")[0] == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.2)
        sys.exit(f"The server did not start: see {self.log.name}")

    def plain(self, method, path, body=None, headers=None, host="127.0.0.1"):
        connection = http.client.HTTPConnection(host, self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            connection.close()

    def client(self, service, tenant, secret=None):
        return boto3.client(
            service, endpoint_url=self.url, region_name=REGION, aws_access_key_id=tenant.key,
            aws_secret_access_key=secret or tenant.secret,
            config=Config(retries={"max_attempts": 0}, read_timeout=60))

    def signed(self, tenant, service, method, path, body=b"", headers=None, hours_ago=0):
        """A request that is signed once: it may be sent again while its date holds."""
        request = AWSRequest(method, self.url + path, data=body, headers=dict(headers or {}))
        signer = SigV4Auth(Credentials(tenant.key, tenant.secret), service, REGION)
        if hours_ago == 0:
            signer.add_auth(request)
        else:
            then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=hours_ago)
            request.context["timestamp"] = then.strftime("%Y%m%dT%H%M%SZ")
            signer._modify_request_before_signing(request)
            text = signer.string_to_sign(request, signer.canonical_request(request))
            signer._inject_signature_to_request(request, signer.signature(text, request))
        return method, path, body, dict(request.headers)

    def sqs(self, tenant, operation, **members):
        return self.signed(tenant, "sqs", "POST", "/", json.dumps(members).encode(), {
            "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"AmazonSQS.{operation}"})

    def peak_mib(self):
        # ./run hands over to the server, so this is the server itself.
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) >> 10

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.log.close()
        self.data.cleanup()


class Load:
    """Threads that send one signed request again and again."""

    def __init__(self, server, request, threads, pause=0.0):
        self.server, self.request, self.pause = server, request, pause
        self.times, self.statuses, self.lock = [], {}, threading.Lock()
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self.run) for _ in range(threads)]

    def run(self):
        times, statuses, connection = [], {}, None
        while not self.stopping.is_set():
            started = time.perf_counter()
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
                connection.request(*self.request)
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except (OSError, http.client.HTTPException):
                status, connection = 0, None
            times.append(time.perf_counter() - started)
            statuses[status] = statuses.get(status, 0) + 1
            if self.pause:
                time.sleep(self.pause)
        with self.lock:
            self.times += times
            for status, count in statuses.items():
                self.statuses[status] = self.statuses.get(status, 0) + count

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        return self

    def at(self, share):
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def refused(call):
    """The code that an attempt was refused with; None when it was not."""
    try:
        call()
        return None
    except ClientError as error:
        return error.response["Error"]["Code"]
    except BotoCoreError as error:
        return type(error).__name__


def outside():
    """An address of this machine that is not loopback: what asks there might be anybody."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("198.51.100.1", 9))
        return probe.getsockname()[0]


def raw(server, request, **changes):
    """The status of a request that was tampered with after it was signed, and the first words of the answer."""
    method, path, body, headers = request
    headers = {**headers, **changes.get("headers", {})}
    status, text = server.plain(
        method, path, changes.get("body", body), headers, changes.get("host", "127.0.0.1"))
    return None if status < 400 else f"{status} {text[:60]!r}"


def thief(server):
    quiet, own = server.client("sqs", QUIET), server.client("sqs", THIEF)
    url = quiet.create_queue(QueueName="vault")["QueueUrl"]
    quiet.send_message(QueueUrl=url, MessageBody="gold")
    arn = f"arn:aws:sqs:{REGION}:{QUIET.account}:vault"
    topic = server.client("sns", QUIET).create_topic(Name="news")["TopicArn"]
    sns = server.client("sns", THIEF)
    mine = sns.create_topic(Name="mine")["TopicArn"]
    send = server.sqs(QUIET, "SendMessage", QueueUrl=url, MessageBody="honest")
    old = server.signed(QUIET, "sqs", "POST", "/", send[2], {
        "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage"}, hours_ago=1)
    wide = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]})
    hits = Listener()
    attempts = [
        ("a wrong secret", lambda: refused(lambda: server.client("sqs", QUIET, "guess" * 8).list_queues())),
        ("a key that is not", lambda: refused(
            lambda: server.client("sqs", Tenant("nobody", "0" * 12)).list_queues())),
        ("no signature", lambda: raw(server, ("POST", "/", send[2], {
            "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage"}))),
        ("another's body under the signature", lambda: raw(
            server, send, body=send[2].replace(b"honest", b"forged"))),
        ("another host under the signature", lambda: raw(server, send, headers={"Host": "evil.example.org"})),
        ("another operation under the signature", lambda: raw(
            server, send, headers={"X-Amz-Target": "AmazonSQS.PurgeQueue"})),
        ("a replay an hour later", lambda: raw(server, old)),
        ("receive from a foreign queue", lambda: refused(lambda: own.receive_message(QueueUrl=url))),
        ("send to a foreign queue", lambda: refused(lambda: own.send_message(QueueUrl=url, MessageBody="x"))),
        ("purge a foreign queue", lambda: refused(lambda: own.purge_queue(QueueUrl=url))),
        ("open a foreign queue by a policy", lambda: refused(
            lambda: own.set_queue_attributes(QueueUrl=url, Attributes={"Policy": wide}))),
        ("open a foreign queue by AddPermission", lambda: refused(lambda: own.add_permission(
            QueueUrl=url, Label="me", AWSAccountIds=[THIEF.account], Actions=["*"]))),
        ("take a foreign queue for dead letters", lambda: refused(lambda: own.create_queue(
            QueueName="trap", Attributes={"RedrivePolicy": json.dumps(
                {"deadLetterTargetArn": arn, "maxReceiveCount": 1})}))),
        ("a foreign queue's messages by a move", lambda: refused(
            lambda: own.start_message_move_task(SourceArn=arn))),
        ("publish to a foreign topic", lambda: refused(lambda: sns.publish(TopicArn=topic, Message="x"))),
        ("subscribe to a foreign topic", lambda: refused(lambda: sns.subscribe(
            TopicArn=topic, Protocol="http", Endpoint="http://198.51.100.7/"))),
        ("a policy with a condition unknown here", lambda: refused(lambda: own.create_queue(
            QueueName="odd", Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": [{
                "Effect": "Deny", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*",
                "Condition": {"StringEquals": {"aws:Unheard": "x"}}}]})}))),
        ("the admin API with a tenant's key", lambda: raw(
            server, server.signed(THIEF, "weir", "GET", "/_weir/admin/tenants"))),
        ("the status with no key", lambda: raw(server, ("GET", "/_weir/status", None, {}), host=outside())),
        ("the metrics with a tenant's key", lambda: raw(
            server, server.signed(THIEF, "weir", "GET", "/_weir/metrics"), host=outside(),
            headers={"Host": f"127.0.0.1:{server.port}"})),
    ]
    print("thief")
    for target in (
            "http://169.254.169.254/latest/meta-data/", "http://[::ffff:169.254.169.254]/", "http://2852039166/",
            f"http://127.0.0.1:{hits.port}/", f"http://localhost:{hits.port}/", f"http://[::1]:{hits.port}/",
            f"http://0.0.0.0:{hits.port}/", f"http://user@127.0.0.1:{hits.port}/"):
        attempts.append((f"make Weir call {target}", lambda target=target: refused(
            lambda: sns.subscribe(TopicArn=mine, Protocol="http", Endpoint=target)) or hits.silence()))
    stolen = 0
    for name, attempt in attempts:
        outcome = attempt()
        stolen += outcome is None
        print(f"  {name:42} {outcome or 'WENT THROUGH'}")
    left = quiet.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", [])
    intact = [message["Body"] for message in left] == ["gold"]
    print(f"  {len(attempts)} attempts, {stolen} went through; the vault is {'as it was' if intact else 'CHANGED'}")
    hits.close()
    return stolen == 0 and intact


class Listener:
    """Something on this machine that nobody else should reach by way of Weir."""

    def __init__(self):
        self.hits = 0
        listener = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                listener.hits += 1
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def silence(self):
        """For a name that is taken, and refused when it is called: nothing may arrive."""
        before = self.hits
        time.sleep(2)
        return "taken, never called" if self.hits == before else None

    def close(self):
        self.server.shutdown()


def neighbour(server, seconds):
    print("noisy neighbour: send of the quiet tenant, 20 a second, ms")
    queue = server.client("sqs", QUIET).create_queue(QueueName="quiet")["QueueUrl"]
    other = server.client("sqs", NOISY).create_queue(QueueName="noisy")["QueueUrl"]
    quiet = server.sqs(QUIET, "SendMessage", QueueUrl=queue, MessageBody="q" * 100)
    noisy = server.sqs(NOISY, "SendMessage", QueueUrl=other, MessageBody="n" * 1000)

    def measure(label, threads):
        loud = Load(server, noisy, threads).start() if threads else None
        time.sleep(1)
        calm = Load(server, quiet, 1, pause=0.05).start()
        time.sleep(seconds)
        calm.stop()
        told = ""
        if loud:
            loud.stop()
            done = loud.statuses.get(200, 0)
            told = f"; the noisy one: {done / (seconds + 1):,.0f} a second done, {sum(loud.statuses.values()) - done:,}" \
                " throttled"
        bad = sum(count for status, count in calm.statuses.items() if status != 200)
        print(f"  {label:34} p50 {calm.at(0.5):6.1f}  p99 {calm.at(0.99):6.1f}  refused {bad}{told}")
        return bad

    bad = measure("alone", 0) + measure("beside 64 senders, no quota", 64)
    put = server.signed(ADMIN, "weir", "PUT", f"/_weir/admin/quotas/{NOISY.account}",
                        b'{"requestsPerSecond":200}', {"Content-Type": "application/json"})
    assert server.plain(*put)[0] == 200, "the quota was not taken"
    return bad + measure("beside them, quota of 200 a second", 64) == 0


def flood(server, seconds):
    print("flood: bodies of 900 KiB from 64 senders")
    queue = server.client("sqs", THIEF).create_queue(QueueName="flood")["QueueUrl"]
    watch = server.client("sqs", QUIET).create_queue(QueueName="watch")["QueueUrl"]
    quiet = server.sqs(QUIET, "SendMessage", QueueUrl=watch, MessageBody="q" * 100)
    loads = Load(server, server.sqs(
        THIEF, "SendMessage", QueueUrl=queue, MessageBody="f" * (900 << 10)), 64).start()
    calm = Load(server, quiet, 1, pause=0.05).start()
    time.sleep(seconds)
    calm.stop()
    loads.stop()
    taken = loads.statuses.get(200, 0)
    stored = int(server.client("sqs", THIEF).get_queue_attributes(
        QueueUrl=queue, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]["ApproximateNumberOfMessages"])
    bad = sum(count for status, count in calm.statuses.items() if status != 200)
    print(f"  {taken / seconds:,.0f} a second taken ({taken * 900 / 1024 / seconds:,.0f} MiB/s), "
          f"{sum(loads.statuses.values()) - taken:,} refused; stored {stored:,} of {taken:,}")
    print(f"  the quiet tenant meanwhile: p50 {calm.at(0.5):.1f} ms, p99 {calm.at(0.99):.1f} ms, refused {bad}")
    print(f"  the server's memory at its highest: {server.peak_mib()} MiB")
    return stored >= taken and bad == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10, help="how long each load lasts (default 10)")
    seconds = parser.parse_args().seconds
    server = Server()
    try:
        good = [thief(server), neighbour(server, seconds), flood(server, seconds)]
    finally:
        server.stop()
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
