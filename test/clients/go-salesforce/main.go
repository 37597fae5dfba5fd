// Inserts, updates, upserts and deletes contacts with go-salesforce, in the org at SALESFORCE_URI.
package main

import (
	"encoding/csv"
	"fmt"
	"log"
	"os"
	"slices"
	"time"

	"github.com/k-capehart/go-salesforce/v3"
)

type contact struct {
	LastName      string
	Birthdate     string
	ExternalId__c string
}

type change struct {
	LastName      string
	ExternalId__c string
}

type row struct {
	Id string
}

type renamed struct {
	Id       string
	LastName string
}

type name struct {
	LastName string
}

func main() {
	client, err := salesforce.Init(salesforce.Creds{
		Domain:         setting("SALESFORCE_URI", "http://127.0.0.1:4010"),
		ConsumerKey:    setting("SALESFORCE_CLIENT_ID", "local-client"),
		ConsumerSecret: setting("SALESFORCE_CLIENT_SECRET", "local-secret"),
	}, salesforce.WithAPIVersion("v65.0"))
	check(err)

	jobs, err := client.InsertBulk("Contact", []contact{
		{"Ada", "1815-12-10", "go-1"},
		{"", "1816-01-01", "go-2"},
	}, 1000, true)
	check(err)
	inserted := show(client, "insert", jobs)

	jobs, err = client.UpdateBulk("Contact", []renamed{{inserted[0].Id, "Ada King"}}, 1000, true)
	check(err)
	show(client, "update", jobs)

	jobs, err = client.UpsertBulk("Contact", "ExternalId__c", []change{
		{"Ada Lovelace", "go-1"},
		{"Cyd", "go-3"},
	}, 1000, true)
	check(err)
	upserted := show(client, "upsert", jobs)
	if !slices.Contains(upserted, inserted[0]) {
		log.Fatal("the upsert did not find what the insert had made")
	}

	jobs, err = client.DeleteBulk("Contact", upserted, 1000, true)
	check(err)
	show(client, "delete", jobs)

	// Of a job that fails, the client returns no id if it waits, and no rows.
	jobs, err = client.InsertBulk("Contact", []name{{"Dee"}, {"Eve"}}, 1000, false)
	check(err)
	showFailed(client, jobs[0])
}

// show prints what became of the rows and returns the successful ones.
func show(client *salesforce.Salesforce, operation string, jobs []string) []row {
	results, err := client.GetJobResults(jobs[0])
	check(err)
	saved, failed := results.SuccessfulRecords, results.FailedRecords
	fmt.Printf("%s: %d processed, %d failed\n", operation, len(saved)+len(failed), len(failed))
	for _, record := range failed {
		fmt.Printf("  %s\n", record["sf__Error"])
	}
	lines, rows := []string{}, []row{}
	for _, record := range saved {
		name, named := record["LastName"]
		if !named {
			name = "a contact"
		}
		lines = append(lines, fmt.Sprintf("  %s, created: %s", name, record["sf__Created"]))
		rows = append(rows, row{fmt.Sprint(record["sf__Id"])})
	}
	slices.Sort(lines)
	for _, line := range lines {
		fmt.Println(line)
	}
	return rows
}

// showFailed waits until a job has failed, and prints what became of its rows.
func showFailed(client *salesforce.Salesforce, job string) {
	for state := ""; state != "Failed"; time.Sleep(100 * time.Millisecond) {
		info, err := client.GetJobResults(job)
		check(err)
		state = info.State
	}
	saved, failed := read(client, job, "successfulResults"), read(client, job, "failedResults")
	fmt.Printf("insert: %d processed, %d failed\n", len(saved)+len(failed), len(failed))
	for _, row := range saved {
		fmt.Printf("  %s, created: %s\n", row["LastName"], row["sf__Created"])
	}
	for _, row := range read(client, job, "unprocessedrecords") {
		fmt.Printf("  %s, not attempted\n", row["LastName"])
	}
}

// read returns the rows of a results file by column.
func read(client *salesforce.Salesforce, job, kind string) []map[string]string {
	reply, err := client.DoRequest("GET", "/jobs/ingest/"+job+"/"+kind, nil)
	check(err)
	defer reply.Body.Close()
	lines, err := csv.NewReader(reply.Body).ReadAll()
	check(err)
	rows := []map[string]string{}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for column, name := range lines[0] {
			row[name] = line[column]
		}
		rows = append(rows, row)
	}
	return rows
}

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
