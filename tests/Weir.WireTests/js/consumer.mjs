// The sqs-consumer framework, unmodified, for Frameworks/When_a_framework_consumes.cs: prints each message that it handled.
// Arguments: endpoint, access key, queue URL. A message that begins with "bad" is not handled.

import { SQSClient } from "@aws-sdk/client-sqs";
import { Consumer } from "sqs-consumer";

const [endpoint, accessKeyId, queueUrl] = process.argv.slice(2);
const credentials = { accessKeyId, secretAccessKey: "any secret" };
const consumer = Consumer.create({
  queueUrl,
  batchSize: 10,
  waitTimeSeconds: 5,
  terminateVisibilityTimeout: true,
  attributeNames: ["All"],
  messageAttributeNames: ["All"],
  sqs: new SQSClient({ endpoint, credentials, region: "us-east-1" }),
  handleMessage: async (message) => {
    if (message.Body.startsWith("bad")) throw new Error(message.Body);
    console.log(message.Body);
    return message;
  },
});
consumer.on("error", (error) => console.error(String(error)));
consumer.on("processing_error", () => {});
process.stdin.on("end", () => consumer.stop()).resume();
consumer.start();
