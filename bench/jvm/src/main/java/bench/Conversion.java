package bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;

/**
 * From the bytes of records to CSV, as a Connect worker and its sink do it: {@link JsonConverter}, then
 * one line of commons-csv a record. The records must have the same fields, so that the first one's
 * make the header.
 */
final class Conversion {
  private static final String TOPIC = "contacts";

  /** LF instead of CRLF, as in the function's CSV. */
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

  private final JsonConverter converter = new JsonConverter();
  private final boolean hasSchemas;

  /** Size of the last CSV: a buffer of that size never grows. */
  private int characters = 1024;

  Conversion(boolean hasSchemas) {
    this.hasSchemas = hasSchemas;
    converter.configure(Map.of("schemas.enable", hasSchemas), false);
  }

  String toCsv(List<byte[]> records) throws IOException {
    StringBuilder csv = new StringBuilder(characters);
    if (hasSchemas) {
      writeStructs(records, csv);
    } else {
      writeMaps(records, csv);
    }
    characters = csv.length();
    return csv.toString();
  }

  private void writeMaps(List<byte[]> records, StringBuilder csv) throws IOException {
    Object[] header = null;
    Object[] cells = null;
    for (byte[] record : records) {
      Map<?, ?> fields = (Map<?, ?>) converter.toConnectData(TOPIC, record).value();
      if (header == null) {
        header = fields.keySet().stream().sorted().toArray();
        cells = new Object[header.length];
        FORMAT.printRecord(csv, header);
      }
      if (fields.size() != header.length) throw new IllegalArgumentException("other fields");
      for (int index = 0; index < header.length; index++) cells[index] = fields.get(header[index]);
      FORMAT.printRecord(csv, cells);
    }
  }

  private void writeStructs(List<byte[]> records, StringBuilder csv) throws IOException {
    Field[] header = null;
    Object[] cells = null;
    for (byte[] record : records) {
      Struct struct = (Struct) converter.toConnectData(TOPIC, record).value();
      if (header == null) {
        header =
            struct.schema().fields().stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toArray(Field[]::new);
        cells = new Object[header.length];
        for (int index = 0; index < header.length; index++) cells[index] = header[index].name();
        FORMAT.printRecord(csv, cells);
      }
      if (struct.schema().fields().size() != header.length) {
        throw new IllegalArgumentException("other fields");
      }
      for (int index = 0; index < header.length; index++) cells[index] = struct.get(header[index]);
      FORMAT.printRecord(csv, cells);
    }
  }
}
