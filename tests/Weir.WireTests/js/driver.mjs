// Runs @aws-sdk/client-sqs for the wire tests: one call a line in, one answer a line out (Clients/DriverProcess.cs).

import readline from "node:readline";

const sqs = await import("@aws-sdk/client-sqs").catch((missing) => {
  console.error(`@aws-sdk/client-sqs is missing: run npm ci in tests/Weir.WireTests/js. (${missing.message})`);
  process.exit(1);
});

const clients = new Map();

function clientFor({ endpoint, key, secret, region }) {
  const name = JSON.stringify([endpoint, key, secret, region]);
  if (!clients.has(name)) {
    const credentials = { accessKeyId: key, secretAccessKey: secret };
    clients.set(name, new sqs.SQSClient({ endpoint, region, credentials, maxAttempts: 1 }));
  }
  return clients.get(name);
}

// JSON has no bytes: a BinaryValue travels as base64 and is bytes to the SDK.
const toBytes = (name, value) => (name === "BinaryValue" ? new Uint8Array(Buffer.from(value, "base64")) : value);
const toText = (name, value) => (value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value);

async function outcomeOf(call) {
  try {
    const output = await clientFor(call).send(new sqs[`${call.operation}Command`](call.input));
    delete output.$metadata;
    return { output };
  } catch (error) {
    const status = error.$metadata?.httpStatusCode;
    if (status === undefined || !(error instanceof sqs.SQSServiceException)) return { broken: String(error) };
    const { name, message } = error;
    return { error: { code: error.Code ?? error.Error?.Code ?? name, shape: name, status, message } };
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const call = JSON.parse(line, toBytes);
  outcomeOf(call).then((outcome) => console.log(JSON.stringify({ id: call.id, ...outcome }, toText)));
}
