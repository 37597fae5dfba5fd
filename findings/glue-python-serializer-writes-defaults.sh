#!/usr/bin/env bash
# The Python serializer for AWS Glue (aws-glue-schema-registry 1.1.3) adds fields to JSON records.
#
# It validates the value by its JSON schema, and validation sets each absent property that has a
# `default`: in the dictionary of the caller, and so in the record. Read back, the same happens to
# records of other serializers. A default does not fill in missing values, it is for documentation and
# forms (https://json-schema.org/understanding-json-schema/reference/annotations), and AWS's own Java
# serializer writes the record as it is. Where an absent field means "unchanged", as in an update of
# Salesforce, each update of one field sets the others back to their defaults.
#
# Seen with Python 3.11:
#   given:   {"ExternalId__c": "A-17", "Email": "ada@example.com"}
#   written: {"ExternalId__c":"A-17","Email":"ada@example.com","Level__c":"Bronze"}
#   read:    {"ExternalId__c": "A-17", "Level__c": "Bronze"} from {"ExternalId__c":"A-17"}
#
# Needs Python 3.9 or newer with pip. Exits with 1 if the serializer behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m pip install --quiet --disable-pip-version-check --target packages \
  aws-glue-schema-registry==1.1.3 fastjsonschema==2.22.3 > pip.txt 2>&1 || { tail -5 pip.txt; exit 1; }
cat > finding.py <<'PY'
import json
from uuid import UUID

from aws_schema_registry import DataAndSchema, KafkaDeserializer, KafkaSerializer, SchemaVersion
from aws_schema_registry.jsonschema import JsonSchema

DEFINITION = json.dumps({
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "ExternalId__c": {"type": "string"},
        "Email": {"type": "string"},
        "Level__c": {"type": "string", "default": "Bronze"},
    },
})
VERSION = SchemaVersion("contacts-value", UUID(int=1), DEFINITION, "JSON", "AVAILABLE", 1)
FRAME = b"\x03\x00" + VERSION.version_id.bytes


class Registry:
    def get_or_register_schema_version(self, **_):
        return VERSION

    def get_schema_version(self, _):
        return VERSION


record = {"ExternalId__c": "A-17", "Email": "ada@example.com"}
print(f"given:   {json.dumps(record)}")
written = KafkaSerializer(Registry()).serialize(
    "contacts", DataAndSchema(record, JsonSchema(DEFINITION)))
assert written.startswith(FRAME)
print(f"written: {written[len(FRAME):].decode()}")
other = '{"ExternalId__c":"A-17"}'
read = KafkaDeserializer(Registry()).deserialize("contacts", FRAME + other.encode())
print(f"read:    {json.dumps(read.data)} from {other}")
PY
output=$(PYTHONPATH=packages python3 finding.py)
echo "$output"
[ "$output" = 'given:   {"ExternalId__c": "A-17", "Email": "ada@example.com"}
written: {"ExternalId__c":"A-17","Email":"ada@example.com","Level__c":"Bronze"}
read:    {"ExternalId__c": "A-17", "Level__c": "Bronze"} from {"ExternalId__c":"A-17"}' ]
