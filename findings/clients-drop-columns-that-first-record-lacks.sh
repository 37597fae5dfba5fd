#!/usr/bin/env bash
# jsforce 3.10.26 and go-salesforce 3.1.0 drop the fields of a bulk load that its first record lacks.
#
# Both take objects whose fields may differ, and upload them to Bulk API 2.0 as CSV. The header of the CSV
# is the fields of the first object: a field that only later ones have is not sent, and Salesforce ignores
# what is not in the CSV
# (https://developer.salesforce.com/docs/atlas.en-us.216.0.api_bulk_v2.meta/api_bulk_v2/datafiles_prepare_csv.htm).
# There is no error, and all rows are successful. Kafka's JSON records often leave out what is null, so
# that a batch loses a column, or not, by the record that comes first. It is reported for jsforce's first
# Bulk API (https://github.com/jsforce/jsforce/issues/754).
#
# Seen with Node.js 24 and Go 1.26, of {LastName} and {LastName, Email} in both orders:
#   jsforce, Email in the second: LastName
#   jsforce, Email in the first: Email, LastName
#   go-salesforce, Email in the second: LastName
#   go-salesforce, Email in the first: Email, LastName
#
# Needs Go 1.22 or newer and Node.js with npm, and installs Node.js 24, since jsforce does not start with
# Node.js 20. Exits with 1 if a client behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > finding.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import jsforce from 'jsforce';

let csv = '';
const server = createServer(async (request, response) => {
  const body = (await request.toArray()).join('');
  if (request.method === 'PUT') {
    csv = body;
    return response.writeHead(201).end();
  }
  const job = { id: '750000000000001AAA', operation: 'insert', object: 'Contact', state: 'Open' };
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(job));
}).listen(0, '127.0.0.1');
await once(server, 'listening');

const connection = new jsforce.Connection({
  instanceUrl: `http://127.0.0.1:${server.address().port}`, accessToken: 'token', version: '65.0',
});
const records = () => [{ LastName: 'Dee' }, { LastName: 'Eve', Email: 'eve@example.com' }];
for (const [place, input] of [['second', records()], ['first', records().reverse()]]) {
  const job = connection.bulk2.createJob({ object: 'Contact', operation: 'insert' });
  await job.open();
  await job.uploadData(input);
  const fields = csv.split('\n')[0].split(',').filter((field) => field !== 'Id');
  console.log(`jsforce, Email in the ${place}: ${fields.sort().join(', ')}`);
}
server.close();
JS
cat > main.go <<'GO'
package main

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	"github.com/k-capehart/go-salesforce/v3"
)

func main() {
	var fields []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		url := "http://" + r.Host
		switch {
		case r.Method == http.MethodPut:
			fields, _ = csv.NewReader(r.Body).Read()
			w.WriteHeader(http.StatusCreated)
		case strings.HasSuffix(r.URL.Path, "/oauth2/token"):
			fmt.Fprintf(w, `{"access_token":"t","instance_url":"%s","id":"%s/id/x/y","token_type":"Bearer"}`, url, url)
		default:
			fmt.Fprint(w, `{"id":"750000000000001AAA","operation":"insert","object":"Contact","state":"Open"}`)
		}
	}))
	defer server.Close()
	client, err := salesforce.Init(salesforce.Creds{
		Domain: server.URL, ConsumerKey: "key", ConsumerSecret: "secret",
	}, salesforce.WithAPIVersion("v65.0"))
	if err != nil {
		panic(err)
	}
	records := []map[string]any{{"LastName": "Dee"}, {"LastName": "Eve", "Email": "eve@example.com"}}
	for _, place := range []string{"second", "first"} {
		if _, err := client.InsertBulk("Contact", records, 1000, false); err != nil {
			panic(err)
		}
		slices.Sort(fields)
		fmt.Printf("go-salesforce, Email in the %s: %s\n", place, strings.Join(fields, ", "))
		slices.Reverse(records)
	}
}
GO
npm install --no-audit --no-fund --prefix . jsforce@3.10.26 node@24.21.0 > npm.txt 2>&1 || { tail -5 npm.txt; exit 1; }
{
  go mod init finding
  go get github.com/k-capehart/go-salesforce/v3@v3.1.0
} > go.txt 2>&1 || { tail -5 go.txt; exit 1; }
seen=$(node_modules/.bin/node finding.mjs && go run .)
echo "$seen"
test "$seen" = 'jsforce, Email in the second: LastName
jsforce, Email in the first: Email, LastName
go-salesforce, Email in the second: LastName
go-salesforce, Email in the first: Email, LastName'
