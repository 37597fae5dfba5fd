#!/usr/bin/env bash
# Go's Avro libraries (hamba/avro 2.31.0, linkedin/goavro 2.15.0) write dates before 1970 a day late.
#
# Both write a time.Time to Avro's `date` as the days since 1970-01-01
# (https://avro.apache.org/docs/1.12.0/specification/#date), and divide its seconds by those of a day.
# The division rounds towards zero: the time of the day is dropped after 1970, and before 1970 it moves
# the date to the next day. A date that a database driver reads as midnight in New York is 05:00 in UTC,
# so all that is tested with new records is right, and birthdates of people born in the 1960s are not.
# Only times that are midnight in UTC are right. Timestamps are right too.
#
# Seen with Go 1.26:
#   1980-02-29 00:00 New York: hamba 1980-02-29, goavro 1980-02-29
#   1960-02-29 00:00 New York: hamba 1960-03-01, goavro 1960-03-01
#   1960-02-29 12:00 UTC: hamba 1960-03-01, goavro 1960-03-01
#   1960-02-29 00:00 UTC: hamba 1960-02-29, goavro 1960-02-29
#
# Needs Go 1.24 or newer. Exits with 1 if the libraries behave otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > main.go <<'GO'
package main

import (
	"fmt"
	"time"
	_ "time/tzdata"

	"github.com/hamba/avro/v2"
	"github.com/linkedin/goavro/v2"
)

const schema = `{"type":"int","logicalType":"date"}`

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func hamba(date time.Time) string {
	parsed := avro.MustParse(schema)
	var read time.Time
	if err := avro.Unmarshal(parsed, must(avro.Marshal(parsed, date)), &read); err != nil {
		panic(err)
	}
	return read.Format(time.DateOnly)
}

func linkedin(date time.Time) string {
	codec := must(goavro.NewCodec(schema))
	read, _, err := codec.NativeFromBinary(must(codec.BinaryFromNative(nil, date)))
	return must(read, err).(time.Time).Format(time.DateOnly)
}

func main() {
	newYork := must(time.LoadLocation("America/New_York"))
	for _, given := range []struct {
		year, hour int
		name       string
		zone       *time.Location
	}{{1980, 0, "New York", newYork}, {1960, 0, "New York", newYork}, {1960, 12, "UTC", time.UTC}, {1960, 0, "UTC", time.UTC}} {
		date := time.Date(given.year, 2, 29, given.hour, 0, 0, 0, given.zone)
		fmt.Printf("%s %s: hamba %s, goavro %s\n",
			date.Format("2006-01-02 15:04"), given.name, hamba(date), linkedin(date))
	}
}
GO
{
  go mod init finding
  go get github.com/hamba/avro/v2@v2.31.0 github.com/linkedin/goavro/v2@v2.15.0
} > go.txt 2>&1 || { tail -5 go.txt; exit 1; }
seen=$(go run .)
echo "$seen"
test "$seen" = '1980-02-29 00:00 New York: hamba 1980-02-29, goavro 1980-02-29
1960-02-29 00:00 New York: hamba 1960-03-01, goavro 1960-03-01
1960-02-29 12:00 UTC: hamba 1960-03-01, goavro 1960-03-01
1960-02-29 00:00 UTC: hamba 1960-02-29, goavro 1960-02-29'
