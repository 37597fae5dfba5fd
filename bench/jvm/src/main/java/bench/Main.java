package bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Converts the same records whenever it is told to. Arguments: {@code json} or {@code envelope}, and a file of
 * records, each after its length in four bytes. Each line on the standard input is a command, and each
 * answer is a line:
 *
 * <ul>
 *   <li>{@code round}: converts once and answers with milliseconds, of time, of CPU of the thread, and of
 *       garbage collection, which has a thread of its own;
 *   <li>any other line: the path of a file to write the CSV to.
 * </ul>
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Conversion conversion = new Conversion(arguments[0].equals("envelope"));
    List<byte[]> records = read(Path.of(arguments[1]));
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (line.equals("round")) {
        System.out.println(round(conversion, records));
      } else {
        Files.writeString(Path.of(line), conversion.toCsv(records));
        System.out.println("written");
      }
    }
  }

  private static List<byte[]> read(Path path) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    List<byte[]> records = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] record = new byte[bytes.getInt()];
      bytes.get(record);
      records.add(record);
    }
    return records;
  }

  private static String round(Conversion conversion, List<byte[]> records) throws IOException {
    var threads = ManagementFactory.getThreadMXBean();
    long collections = collectionMs();
    long thread = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    int length = conversion.toCsv(records).length();
    return String.format(
        Locale.ROOT,
        "{\"wall\":%f,\"thread\":%f,\"collection\":%d,\"characters\":%d}",
        (System.nanoTime() - start) / 1e6,
        (threads.getCurrentThreadCpuTime() - thread) / 1e6,
        collectionMs() - collections,
        length);
  }

  private static long collectionMs() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
