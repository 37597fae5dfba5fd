#!/usr/bin/env bash
# csv-parse 7.0.3 returns the `raw` text of a record without the line feed of its CRLF.
#
# With `raw: true` a record comes with the text that it was read from, its delimiter included: of LF
# the whole, of CRLF the carriage return alone. The texts put together are then not the file, and a
# program that writes them out again mixes line ends. The line break of an empty line that
# `skip_empty_lines` has skipped stands before the next record, of CRLF again without its line feed.
#
# Seen with Node.js 20 and 24:
#   LF:   ["A,B\n","1,2\n","\n3,4\n"]
#   CRLF: ["A,B\r","1,2\r","\r3,4\r"]
#
# Needs Node.js with npm. Exits with 1 if csv-parse behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --no-audit --no-fund --prefix . csv-parse@7.0.3 > npm.txt 2>&1 || { tail -5 npm.txt; exit 1; }
cat > finding.mjs <<'JS'
import { parse } from 'csv-parse/sync';

for (const [name, end] of [['LF', '\n'], ['CRLF', '\r\n']]) {
  const text = ['A,B', '1,2', '', '3,4', ''].join(end);
  const records = parse(text, { raw: true, record_delimiter: end, skip_empty_lines: true });
  console.log(`${name}: ${JSON.stringify(records.map(({ raw }) => raw))}`);
}
JS
seen=$(node finding.mjs)
echo "$seen"
test "$seen" = 'LF: ["A,B\n","1,2\n","\n3,4\n"]
CRLF: ["A,B\r","1,2\r","\r3,4\r"]'
