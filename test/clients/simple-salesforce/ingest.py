"""Inserts, updates, upserts and deletes contacts with simple-salesforce, in the org at SALESFORCE_URI.

The client logs in over https only; its Bulk API 2.0 part takes a token and any URL.
"""

import os

import requests
from simple_salesforce.bulk2 import SFBulk2Handler
from simple_salesforce.exceptions import SalesforceOperationError

URI = os.environ.get("SALESFORCE_URI", "http://127.0.0.1:4010")
WAIT = 0.1  # seconds between two looks at a job


def token() -> str:
    form = {
        "grant_type": "client_credentials",
        "client_id": os.environ.get("SALESFORCE_CLIENT_ID", "local-client"),
        "client_secret": os.environ.get("SALESFORCE_CLIENT_SECRET", "local-secret"),
    }
    reply = requests.post(f"{URI}/services/oauth2/token", data=form, timeout=30)
    return reply.json()["access_token"]


def show(operation: str, contacts, job_id: str) -> list[dict]:
    """Prints what became of the rows; the successful ones."""
    rows = contacts.get_all_ingest_records(job_id)
    saved, failed = rows["successfulRecords"], rows["failedRecords"]
    print(f"{operation}: {len(saved) + len(failed)} processed, {len(failed)} failed")
    for row in failed:
        print(f"  {row['sf__Error']}")
    for row in sorted(saved, key=lambda row: row.get("LastName", "")):
        print(f"  {row.get('LastName', 'a contact')}, created: {row['sf__Created']}")
    for row in rows["unprocessedRecords"]:
        print(f"  {row['LastName']}, not attempted")
    return saved


def failed_job(contacts) -> str:
    """The id of the job that failed, which the client's error does not name."""
    url = f"{contacts.bulk2_url}ingest"
    jobs = requests.get(url, headers=contacts.headers, timeout=30).json()["records"]
    (job,) = [job for job in jobs if job["state"] == "Failed"]
    return job["id"]


def main() -> None:
    contacts = SFBulk2Handler(token(), f"{URI}/services/data/v65.0/jobs/").Contact
    people = [
        {"LastName": "Ada", "Birthdate": "1815-12-10", "ExternalId__c": "py-1"},
        {"LastName": "", "Birthdate": "1816-01-01", "ExternalId__c": "py-2"},
    ]
    (job,) = contacts.insert(records=people, wait=WAIT)
    (ada,) = show("insert", contacts, job["job_id"])
    changes = [{"Id": ada["sf__Id"], "LastName": "Ada King"}]
    (job,) = contacts.update(records=changes, wait=WAIT)
    show("update", contacts, job["job_id"])
    changes = [
        {"LastName": "Ada Lovelace", "ExternalId__c": "py-1"},
        {"LastName": "Cyd", "ExternalId__c": "py-3"},
    ]
    (job,) = contacts.upsert(records=changes, external_id_field="ExternalId__c", wait=WAIT)
    saved = show("upsert", contacts, job["job_id"])
    assert ada["sf__Id"] in [row["sf__Id"] for row in saved]
    ids = [{"Id": row["sf__Id"]} for row in saved]
    (job,) = contacts.delete(records=ids, wait=WAIT)
    show("delete", contacts, job["job_id"])
    try:
        contacts.insert(records=[{"LastName": "Dee"}, {"LastName": "Eve"}], wait=WAIT)
    except SalesforceOperationError:
        show("insert", contacts, failed_job(contacts))


if __name__ == "__main__":
    main()
