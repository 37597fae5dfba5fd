#!/usr/bin/env bash
# AWS Glue's JSON serializer (software.amazon.glue:schema-registry-serde 1.1.25) changes numbers.
#
# It takes a JSON text and a schema, validates the text, and writes the value as JSON. In between the
# text is parsed with numbers as doubles, so that a decimal of more than 17 digits arrives with other
# digits, and a decimal with trailing zeros or many digits in another notation. The record's consumers
# cannot tell: the frame is valid, and so is the JSON. Its Avro serializer keeps decimals.
#
# Seen with Java 17 and the input {"Amount":1234567890123456.789}:
#   written: {"Amount":1.2345678901234568E15}
#
# Needs Java 17 or newer and Maven. Exits with 1 if the serializer behaves otherwise.
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
      <groupId>software.amazon.glue</groupId>
      <artifactId>schema-registry-serde</artifactId>
      <version>1.1.25</version>
    </dependency>
  </dependencies>
</project>
POM
cat > Finding.java <<'JAVA'
import com.amazonaws.services.schemaregistry.common.configs.GlueSchemaRegistryConfiguration;
import com.amazonaws.services.schemaregistry.serializers.json.JsonDataWithSchema;
import com.amazonaws.services.schemaregistry.serializers.json.JsonSerializer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

public class Finding {
  public static void main(String[] args) {
    var settings = new GlueSchemaRegistryConfiguration(Map.of("region", "eu-west-1"));
    var schema = "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\"}";
    var data = JsonDataWithSchema.builder(schema, args[0]).build();
    var bytes = JsonSerializer.builder().configs(settings).build().serialize(data);
    System.out.println(new String(bytes, StandardCharsets.UTF_8));
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib > mvn.txt 2>&1 || { tail -5 mvn.txt; exit 1; }
given='{"Amount":1234567890123456.789}'
written=$(java -cp 'lib/*' Finding.java "$given" 2> java.txt) || { tail -5 java.txt; exit 1; }
echo "given:   $given"
echo "written: $written"
test "$written" = '{"Amount":1.2345678901234568E15}'
