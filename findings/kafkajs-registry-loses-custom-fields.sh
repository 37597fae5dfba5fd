#!/usr/bin/env bash
# The registry client of KafkaJS (@kafkajs/confluent-schema-registry 4.1.0) loses Protobuf fields ending in __c.
#
# It reads the schema with protobufjs, which changes names with underscores unless told not to, and the
# client cannot tell it. A custom field of Salesforce, ExternalId__c, is ExternalId_C: neither its name in
# the schema nor that of Protobuf's JSON, ExternalIdC (https://protobuf.dev/programming-guides/json/).
# encode() takes a record with the names of the schema, finds it valid, and writes it without these fields.
# decode() returns records of other clients with the changed names, which Salesforce does not know.
#
# Seen with Node.js 24, and the fields ExternalId__c, Score__c, LastName:
#   encode {"ExternalId__c":"A-17","Score__c":7,"LastName":"Okoye"}: 1a054f6b6f7965
#   the same, read again: {"LastName":"Okoye"}
#   decode all three, 0a04412d313710071a054f6b6f7965: {"ExternalId_C":"A-17","Score_C":7,"LastName":"Okoye"}
#
# Needs Node.js with npm, and installs Node.js 24, since the client is for 22 or newer. Exits with 1 if
# the client behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --no-audit --no-fund --prefix . @kafkajs/confluent-schema-registry@4.1.0 protobufjs@7.6.6 \
  node@24.21.0 > npm.txt 2>&1 || { tail -5 npm.txt; exit 1; }
cat > finding.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';

const schema = `syntax = "proto3";
message Contact { string ExternalId__c = 1; int32 Score__c = 2; string LastName = 3; }`;
const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(JSON.stringify({ schemaType: 'PROTOBUF', schema }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const registry = new SchemaRegistry({ host: `http://127.0.0.1:${server.address().port}` });

const record = { ExternalId__c: 'A-17', Score__c: 7, LastName: 'Okoye' };
const frame = await registry.encode(1, record);
const header = frame.subarray(0, 5);
console.log(`encode ${JSON.stringify(record)}: ${frame.subarray(5).toString('hex')}`);
console.log(`the same, read again: ${JSON.stringify(await registry.decode(frame))}`);
// An index of 0, the first message of the file, and the three fields in order.
const other = '0a04412d313710071a054f6b6f7965';
const value = await registry.decode(Buffer.concat([header, Buffer.from(`00${other}`, 'hex')]));
console.log(`decode all three, ${other}: ${JSON.stringify(value)}`);
server.close();
JS
seen=$(node_modules/.bin/node finding.mjs)
echo "$seen"
test "$seen" = 'encode {"ExternalId__c":"A-17","Score__c":7,"LastName":"Okoye"}: 1a054f6b6f7965
the same, read again: {"LastName":"Okoye"}
decode all three, 0a04412d313710071a054f6b6f7965: {"ExternalId_C":"A-17","Score_C":7,"LastName":"Okoye"}'
