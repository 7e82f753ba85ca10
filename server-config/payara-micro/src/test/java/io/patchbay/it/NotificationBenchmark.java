package io.patchbay.it;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures how long a node's update takes to reach many WebSocket clients of one project, from the
 * moment the request is sent, on a server that runs already. Run it with
 *
 * <pre>
 * mvn -q -B test-compile exec:java -pl server-config/payara-micro -Dexec.classpathScope=test \
 *   -Dexec.mainClass=io.patchbay.it.NotificationBenchmark \
 *   -Dexec.args="http://127.0.0.1:3080 500 50"
 * </pre>
 *
 * where the arguments are the server, the number of clients and the number of updates.
 */
final class NotificationBenchmark {
  private NotificationBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    URI server = URI.create(arguments.length > 0 ? arguments[0] : "http://127.0.0.1:3080");
    int clients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
    int updates = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 50;
    measure(new Api(server), clients, updates);
    System.exit(0);
  }

  private static void measure(Api api, int clients, int updates) throws Exception {
    String name = "benchmark-" + System.nanoTime();
    JsonObject created = api.post("/v2/projects", "{\"name\": \"" + name + "\"}");
    String project = "/v2/projects/" + created.getString("project_id");
    JsonObject node =
        api.post(
            project + "/nodes",
            "{\"name\": \"SW\", \"node_type\": \"ethernet_switch\", \"compute_id\": \"local\"}");
    String path = project + "/nodes/" + node.getString("node_id");
    List<Client> all = connect(api.socket(project + "/notifications/ws"), clients);
    System.out.println(clients + " clients, each awaiting " + updates + " updates");
    long[][] taken = new long[updates][];
    for (int round = -updates / 2; round < updates; round++) {
      long[] times = update(api, path, round, all);
      if (round >= 0) {
        taken[round] = times;
      }
    }
    long[] sorted = Arrays.stream(taken).flatMapToLong(Arrays::stream).sorted().toArray();
    for (double share : new double[] {0.5, 0.9, 0.99, 1}) {
      int index = (int) Math.min(sorted.length - 1, share * sorted.length);
      System.out.printf("%4.0f %% within %6.1f ms%n", share * 100, sorted[index] / 1e6);
    }
    api.call("DELETE", project, "");
  }

  private static long[] update(Api api, String path, int x, List<Client> all) throws Exception {
    CountDownLatch left = new CountDownLatch(all.size());
    String expected = "\"x\":" + (1000 + x) + ",";
    all.forEach(client -> client.expect(expected, left));
    long start = System.nanoTime();
    Api.Answer answer = api.call("PUT", path, "{\"x\": " + (1000 + x) + "}");
    if (answer.status() != 200 || !left.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError(answer.status() + ", " + left.getCount() + " clients heard nothing");
    }
    return all.stream().mapToLong(client -> client.heardAt - start).toArray();
  }

  private static List<Client> connect(URI uri, int count) throws Exception {
    AtomicInteger pinged = new AtomicInteger();
    List<Client> all = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      Client client = new Client(pinged);
      CompletableFuture<WebSocket> opened = Api.HTTP.newWebSocketBuilder().buildAsync(uri, client);
      opened.get(30, TimeUnit.SECONDS);
      all.add(client);
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (pinged.get() < count && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    return all;
  }

  private static final class Client implements WebSocket.Listener {
    private final AtomicInteger pinged;
    private final StringBuilder message = new StringBuilder();
    private boolean greeted;
    private volatile String expected = "";
    private volatile CountDownLatch left = new CountDownLatch(0);
    private volatile long heardAt;

    Client(AtomicInteger pinged) {
      this.pinged = pinged;
    }

    void expect(String text, CountDownLatch latch) {
      left = latch;
      expected = text;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        hear(message.toString());
        message.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void hear(String text) {
      if (!greeted) {
        greeted = true;
        pinged.incrementAndGet();
      }
      if (!expected.isEmpty() && text.contains("node.updated") && text.contains(expected)) {
        heardAt = System.nanoTime();
        expected = "";
        left.countDown();
      }
    }
  }
}
