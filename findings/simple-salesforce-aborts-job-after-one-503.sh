#!/usr/bin/env bash
# simple-salesforce 1.12.10 aborts a Bulk API 2.0 job if one request for its state fails.
#
# bulk2 uploads the rows, closes the job and asks for its state until it has ended. A reply other than
# 2xx to one of these requests, such as the 503 that Salesforce gives while an instance is busy, is not
# asked again: the library reads the state once more, finds the job in progress, and sets it to Aborted.
# Salesforce keeps the rows that are written by then. The exception is that of the 503 and does not say
# that the job was aborted, so that a caller who repeats the insert writes those rows twice.
#
# Seen with Python 3.11, against a server that answers the first request for the state with
# 503 and all others as documented for a job in progress:
#   GET 503, GET 200, PATCH Aborted
#   SalesforceGeneralError, says aborted: False
#
# Needs Python 3.9 or newer with pip. Exits with 1 if simple-salesforce behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m pip install --quiet --disable-pip-version-check --target packages \
  simple-salesforce==1.12.10 > pip.txt 2>&1 || { tail -5 pip.txt; exit 1; }
cat > finding.py <<'PY'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from simple_salesforce.bulk2 import SFBulk2Handler

JOB = "7505e00000AbCdEAAV"
seen = []


class Salesforce(BaseHTTPRequestHandler):
    def answer(self, status, body=None):
        content = json.dumps(body or {}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def do_POST(self):
        self.body()
        self.answer(200, {"id": JOB, "state": "Open"})

    def do_PUT(self):
        self.body()
        self.answer(201)

    def do_PATCH(self):
        state = json.loads(self.body())["state"]
        if state != "UploadComplete":
            seen.append(f"PATCH {state}")
        self.answer(200, {"id": JOB, "state": state})

    def do_GET(self):
        status = 200 if seen else 503
        seen.append(f"GET {status}")
        self.answer(status, {"id": JOB, "state": "InProgress"} if status == 200 else None)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Salesforce)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/services/data/v65.0/jobs/"
contacts = SFBulk2Handler("session", url).__getattr__("Contact")
try:
    contacts.insert(records=[{"LastName": "One"}, {"LastName": "Two"}], wait=0)
    ended = "no exception"
except Exception as error:
    ended = f"{type(error).__name__}, says aborted: {'abort' in str(error).lower()}"
print(", ".join(seen))
print(ended)
PY
output=$(PYTHONPATH=packages python3 finding.py)
echo "$output"
[ "$output" = "GET 503, GET 200, PATCH Aborted
SalesforceGeneralError, says aborted: False" ]
