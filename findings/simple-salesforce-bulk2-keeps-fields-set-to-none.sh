#!/usr/bin/env bash
# simple-salesforce 1.12.10 clears a field that is None, but not by Bulk API 2.0.
#
# A field that is None is null in an update of one record and in a job of the older Bulk API: both send
# JSON, and Salesforce clears the field, as users are told
# (https://github.com/simple-salesforce/simple-salesforce/issues/309). bulk2 takes the same records and
# sends CSV, in which it makes the None an empty cell. Salesforce ignores empty cells of an update; to
# clear a field, a cell has to be #N/A
# (https://developer.salesforce.com/docs/atlas.en-us.216.0.api_bulk_v2.meta/api_bulk_v2/datafiles_prepare_csv.htm).
# The row counts as successful, and the old value stays. A record without the field has the same cell.
#
# Seen with Python 3.11, against a server that answers as documented:
#   update of one record: {"Email": null}
#   bulk, JSON: {"Id": "003000000000001AAA", "Email": null}
#   bulk2, CSV: {"Email": "", "Id": "003000000000001AAA"}
#   bulk2, failed: 0 of 1
#
# Needs Python 3.9 or newer with pip. Exits with 1 if simple-salesforce behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m pip install --quiet --disable-pip-version-check --target packages \
  simple-salesforce==1.12.10 > pip.txt 2>&1 || { tail -5 pip.txt; exit 1; }
cat > finding.py <<'PY'
import csv
import json

import requests
from requests.adapters import BaseAdapter
from simple_salesforce import Salesforce

ID = "003000000000001AAA"
JOB = {"id": "750000000000001AAA", "numberRecordsProcessed": 1, "numberRecordsFailed": 0}
sent = {}


class Org(BaseAdapter):
    state = "Open"

    def send(self, request, **_):
        body = request.body.decode() if isinstance(request.body, bytes) else request.body
        response = requests.Response()
        response.status_code, answer = self.answer(request, body)
        response._content = json.dumps(answer).encode()
        response.url = request.url
        return response

    def answer(self, request, body):
        path = request.path_url
        if "/jobs/ingest" in path:
            if request.method == "PUT":
                sent["bulk2, CSV"] = next(csv.DictReader(body.splitlines()))
                return 201, None
            if request.method == "PATCH":
                self.state = "JobComplete"
            return 200, {**JOB, "state": self.state}
        if request.method == "PATCH":
            sent["update of one record"] = json.loads(body)
            return 204, None
        if path.endswith("/result"):
            return 200, [{"success": True, "created": False, "id": ID, "errors": []}]
        if path.endswith("/batch"):
            sent["bulk, JSON"] = json.loads(body)[0]
        return 200, {"id": "751000000000001AAA", "jobId": JOB["id"], "state": "Completed"}

    def close(self):
        pass


session = requests.Session()
session.mount("https://", Org())
salesforce = Salesforce(instance="example.my.salesforce.com", session_id="token", session=session)
salesforce.Contact.update(ID, {"Email": None})
salesforce.bulk.Contact.update([{"Id": ID, "Email": None}])
[job] = salesforce.bulk2.Contact.update(records=[{"Id": ID, "Email": None}], wait=0)
for way, record in sent.items():
    print(f"{way}: {json.dumps(dict(sorted(record.items())) if way == 'bulk2, CSV' else record)}")
print(f"bulk2, failed: {job['numberRecordsFailed']} of {job['numberRecordsTotal']}")
PY
output=$(PYTHONPATH=packages python3 finding.py)
echo "$output"
[ "$output" = 'update of one record: {"Email": null}
bulk, JSON: {"Id": "003000000000001AAA", "Email": null}
bulk2, CSV: {"Email": "", "Id": "003000000000001AAA"}
bulk2, failed: 0 of 1' ]
