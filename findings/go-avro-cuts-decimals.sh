#!/usr/bin/env bash
# Go's Avro libraries (hamba/avro 2.31.0, linkedin/goavro 2.15.0) write 19.98 for a price of 19.99.
#
# Both write a *big.Rat to Avro's `decimal` and round it down to the scale, without an error. A price that
# was a float64, as those of JSON are, is a little more or less than its two digits; if it is less, a cent
# is lost, though Go prints the value with two digits as 19.99. Of negative numbers it is those that are a
# little larger in size. Avro's `decimal` has a fixed scale
# (https://avro.apache.org/docs/1.12.0/specification/#decimal): Avro for Java refuses a value with more
# digits, "without rounding", and leaves the rounding to the producer. goavro does not check the precision
# either, which is the largest number of digits that a value may have; hamba does.
#
# Seen with Go 1.26 and decimal(6,2):
#   float64 19.99: printed 19.99, hamba 19.98, goavro 19.98
#   float64 19.95: printed 19.95, hamba 19.94, goavro 19.94
#   float64 -0.05: printed -0.05, hamba -0.06, goavro -0.06
#   1999/100: printed 19.99, hamba 19.99, goavro 19.99
#   1234567/100: printed 12345.67, hamba error, goavro 12345.67
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
	"math/big"

	"github.com/hamba/avro/v2"
	"github.com/linkedin/goavro/v2"
)

const schema = `{"type":"bytes","logicalType":"decimal","precision":6,"scale":2}`

var (
	parsed   = avro.MustParse(schema)
	codec, _ = goavro.NewCodec(schema)
)

func hamba(given *big.Rat) string {
	value, err := avro.Marshal(parsed, given)
	if err != nil {
		return "error"
	}
	var read *big.Rat
	if err := avro.Unmarshal(parsed, value, &read); err != nil {
		panic(err)
	}
	return read.FloatString(2)
}

func linkedin(given *big.Rat) string {
	value, err := codec.BinaryFromNative(nil, given)
	if err != nil {
		return "error"
	}
	read, _, err := codec.NativeFromBinary(value)
	if err != nil {
		panic(err)
	}
	return read.(*big.Rat).FloatString(2)
}

func main() {
	for _, given := range []struct {
		name  string
		value *big.Rat
	}{
		{"float64 19.99", new(big.Rat).SetFloat64(19.99)},
		{"float64 19.95", new(big.Rat).SetFloat64(19.95)},
		{"float64 -0.05", new(big.Rat).SetFloat64(-0.05)},
		{"1999/100", big.NewRat(1999, 100)},
		{"1234567/100", big.NewRat(1234567, 100)},
	} {
		fmt.Printf("%s: printed %s, hamba %s, goavro %s\n",
			given.name, given.value.FloatString(2), hamba(given.value), linkedin(given.value))
	}
}
GO
{
  go mod init finding
  go get github.com/hamba/avro/v2@v2.31.0 github.com/linkedin/goavro/v2@v2.15.0
} > go.txt 2>&1 || { tail -5 go.txt; exit 1; }
seen=$(go run .)
echo "$seen"
test "$seen" = 'float64 19.99: printed 19.99, hamba 19.98, goavro 19.98
float64 19.95: printed 19.95, hamba 19.94, goavro 19.94
float64 -0.05: printed -0.05, hamba -0.06, goavro -0.06
1999/100: printed 19.99, hamba 19.99, goavro 19.99
1234567/100: printed 12345.67, hamba error, goavro 12345.67'
