#!/usr/bin/env bash
# Debezium's outbox EventRouter (debezium-connect-plugins 3.6.1) drops and rounds values of JSON payloads.
#
# With table.expand.json.payload=true it makes the text of the payload into "real" JSON
# (https://debezium.io/documentation/reference/stable/transformations/outbox-event-router.html). A field
# with an empty array is left out, as if the event did not have it: a consumer that clears a multi-select
# picklist when its list is empty leaves the old values. A decimal becomes a double and loses the digits
# that a double cannot hold. Both are without an error, and without the option the payload is intact. To
# keep nulls there is table.json.payload.null.behavior; a later release has an option for empty arrays
# (https://github.com/debezium/debezium/pull/7652), and still leaves them out without it.
#
# Seen with Java 17, and with table.json.payload.null.behavior=optional_bytes:
#   payload:  {"Id":7,"Topics__c":[],"Amount":1234567890123456.789,"Phone":null}
#   written:  {"Id":7,"Amount":1.2345678901234568E15,"Phone":null}
#   as text:  {"Id":7,"Topics__c":[],"Amount":1234567890123456.789,"Phone":null}
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
import io.debezium.transforms.outbox.EventRouter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;

public class Finding {
  private static final String PAYLOAD =
      "{\"Id\":7,\"Topics__c\":[],\"Amount\":1234567890123456.789,\"Phone\":null}";
  private static final Schema ROW = SchemaBuilder.struct().name("crm.outbox.Value")
      .field("id", Schema.STRING_SCHEMA)
      .field("aggregatetype", Schema.STRING_SCHEMA)
      .field("aggregateid", Schema.STRING_SCHEMA)
      .field("payload", SchemaBuilder.string().name("io.debezium.data.Json").build())
      .build();
  private static final Schema ENVELOPE = SchemaBuilder.struct().name("crm.outbox.Envelope")
      .field("after", ROW)
      .field("op", Schema.STRING_SCHEMA)
      .field("ts_ms", Schema.INT64_SCHEMA)
      .build();

  public static void main(String[] args) {
    var expanded = route(Map.of("table.expand.json.payload", "true",
        "table.json.payload.null.behavior", "optional_bytes"));
    var converter = new JsonConverter();
    converter.configure(Map.of("schemas.enable", "false"), false);
    var json = converter.fromConnectData("contacts", expanded.valueSchema(), expanded.value());
    System.out.println("payload:  " + PAYLOAD);
    System.out.println("written:  " + new String(json, StandardCharsets.UTF_8));
    System.out.println("as text:  " + route(Map.of()).value());
  }

  private static SourceRecord route(Map<String, String> settings) {
    var row = new Struct(ROW).put("id", "1").put("aggregatetype", "contacts")
        .put("aggregateid", "7").put("payload", PAYLOAD);
    var event = new Struct(ENVELOPE).put("after", row).put("op", "c").put("ts_ms", 1769853600123L);
    try (var transform = new EventRouter<SourceRecord>()) {
      transform.configure(settings);
      return transform.apply(
          new SourceRecord(null, null, "crm.outbox", null, Schema.STRING_SCHEMA, "1", ENVELOPE, event));
    }
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib > mvn.txt 2>&1 || { tail -5 mvn.txt; exit 1; }
seen=$(java -cp 'lib/*' Finding.java 2> java.txt) || { tail -5 java.txt; exit 1; }
echo "$seen"
test "$seen" = 'payload:  {"Id":7,"Topics__c":[],"Amount":1234567890123456.789,"Phone":null}
written:  {"Id":7,"Amount":1.2345678901234568E15,"Phone":null}
as text:  {"Id":7,"Topics__c":[],"Amount":1234567890123456.789,"Phone":null}'
