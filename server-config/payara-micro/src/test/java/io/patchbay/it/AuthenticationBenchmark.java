package io.patchbay.it;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Processor time of a server for a request that shows a password, against one of a server that asks
 * nobody. Both servers run already, with the same settings otherwise. After {@code mvn verify}, in
 * the directory of this module,
 *
 * <pre>
 * java -Dpatchbay.benchmark.requests=20000 -cp target/test-classes:PARSSON:JSON-API \
 *   io.patchbay.it.AuthenticationBenchmark http://127.0.0.1:3080 PID http://127.0.0.1:3081 PID \
 *   USER PASSWORD
 * </pre>
 *
 * where PARSSON and JSON-API are the jars of the build, and the arguments the open server with the
 * id of its process, and the guarded one with its process, and a user who is known there.
 */
final class AuthenticationBenchmark {
  private static final int CLIENTS = 4;
  private static final int REQUESTS = Integer.getInteger("patchbay.benchmark.requests", 20_000);
  private static final int ROUNDS = 5;

  /** Of the ticks in which proc(5) counts. */
  private static final int MICROS_PER_TICK = 10_000;

  private AuthenticationBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Api open = new Api(URI.create(arguments[0]));
    Api guarded = new Api(URI.create(arguments[2])).as(arguments[4], arguments[5]);
    for (String path : List.of("/v2/version", "/v2/projects")) {
      double least = Double.MAX_VALUE;
      double leastGuarded = Double.MAX_VALUE;
      for (int round = -1; round < ROUNDS; round++) {
        double first = measure(open, path, arguments[1]);
        double second = measure(guarded, path, arguments[3]);
        if (round >= 0) {
          least = Math.min(least, first);
          leastGuarded = Math.min(leastGuarded, second);
        }
      }
      System.out.printf(
          "%s: %.1f µs open, %.1f µs with a password, %.1f µs more%n",
          path, least, leastGuarded, leastGuarded - least);
    }
    System.exit(0);
  }

  private static double measure(Api api, String path, String pid) throws Exception {
    long before = ticks(pid);
    List<Future<?>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < REQUESTS / CLIENTS; i++) {
                    int status = api.call("GET", path, "").status();
                    if (status != 200) {
                      throw new AssertionError(path + " is answered " + status);
                    }
                  }
                  return null;
                }));
      }
    }
    for (Future<?> client : clients) {
      client.get();
    }
    return (double) (ticks(pid) - before) * MICROS_PER_TICK / REQUESTS;
  }

  private static long ticks(String pid) throws Exception {
    String stat = Files.readString(Path.of("/proc", pid, "stat"));
    // After the name in parentheses: utime and stime are the fields 14 and 15.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }
}
