"""Inserts, upserts and deletes contacts with simple-salesforce, in the org at SALESFORCE_URI.

The client logs in over https only; its Bulk API 2.0 part takes a token and any URL.
"""

import csv
import io
import os

import requests
from simple_salesforce.bulk2 import SFBulk2Handler

URI = os.environ.get("SALESFORCE_URI", "http://127.0.0.1:4010")


def log_in() -> SFBulk2Handler:
    form = {
        "grant_type": "client_credentials",
        "client_id": os.environ.get("SALESFORCE_CLIENT_ID", "local-client"),
        "client_secret": os.environ.get("SALESFORCE_CLIENT_SECRET", "local-secret"),
    }
    reply = requests.post(f"{URI}/services/oauth2/token", data=form, timeout=30).json()
    jobs = f"{reply['instance_url']}/services/data/v65.0/jobs/"
    return SFBulk2Handler(reply["access_token"], jobs)


def show(operation: str, contacts, jobs) -> list[dict]:
    """Prints what became of the rows; the successful ones."""
    for job in jobs:
        print(f"{operation}: {job['numberRecordsProcessed']} processed, {job['numberRecordsFailed']} failed")
    (job,) = jobs
    for row in read(contacts.get_failed_records(job["job_id"])):
        print(f"  {row['sf__Error']}")
    saved = read(contacts.get_successful_records(job["job_id"]))
    for row in sorted(saved, key=lambda row: row.get("LastName", "")):
        print(f"  {row.get('LastName', 'a contact')}, created: {row['sf__Created']}")
    return saved


def read(text: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text)))


def main() -> None:
    contacts = log_in().Contact
    people = [
        {"LastName": "Ada", "Birthdate": "1815-12-10", "ExternalId__c": "py-1"},
        {"LastName": "", "Birthdate": "1816-01-01", "ExternalId__c": "py-2"},
    ]
    ada = show("insert", contacts, contacts.insert(records=people, wait=1))
    changes = [
        {"LastName": "Ada Lovelace", "ExternalId__c": "py-1"},
        {"LastName": "Cyd", "ExternalId__c": "py-3"},
    ]
    upserted = contacts.upsert(records=changes, external_id_field="ExternalId__c", wait=1)
    saved = show("upsert", contacts, upserted)
    assert ada[0]["sf__Id"] in [row["sf__Id"] for row in saved]
    ids = [{"Id": row["sf__Id"]} for row in saved]
    show("delete", contacts, contacts.delete(records=ids, wait=1))


main()
