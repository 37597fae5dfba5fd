#!/usr/bin/env bash
# go-salesforce 3.1.0 waits for one of several Bulk API 2.0 jobs, and returns its outcome for all.
#
# InsertBulk and its relatives split the records into jobs of batchSize records. Their parameter
# waitForResults says whether to wait for the jobs to finish
# (https://github.com/k-capehart/go-salesforce#insertbulk), but they return as soon as one has finished.
# A nil error says nothing of the others, which may still be in the queue, fail or be aborted. A caller
# that goes on, for example with children of these records or by committing offsets, loses their rows.
#
# Seen with Go 1.26, against a server that answers as documented for two jobs, of which the second takes
# longer and fails:
#   InsertBulk, to wait for 2 jobs: error <nil>, states JobComplete, InProgress
#   the second job afterwards: Failed
#
# Needs Go 1.22 or newer. Exits with 1 if go-salesforce behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > main.go <<'GO'
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/k-capehart/go-salesforce/v3"
)

type org struct {
	sync.Mutex
	states []string
}

func (o *org) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.Lock()
	defer o.Unlock()
	w.Header().Set("Content-Type", "application/json")
	job := len(o.states)
	if _, id, found := strings.Cut(r.URL.Path, "/ingest/"); found && id != "" {
		fmt.Sscanf(id, "75000000000000%dAAA", &job)
	}
	switch r.Method {
	case http.MethodPut:
		w.WriteHeader(http.StatusCreated)
		return
	case http.MethodPatch:
		o.states[job-1] = []string{"JobComplete", "InProgress"}[job-1]
	case http.MethodPost:
		if strings.HasSuffix(r.URL.Path, "/oauth2/token") {
			url := "http://" + r.Host
			fmt.Fprintf(w, `{"access_token":"t","instance_url":"%s","id":"%s/id/x/y","token_type":"Bearer"}`, url, url)
			return
		}
		o.states = append(o.states, "Open")
		job = len(o.states)
	}
	const answer = `{"id":"75000000000000%dAAA","operation":"insert","object":"Contact","state":"%s"}`
	fmt.Fprintf(w, answer, job, o.states[job-1])
}

func main() {
	o := &org{}
	server := httptest.NewServer(o)
	defer server.Close()
	client, err := salesforce.Init(salesforce.Creds{
		Domain: server.URL, ConsumerKey: "key", ConsumerSecret: "secret",
	}, salesforce.WithAPIVersion("v65.0"))
	if err != nil {
		panic(err)
	}
	type contact struct{ LastName string }
	ids, err := client.InsertBulk("Contact", []contact{{"Dee"}, {"Eve"}}, 1, true)
	o.Lock()
	fmt.Printf("InsertBulk, to wait for %d jobs: error %v, states %s\n", len(ids), err, strings.Join(o.states, ", "))
	o.states[1] = "Failed"
	o.Unlock()
	results, err := client.GetJobResults(ids[1])
	if err != nil {
		panic(err)
	}
	fmt.Printf("the second job afterwards: %s\n", results.State)
}
GO
{
  go mod init finding
  go get github.com/k-capehart/go-salesforce/v3@v3.1.0
} > go.txt 2>&1 || { tail -5 go.txt; exit 1; }
seen=$(go run .)
echo "$seen"
test "$seen" = 'InsertBulk, to wait for 2 jobs: error <nil>, states JobComplete, InProgress
the second job afterwards: Failed'
