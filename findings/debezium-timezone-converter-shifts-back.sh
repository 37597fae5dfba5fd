#!/usr/bin/env bash
# Debezium's TimezoneConverter (debezium-connect-plugins 3.6.1) shifts timestamps against the offset.
#
# The transform converts the timestamps of an event from UTC, in which it assumes them, to the target zone
# (https://debezium.io/documentation/reference/stable/transformations/timezone-converter.html). A
# ZonedTimestamp, of a column with a time zone, is the same instant afterwards, at 12:00 in +02:00 for
# 10:00 in UTC. A Timestamp or MicroTimestamp, of a column without one, is moved the other way, to 08:00:
# its 10:00 is taken as a local time of the target zone, and converted to UTC. Columns that had the same
# time then differ by the offset, and a consumer that reads the number as UTC, as before, writes a
# time that is wrong by as much. There is no error.
#
# Seen with Java 17, of an event whose columns all have 2026-01-31T10:00:00.123456Z, or to the millisecond:
#   to +02:00:
#     ZonedTimestamp: 2026-01-31T12:00:00.123456+02:00
#     MicroTimestamp: 2026-01-31T08:00:00.123456Z
#     Timestamp: 2026-01-31T08:00:00.123Z
#   to America/New_York:
#     ZonedTimestamp: 2026-01-31T05:00:00.123456-05:00
#     MicroTimestamp: 2026-01-31T15:00:00.123456Z
#     Timestamp: 2026-01-31T15:00:00.123Z
#
# Needs Java 17 or newer and Maven. Exits with 1 if the transform behaves otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.debezium</groupId>
      <artifactId>debezium-connect-plugins</artifactId>
      <version>3.6.1.Final</version>
    </dependency>
    <dependency>
      <groupId>io.debezium</groupId>
      <artifactId>debezium-connector-common</artifactId>
      <version>3.6.1.Final</version>
    </dependency>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>connect-transforms</artifactId>
      <version>4.4.0</version>
    </dependency>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>connect-json</artifactId>
      <version>4.4.0</version>
    </dependency>
  </dependencies>
</project>
POM
cat > Finding.java <<'JAVA'
import io.debezium.transforms.TimezoneConverter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

public class Finding {
  private static final Schema ROW = SchemaBuilder.struct().name("crm.contacts.Value")
      .field("zoned", SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp").build())
      .field("micros", SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").build())
      .field("millis", SchemaBuilder.int64().name("io.debezium.time.Timestamp").build())
      .build();
  private static final Schema SOURCE = SchemaBuilder.struct().name("io.debezium.connector.postgresql.Source")
      .field("table", Schema.STRING_SCHEMA)
      .build();
  private static final Schema ENVELOPE = SchemaBuilder.struct().name("crm.contacts.Envelope")
      .field("before", ROW)
      .field("after", ROW)
      .field("source", SOURCE)
      .field("op", Schema.STRING_SCHEMA)
      .build();

  public static void main(String[] args) {
    for (var zone : List.of("+02:00", "America/New_York")) {
      var row = convert(zone);
      System.out.println("to " + zone + ":");
      System.out.println("  ZonedTimestamp: " + row.getString("zoned"));
      System.out.println("  MicroTimestamp: " + Instant.EPOCH.plus(row.getInt64("micros"), ChronoUnit.MICROS));
      System.out.println("  Timestamp: " + Instant.ofEpochMilli(row.getInt64("millis")));
    }
  }

  private static Struct convert(String zone) {
    var row = new Struct(ROW).put("zoned", "2026-01-31T10:00:00.123456Z")
        .put("micros", 1769853600123456L).put("millis", 1769853600123L);
    var event = new Struct(ENVELOPE).put("after", row).put("op", "c")
        .put("source", new Struct(SOURCE).put("table", "contacts"));
    try (var transform = new TimezoneConverter<SourceRecord>()) {
      transform.configure(Map.of("converted.timezone", zone));
      var record = new SourceRecord(null, null, "crm.contacts", null, null, null, ENVELOPE, event);
      return ((Struct) transform.apply(record).value()).getStruct("after");
    }
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib > mvn.txt 2>&1 || { tail -5 mvn.txt; exit 1; }
seen=$(java -cp 'lib/*' Finding.java 2> java.txt) || { tail -5 java.txt; exit 1; }
echo "$seen"
test "$seen" = 'to +02:00:
  ZonedTimestamp: 2026-01-31T12:00:00.123456+02:00
  MicroTimestamp: 2026-01-31T08:00:00.123456Z
  Timestamp: 2026-01-31T08:00:00.123Z
to America/New_York:
  ZonedTimestamp: 2026-01-31T05:00:00.123456-05:00
  MicroTimestamp: 2026-01-31T15:00:00.123456Z
  Timestamp: 2026-01-31T15:00:00.123Z'
