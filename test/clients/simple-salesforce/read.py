"""Reads records and their description with simple-salesforce, from the org at SALESFORCE_URI.

The client makes https URLs only, so that its base URL is set after it was made.
"""

from ingest import URI, token
from simple_salesforce import Salesforce

SOQL = (
    "SELECT LastName, Account.Name FROM Contact WHERE LastName IN ('Ada', 'Bob')"
    " AND Account.Name = 'Acme' ORDER BY LastName DESC LIMIT 5"
)


def main() -> None:
    org = Salesforce(session_id=token(), instance_url=URI, version="65.0")
    org.base_url = f"{URI}/services/data/v65.0/"
    for row in org.query_all(SOQL)["records"]:
        print(f"query: {row['LastName']} of {row['Account']['Name']}")
    (found,) = org.query("SELECT Id FROM Contact WHERE LastName = 'Ada'")["records"]
    record = org.restful(f"sobjects/Contact/{found['Id']}")
    print(f"get record: {record['LastName']}")
    print(f"describe: {org.restful('sobjects/Contact/describe')['name']}")


main()
