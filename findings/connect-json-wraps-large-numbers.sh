#!/usr/bin/env bash
# Kafka Connect's JsonConverter (org.apache.kafka:connect-json 4.4.0) wraps integers over 64 bits.
#
# With schemas.enable=false a JSON integer becomes an int64, and of one that is larger the upper bits
# are cut off: 18446744073709551615, an unsigned 64-bit id, is -1, and a larger one any number. It is
# neither an error, which errors.tolerance would send to the dead letter queue, nor a double, which it
# is when written 1E19, nor a Decimal, which Kafka made of it in headers when the same was found there
# (https://github.com/apache/kafka/pull/9320). A sink that upserts by such an id writes other rows.
#
# Seen with Java 17:
#   9223372036854775807: 9223372036854775807
#   9223372036854775808: -9223372036854775808
#   18446744073709551615: -1
#   98765432109876543210: 6531711741328785130
#   1E19: 1.0E19
#   the third of them in a header: Decimal 18446744073709551615
#
# Needs Java 17 or newer and Maven. Exits with 1 if the converter behaves otherwise.
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
      <artifactId>connect-json</artifactId>
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;

public class Finding {
  public static void main(String[] args) {
    var converter = new JsonConverter();
    converter.configure(Map.of("schemas.enable", "false"), false);
    var numbers = List.of("9223372036854775807", "9223372036854775808", "18446744073709551615",
        "98765432109876543210", "1E19");
    for (var number : numbers) {
      var value = converter.toConnectData("contacts", bytes("{\"ExternalId__c\":" + number + "}")).value();
      System.out.println(number + ": " + ((Map<?, ?>) value).get("ExternalId__c"));
    }
    var header = new SimpleHeaderConverter().toConnectHeader("contacts", "id", bytes(numbers.get(2)));
    var type = header.schema().name().replaceFirst(".*\\.", "");
    System.out.println("the third of them in a header: " + type + " " + header.value());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib > mvn.txt 2>&1 || { tail -5 mvn.txt; exit 1; }
seen=$(java -cp 'lib/*' Finding.java 2> java.txt) || { tail -5 java.txt; exit 1; }
echo "$seen"
test "$seen" = '9223372036854775807: 9223372036854775807
9223372036854775808: -9223372036854775808
18446744073709551615: -1
98765432109876543210: 6531711741328785130
1E19: 1.0E19
the third of them in a header: Decimal 18446744073709551615'
