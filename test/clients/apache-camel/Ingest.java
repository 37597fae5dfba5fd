import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.component.salesforce.SalesforceLoginConfig;
import org.apache.camel.component.salesforce.api.dto.bulkv2.ContentTypeEnum;
import org.apache.camel.component.salesforce.api.dto.bulkv2.Job;
import org.apache.camel.component.salesforce.api.dto.bulkv2.JobStateEnum;
import org.apache.camel.component.salesforce.api.dto.bulkv2.OperationEnum;
import org.apache.camel.impl.DefaultCamelContext;

/** Inserts, updates, upserts and deletes contacts with Camel, in the org at SALESFORCE_URI. */
public class Ingest {
  private final ProducerTemplate camel;

  private Ingest(ProducerTemplate camel) {
    this.camel = camel;
  }

  public static void main(String[] args) throws Exception {
    var login = new SalesforceLoginConfig();
    login.setType(AuthenticationType.CLIENT_CREDENTIALS);
    login.setLoginUrl(setting("SALESFORCE_URI", "http://127.0.0.1:4010"));
    login.setClientId(setting("SALESFORCE_CLIENT_ID", "local-client"));
    login.setClientSecret(setting("SALESFORCE_CLIENT_SECRET", "local-secret"));
    var salesforce = new SalesforceComponent();
    salesforce.setLoginConfig(login);
    var config = new SalesforceEndpointConfig();
    config.setApiVersion("65.0");
    salesforce.setConfig(config);
    try (var context = new DefaultCamelContext()) {
      context.addComponent("salesforce", salesforce);
      context.start();
      new Ingest(context.createProducerTemplate()).run();
    }
  }

  private void run() throws Exception {
    var ada = show("insert", load(OperationEnum.INSERT,
        "LastName,Birthdate,ExternalId__c\nAda,1815-12-10,camel-1\n,1816-01-01,camel-2\n")).get(0);
    show("update", load(OperationEnum.UPDATE, "Id,LastName\n" + ada + ",Ada King\n"));
    var upserted = show("upsert", load(OperationEnum.UPSERT,
        "LastName,ExternalId__c\nAda Lovelace,camel-1\nCyd,camel-3\n"));
    if (!upserted.contains(ada)) {
      throw new IllegalStateException("the upsert did not find what the insert had made");
    }
    show("delete", load(OperationEnum.DELETE, "Id\n" + String.join("\n", upserted) + "\n"));
    show("insert", load(OperationEnum.INSERT, "LastName\nDee\nEve\n"));
  }

  /** Creates, fills and closes a job and waits for its end. */
  private Job load(OperationEnum operation, String csv) throws Exception {
    var wanted = new Job();
    wanted.setObject("Contact");
    wanted.setOperation(operation);
    wanted.setContentType(ContentTypeEnum.CSV);
    if (operation == OperationEnum.UPSERT) {
      wanted.setExternalIdFieldName("ExternalId__c");
    }
    var id = camel.requestBody("salesforce:bulk2CreateJob", wanted, Job.class).getId();
    var data = new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    camel.requestBodyAndHeader("salesforce:bulk2CreateBatch", data, "jobId", id);
    camel.requestBodyAndHeader("salesforce:bulk2CloseJob", "", "jobId", id);
    while (true) {
      var job = camel.requestBodyAndHeader("salesforce:bulk2GetJob", "", "jobId", id, Job.class);
      if (List.of(JobStateEnum.JOB_COMPLETE, JobStateEnum.FAILED, JobStateEnum.ABORTED)
          .contains(job.getState())) {
        return job;
      }
      Thread.sleep(100);
    }
  }

  /** Prints what became of the rows; the ids of the successful ones. */
  private List<String> show(String operation, Job job) throws Exception {
    var saved = rows("bulk2GetSuccessfulResults", job);
    var failed = rows("bulk2GetFailedResults", job);
    System.out.printf("%s: %d processed, %d failed%n",
        operation, saved.size() + failed.size(), failed.size());
    failed.forEach(row -> System.out.println("  " + row.get("sf__Error")));
    var lines = new ArrayList<String>();
    saved.forEach(row -> lines.add(
        "  " + row.getOrDefault("LastName", "a contact") + ", created: " + row.get("sf__Created")));
    Collections.sort(lines);
    lines.forEach(System.out::println);
    rows("bulk2GetUnprocessedRecords", job)
        .forEach(row -> System.out.println("  " + row.get("LastName") + ", not attempted"));
    return saved.stream().map(row -> row.get("sf__Id")).toList();
  }

  /** The rows of a results file by column. None of their values has a comma, a quote or a line break. */
  private List<Map<String, String>> rows(String kind, Job job) throws Exception {
    var file = camel.requestBodyAndHeader(
        "salesforce:" + kind, "", "jobId", job.getId(), InputStream.class);
    var lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n");
    var header = cells(lines[0]);
    var rows = new ArrayList<Map<String, String>>();
    for (var line : Arrays.asList(lines).subList(1, lines.length)) {
      var row = new HashMap<String, String>();
      var values = cells(line);
      for (int column = 0; column < header.size(); column++) {
        row.put(header.get(column), values.get(column));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(cell -> cell.replace("\"", "")).toList();
  }

  private static String setting(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }
}
