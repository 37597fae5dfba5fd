"""Inserts, updates, upserts and deletes contacts with salesforce-api, in the org at SALESFORCE_URI.

The client does not read unprocessed records.
"""

import os

from salesforce_api import config, login
from salesforce_api.exceptions import BulkJobFailedError
from salesforce_api.services.bulk import v2

config.BULK_SLEEP_SECONDS = 0.1


def show(operation: str, results) -> list[str]:
    """Prints what became of the rows; the ids of the successful ones."""
    failed = [row for row in results if not row.success]
    saved = [row for row in results if row.success]
    print(f"{operation}: {len(results)} processed, {len(failed)} failed")
    for row in failed:
        print(f"  {row.error}")
    for name in sorted(row.data.get("LastName", "a contact") for row in saved):
        print(f"  {name}")
    return [row.record_id for row in saved]


def main() -> None:
    connection = login.oauth2(
        instance_url=os.environ.get("SALESFORCE_URI", "http://127.0.0.1:4010"),
        client_id=os.environ.get("SALESFORCE_CLIENT_ID", "local-client"),
        client_secret=os.environ.get("SALESFORCE_CLIENT_SECRET", "local-secret"),
        api_version="65.0",
    )
    bulk = v2.Client(connection)
    people = [
        {"LastName": "Ada", "Birthdate": "1815-12-10", "ExternalId__c": "api-1"},
        {"LastName": "", "Birthdate": "1816-01-01", "ExternalId__c": "api-2"},
    ]
    (ada,) = show("insert", bulk.insert("Contact", people))
    show("update", bulk.update("Contact", [{"Id": ada, "LastName": "Ada King"}]))
    changes = [
        {"LastName": "Ada Lovelace", "ExternalId__c": "api-1"},
        {"LastName": "Cyd", "ExternalId__c": "api-3"},
    ]
    upserted = show("upsert", bulk.upsert("Contact", changes, "ExternalId__c"))
    assert ada in upserted
    show("delete", bulk.delete("Contact", upserted))
    try:
        show("insert", bulk.insert("Contact", [{"LastName": "Dee"}, {"LastName": "Eve"}]))
    except BulkJobFailedError as error:
        print(f"insert: {error}")


main()
