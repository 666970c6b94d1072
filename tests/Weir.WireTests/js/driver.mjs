// Runs the @aws-sdk clients for the wire tests: one call a line in, one answer a line out (Clients/DriverProcess.cs).

import readline from "node:readline";

const services = { sqs: "SQS", sns: "SNS", eventbridge: "EventBridge", scheduler: "Scheduler", pipes: "Pipes" };
const modules = {};
for (const service of Object.keys(services)) {
  modules[service] = await import(`@aws-sdk/client-${service}`).catch((missing) => {
    console.error(`@aws-sdk/client-${service} is missing: run npm ci in tests/Weir.WireTests/js. (${missing.message})`);
    process.exit(1);
  });
}

const clients = new Map();

function clientFor(service, { endpoint, key, secret, region }) {
  const name = JSON.stringify([service, endpoint, key, secret, region]);
  if (!clients.has(name)) {
    const credentials = { accessKeyId: key, secretAccessKey: secret };
    const Client = modules[service][`${services[service]}Client`];
    clients.set(name, new Client({ endpoint, region, credentials, maxAttempts: 1 }));
  }
  return clients.get(name);
}

// JSON has no bytes and no times: a BinaryValue travels as base64, an Event...Time as text; to the SDK they are objects.
const toBytes = (name, value) => {
  if (name === "BinaryValue") return new Uint8Array(Buffer.from(value, "base64"));
  return /^Event(Start|End)Time$/.test(name) ? new Date(value) : value;
};
const toText = (name, value) => (value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value);

async function outcomeOf(call) {
  const [operation, named = "sqs"] = call.operation.split(".").reverse();
  const service = named === "events" ? "eventbridge" : named;
  try {
    const output = await clientFor(service, call).send(new modules[service][`${operation}Command`](call.input));
    delete output.$metadata;
    return { output };
  } catch (error) {
    const status = error.$metadata?.httpStatusCode;
    if (status === undefined || !(error instanceof modules[service][`${services[service]}ServiceException`])) return { broken: String(error) };
    const { name, message } = error;
    return { error: { code: error.Code ?? error.Error?.Code ?? name, shape: name, status, message } };
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const call = JSON.parse(line, toBytes);
  outcomeOf(call).then((outcome) => console.log(JSON.stringify({ id: call.id, ...outcome }, toText)));
}
