/** What `npm run local -- --help` shows. */
export const helpText = `Runs the function on topics of your own Kafka cluster, as Lambda's event source
mapping would.

Usage: npm run local -- --brokers HOST:PORT[,...] --topic NAME [options]

Kafka
  --brokers HOST:PORT[,...]  Brokers to begin with; they lead to the others.
  --topic NAME[,...]         Topic to read; may be given several times.
  --group ID                 Consumer group. (default: msk-salesforce-sink-local)
  --from POSITION            Where a group without offsets begins: TRIM_HORIZON or
                             earliest, LATEST or latest. (default: TRIM_HORIZON)
  --tls                      Encrypt the connection.
  --ca FILE                  Certificate authority of the brokers, PEM; with --tls.
  --sasl MECHANISM           PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.
  --username NAME            User for --sasl; the password is read from KAFKA_PASSWORD.

Batches
  --batch-size RECORDS       Most records in an event, 1 to 10000. (default: 10000)
  --window SECONDS           How long a batch waits to fill, 0 to 300. (default: 5)
  --timeout SECONDS          Time-out of the function, 1 to 840. (default: 840)
  --concurrency COUNT        Most invocations at once, 1 to 100; of each partition
                             one. (default: 2)

Salesforce
  --object NAME              Object to write. (default: SALESFORCE_OBJECT or Contact)
  --operation NAME           What to do with the rows. (default: SALESFORCE_OPERATION or
                             insert)
  --salesforce URL           An org instead of the emulator; needs SALESFORCE_CLIENT_ID
                             and SALESFORCE_CLIENT_SECRET in the environment.

Ledger and errant queue
  --ledger SWITCH            Keep a job ledger, on or off, as a deployed sink does: a
                             redelivery goes on with the job it finds. (default: on)

Both are in memory and end with the run: the next begins with an empty ledger. Others
on this machine are named by LEDGER_TABLE with AWS_ENDPOINT_URL_DYNAMODB, and by
ERRANT_QUEUE_URL with AWS_ENDPOINT_URL_SQS.

Other
  --verbose                  Show the function's own log too.
  -h, --help                 Show this.

Every other setting of the function is taken from the environment, such as
VALUE_FORMAT or SCHEMA_REGISTRY_URL. The login of a Schema Registry is read from
SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD.

Ctrl-C stops after the invocations in flight; once more, and they are killed: their
records are not committed and come again.

Examples
  npm run local -- --brokers localhost:9092 --topic contacts
  npm run local -- --brokers localhost:9092 --topic contacts --from LATEST --window 1
  KAFKA_PASSWORD=... npm run local -- --brokers b-1.example.com:9096 --topic leads \\
    --tls --sasl SCRAM-SHA-512 --username ann --object Lead
  SALESFORCE_CLIENT_ID=... SALESFORCE_CLIENT_SECRET=... npm run local -- \\
    --brokers localhost:9092 --topic contacts --salesforce https://acme.my.salesforce.com
`;
