#!/usr/bin/env bash
# Kafka Connect's TimestampConverter (connect-transforms 4.4.0) takes microseconds for milliseconds.
#
# It reads a text by its `format` with SimpleDateFormat, where the digits of S are a number of
# milliseconds: of 10:00:00.123456 it adds 123456 ms, so that a time is off by up to 16 minutes and 40
# seconds, with SSSSSS as with SSS. Fewer digits are wrong the other way: Debezium's ZonedTimestamp ends
# without zeros, and .5 is 5 ms. In a text that it writes, 123 ms are .000123. There is no error. What
# its users expect is that digits below the millisecond are dropped, as the documentation says of longs
# (https://docs.confluent.io/kafka-connectors/transforms/current/timestampconverter.html and
# https://github.com/confluentinc/kafka-connect-jdbc/issues/1532).
#
# Seen with Java 17:
#   2026-01-31T10:00:00.123456Z by ss.SSSSSSX: 2026-01-31T10:02:03.456Z
#   2026-01-31T10:00:00.123456Z by ss.SSSX: 2026-01-31T10:02:03.456Z
#   2026-01-31T10:00:00.999999Z by ss.SSSSSSX: 2026-01-31T10:16:39.999Z
#   2026-01-31T10:00:00.5Z by ss.SSSSSSX: 2026-01-31T10:00:00.005Z
#   1769853600123456 as microseconds: 2026-01-31T10:00:00.123Z
#   to a text by ss.SSSSSSX: 2026-01-31T10:00:00.000123Z
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
      <groupId>org.apache.kafka</groupId>
      <artifactId>connect-transforms</artifactId>
      <version>4.4.0</version>
    </dependency>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>connect-api</artifactId>
      <version>4.4.0</version>
    </dependency>
  </dependencies>
</project>
POM
cat > Finding.java <<'JAVA'
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.TimestampConverter;

public class Finding {
  public static void main(String[] args) {
    read("2026-01-31T10:00:00.123456Z", "ss.SSSSSSX");
    read("2026-01-31T10:00:00.123456Z", "ss.SSSX");
    read("2026-01-31T10:00:00.999999Z", "ss.SSSSSSX");
    read("2026-01-31T10:00:00.5Z", "ss.SSSSSSX");
    var number = convert(1769853600123456L, Map.of("target.type", "Timestamp", "unix.precision", "microseconds"));
    System.out.println("1769853600123456 as microseconds: " + ((Date) number).toInstant());
    System.out.println("to a text by ss.SSSSSSX: "
        + convert(number, Map.of("target.type", "string", "format", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSX")));
  }

  private static void read(String time, String seconds) {
    var date = convert(time, Map.of("target.type", "Timestamp", "format", "yyyy-MM-dd'T'HH:mm:" + seconds));
    System.out.println(time + " by " + seconds + ": " + ((Date) date).toInstant());
  }

  private static Object convert(Object value, Map<String, String> settings) {
    try (var transform = new TimestampConverter.Value<SourceRecord>()) {
      transform.configure(settings);
      return transform.apply(new SourceRecord(null, null, "contacts", null, null, null, null, value)).value();
    }
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib > mvn.txt 2>&1 || { tail -5 mvn.txt; exit 1; }
seen=$(java -cp 'lib/*' Finding.java 2> java.txt) || { tail -5 java.txt; exit 1; }
echo "$seen"
test "$seen" = '2026-01-31T10:00:00.123456Z by ss.SSSSSSX: 2026-01-31T10:02:03.456Z
2026-01-31T10:00:00.123456Z by ss.SSSX: 2026-01-31T10:02:03.456Z
2026-01-31T10:00:00.999999Z by ss.SSSSSSX: 2026-01-31T10:16:39.999Z
2026-01-31T10:00:00.5Z by ss.SSSSSSX: 2026-01-31T10:00:00.005Z
1769853600123456 as microseconds: 2026-01-31T10:00:00.123Z
to a text by ss.SSSSSSX: 2026-01-31T10:00:00.000123Z'
