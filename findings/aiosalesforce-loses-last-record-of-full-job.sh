#!/usr/bin/env bash
# aiosalesforce 0.6.2 drops the last record of a bulk load when it does not fit into the job.
#
# It splits the records into jobs of at most max_size_bytes, 100 MB if not set. A record that takes the
# CSV over the limit is kept for the next job, and the next job is begun by the record after it. If it
# was the last record, there is none after it: it is in no job. No error is raised, every job is
# JobComplete, and the records returned as successful, failed and unprocessed are one short.
#
# Seen with Python 3.11, a transport that answers as documented for jobs that complete, and three
# records of which two fit into a job of 65 bytes. With a fourth record the third is written:
#   3 records: jobs of 2 records, without Cyd
#   4 records: jobs of 2, 2 records, without nobody
#
# Needs Python 3.11 or newer with pip. Exits with 1 if aiosalesforce behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m pip install --quiet --disable-pip-version-check --target packages \
  aiosalesforce==0.6.2 > pip.txt 2>&1 || { tail -5 pip.txt; exit 1; }
cat > finding.py <<'PY'
import asyncio
import re

import httpx
from aiosalesforce import Salesforce
from aiosalesforce.auth import Auth

uploads = {}


class Token(Auth):
    async def _acquire_new_access_token(self, client):
        return "token"


def job(id, state):
    return httpx.Response(200, json={
        "id": id, "operation": "insert", "object": "Contact", "state": state, "contentType": "CSV",
        "createdDate": "2026-01-01T00:00:00.000+0000", "systemModstamp": "2026-01-01T00:00:00.000+0000",
    })


def answer(request):
    id = re.search(r"/ingest/(\w+)", request.url.path)
    if request.method == "POST":
        uploads[new := f"75000000000000{len(uploads)}AAA"] = ""
        return job(new, "Open")
    if request.method == "PUT":
        uploads[id[1]] = request.content.decode()
        return httpx.Response(201)
    if request.method == "PATCH":
        return job(id[1], "UploadComplete")
    if request.url.path.endswith(id[1]):
        return job(id[1], "JobComplete")
    return httpx.Response(200, text='"sf__Id","sf__Created"\n')


async def load(names):
    uploads.clear()
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as transport:
        salesforce = Salesforce(transport, "https://example.my.salesforce.com", Token())
        records = [{"LastName": name, "Description": name.lower() * 5} for name in names]
        jobs = salesforce.bulk_v2.ingest.perform_operation(
            "insert", "Contact", records, max_size_bytes=65, polling_interval=0)
        states = [result.job_info.state async for result in jobs]
        assert set(states) == {"JobComplete"}
    rows = [csv.splitlines()[1:] for csv in uploads.values()]
    written = {row.split(",")[0] for job in rows for row in job}
    missing = [name for name in names if name not in written] or ["nobody"]
    print(f"{len(names)} records: jobs of {', '.join(str(len(job)) for job in rows)} records,"
          f" without {', '.join(missing)}")


asyncio.run(load(["Ada", "Bob", "Cyd"]))
asyncio.run(load(["Ada", "Bob", "Cyd", "Dee"]))
PY
output=$(PYTHONPATH=packages python3 finding.py)
echo "$output"
[ "$output" = "3 records: jobs of 2 records, without Cyd
4 records: jobs of 2, 2 records, without nobody" ]
