/** What `npm run local -- --help` shows. */
export const helpText = `Runs the function on topics of your own Kafka cluster, or on the records of a file, as
Lambda's event source mapping would.

Usage: npm run local -- --brokers HOST:PORT[,...] --topic NAME [options]
       npm run local -- --file FILE [options]

File
  --file FILE                Records, a line each, as npm run try reads them. One batch is
                             delivered after the other, and the rows of the emulator
                             that each changes are shown. The run ends with the file, or
                             when a batch has failed three times.

Kafka
  --brokers HOST:PORT[,...]  Bootstrap brokers.
  --topic NAME[,...]         Topic to read; can be repeated.
  --group ID                 Consumer group. (default: msk-salesforce-sink-local)
  --from POSITION            Start of a group without offsets: TRIM_HORIZON or
                             earliest, LATEST or latest. (default: TRIM_HORIZON)
  --tls                      Encrypt the connection.
  --ca FILE                  Certificate authority of the brokers, PEM; with --tls.
  --sasl MECHANISM           PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or
                             AWS_MSK_IAM.
  --username NAME            User of PLAIN and SCRAM; the password is read from
                             KAFKA_PASSWORD.
  --token-file FILE          Token of OAUTHBEARER, read again for every login.
  --region REGION            Region of the cluster, for AWS_MSK_IAM, which encrypts also
                             without --tls. (default: AWS_REGION) The credentials are
                             those that the AWS SDK finds.

Batches
  --batch-size RECORDS       Maximum records in an event, 1 to 10000. (default: 10000)
                             With --file a tenth of its records, unless it is given.
  --window SECONDS           Batching window, 0 to 300. (default: 5)
  --timeout SECONDS          Timeout of the function, 1 to 840. (default: 840)
  --concurrency COUNT        Maximum concurrent invocations, 1 to 100; one per
                             partition. (default: 2)

Salesforce
  --object NAME              Object to write. (default: SALESFORCE_OBJECT or Contact)
  --operation NAME           Bulk API operation. (default: SALESFORCE_OPERATION or
                             insert)
  --salesforce URL           An org instead of the emulator; needs SALESFORCE_CLIENT_ID
                             and SALESFORCE_CLIENT_SECRET in the environment.

Ledger and errant queue
  --ledger SWITCH            Keep a job ledger, on or off, as a deployed sink does: a
                             redelivery resumes the job it finds. (default: on)

Both are in memory and end with the run: the next run starts with an empty ledger. To
use others on this machine, set LEDGER_TABLE and AWS_ENDPOINT_URL_DYNAMODB, and
ERRANT_QUEUE_URL and AWS_ENDPOINT_URL_SQS.

Other
  --view VIEW                live shows rate, lag, jobs and errant records by code on the
                             whole terminal, lines a line for each flush; auto is live for
                             a cluster on a terminal, without --verbose, NO_COLOR and CI.
                             (default: auto)
  --verbose                  Show the function's log too.
  -h, --help                 Show this help.

Every other setting of the function is taken from the environment, such as
VALUE_FORMAT or SCHEMA_REGISTRY_URL. The login of a Schema Registry is read from
SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD. With GLUE_SCHEMA_REGISTRY=true, schemas
are read from AWS Glue with your AWS credentials: AWS_PROFILE, or AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY and AWS_REGION.

Ctrl-C stops after the invocations in flight. A second Ctrl-C kills them: their records
are not committed, and are delivered again.

Examples
  SALESFORCE_EXTERNAL_ID_FIELD=ExternalId__c UNKNOWN_FIELDS=drop \\
    npm run local -- --file contacts.jsonl --operation upsert
  npm run local -- --brokers localhost:9092 --topic contacts
  npm run local -- --brokers localhost:9092 --topic contacts --from LATEST --window 1
  KAFKA_PASSWORD=... npm run local -- --brokers b-1.example.com:9096 --topic leads \\
    --tls --sasl SCRAM-SHA-512 --username ann --object Lead
  npm run local -- --brokers b-1.example.com:9098 --topic leads --sasl AWS_MSK_IAM \\
    --region eu-west-1
  SALESFORCE_CLIENT_ID=... SALESFORCE_CLIENT_SECRET=... npm run local -- \\
    --brokers localhost:9092 --topic contacts --salesforce https://acme.my.salesforce.com
`;
