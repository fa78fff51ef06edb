// Answers SPARQL queries, one a line of standard input, from a TDB2 store: tab-separated values, then the line "end". For
// the benchmark's pipe. An empty line is answered by that line alone.
//
//   java TimedQueries STORE TIMEOUT_SECONDS
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.tdb2.TDB2Factory;

public class TimedQueries {
  public static void main(String[] arguments) throws Exception {
    Dataset dataset = TDB2Factory.connectDataset(arguments[0]);
    long timeout = Long.parseLong(arguments[1]);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
    for (String query = in.readLine(); query != null; query = in.readLine()) {
      if (!query.isEmpty()) answer(dataset, query, timeout, out);
      out.write("end\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private static void answer(Dataset dataset, String query, long timeout, OutputStream out) {
    dataset.begin(ReadWrite.READ);
    try (QueryExecution execution = QueryExecutionFactory.create(query, dataset)) {
      execution.setTimeout(timeout, TimeUnit.SECONDS);
      ResultSetFormatter.outputAsTSV(out, execution.execSelect());
    } catch (Throwable error) {
      System.err.println("error: " + error);
    } finally {
      dataset.end();
    }
  }
}
