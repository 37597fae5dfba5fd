#!/usr/bin/env bash
# Powertools for AWS Lambda (Python 3.37.0, TypeScript 2.35.0) drops a field of nested Protobuf messages.
#
# Confluent's serializers write the place of the message in its file before the message, as zigzag
# varints: the number of indexes, then each index
# (https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format).
# Lambda leaves them in the value (https://github.com/aws-powertools/powertools-lambda-python/issues/6832),
# and Powertools skips them, but reads the number as a plain varint: of two indexes, those of a message
# inside another, it skips four values. The two too many are the tag and the value of the first field if
# it is a number: it is absent, without an error, and the other fields are right. TypeScript skips four
# bytes, which is the same for numbers below 128. It reads zigzag only after the first way has failed,
# and from then on in the whole process: the same record has its field again.
#
# Seen with Python 3.11 and Node.js 20, of values that Confluent's Python serializer wrote:
#   written: Score__c 7 and LastName Okoye, after indexes 0, 0 as 040000
#   Python: {'LastName': 'Okoye'}
#   TypeScript: {"LastName":"Okoye"}
#   TypeScript, after a message with Score__c 700: {"Score__c":7,"LastName":"Okoye"}
#
# Needs Python 3.10 or newer with pip, and Node.js 20 or newer with npm. Exits with 1 if Powertools behaves
# otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m pip install --quiet --disable-pip-version-check --target packages \
  'aws-lambda-powertools[kafka-consumer-protobuf]==3.37.0' 'confluent-kafka[protobuf,schemaregistry]==2.16.1' \
  protobuf==7.36.2 > pip.txt 2>&1 || { tail -5 pip.txt; exit 1; }
npm install --no-audit --no-fund --prefix . @aws-lambda-powertools/kafka@2.35.0 protobufjs@8.8.1 \
  > npm.txt 2>&1 || { tail -5 npm.txt; exit 1; }
cat > finding.py <<'PY'
import base64
import json

from aws_lambda_powertools.utilities.kafka import SchemaConfig, kafka_consumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.protobuf import ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

file = descriptor_pb2.FileDescriptorProto(name="crm.proto", package="crm", syntax="proto3")
contact = file.message_type.add(name="Event").nested_type.add(name="Contact")
for number, (name, type) in enumerate({"Score__c": "TYPE_INT32", "LastName": "TYPE_STRING"}.items(), 1):
    contact.field.add(name=name, number=number, type=type, label="LABEL_OPTIONAL")
pool = descriptor_pool.DescriptorPool()
pool.Add(file)
Contact = message_factory.GetMessageClass(pool.FindMessageTypeByName("crm.Event.Contact"))

registry = SchemaRegistryClient.new_client({"url": "mock://registry"})
serialize = ProtobufSerializer(Contact, registry, {"use.deprecated.format": False})


def event(score):
    message = Contact(Score__c=score, LastName="Okoye")
    value = serialize(message, SerializationContext("contacts", MessageField.VALUE))[5:]
    if score == 7:
        print(f"written: Score__c 7 and LastName Okoye, after indexes 0, 0 as {value[:3].hex()}")
    record = {
        "topic": "contacts", "partition": 0, "offset": 0, "timestamp": 1769853600000,
        "timestampType": "CREATE_TIME", "headers": [], "value": base64.b64encode(value).decode(),
        "valueSchemaMetadata": {"dataFormat": "PROTOBUF", "schemaId": "1"},
    }
    return {"eventSource": "aws:kafka", "eventSourceArn": "arn:aws:kafka:eu-west-1:123456789012:cluster/c/1",
            "bootstrapServers": "b:9092", "records": {"contacts-0": [record]}}


@kafka_consumer(schema_config=SchemaConfig(value_schema_type="PROTOBUF", value_schema=Contact))
def handler(event, context):
    return [record.value for record in event.records]


small, large = event(7), event(700)
print(f"Python: {handler(small, None)[0]}")
with open("events.json", "w") as events:
    json.dump({"small": small, "large": large}, events)
PY
cat > finding.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { kafkaConsumer, SchemaType } from '@aws-lambda-powertools/kafka';
import protobuf from 'protobufjs';

const { root } = protobuf.parse(`syntax = "proto3"; package crm;
message Event { message Contact { int32 Score__c = 1; string LastName = 2; } }`, { keepCase: true });
const schema = root.lookupType('crm.Event.Contact');
const handler = kafkaConsumer(
  async ({ records }) => JSON.stringify(records[0].value),
  { value: { type: SchemaType.PROTOBUF, schema } },
);
const { small, large } = JSON.parse(readFileSync('events.json', 'utf8'));
console.log(`TypeScript: ${await handler(small, {})}`);
await handler(large, {}).catch(() => {});
console.log(`TypeScript, after a message with Score__c 700: ${await handler(small, {})}`);
JS
seen=$(PYTHONPATH=packages python3 -W ignore finding.py 2> python.txt && node finding.mjs) || { tail -5 python.txt; exit 1; }
echo "$seen"
test "$seen" = "written: Score__c 7 and LastName Okoye, after indexes 0, 0 as 040000
Python: {'LastName': 'Okoye'}
TypeScript: {\"LastName\":\"Okoye\"}
TypeScript, after a message with Score__c 700: {\"Score__c\":7,\"LastName\":\"Okoye\"}"
