package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The web UI's own end-to-end tests, which are TypeScript and drive Chromium, as a process. */
final class BrowserTests implements AutoCloseable {
  private static final Path SOURCES =
      Path.of("../../controller-war/src/main/web").toAbsolutePath().normalize();
  private static final int MINUTES = 12;

  private final Process process;
  private final Path log;

  private BrowserTests(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Whether they can be run: their libraries are there once the web UI was built. */
  static boolean canRun() {
    return Installed.is("/usr/bin/chromium")
        && Installed.is("npm")
        && Files.isDirectory(SOURCES.resolve("node_modules"));
  }

  /**
   * Starts them against a server.
   *
   * @param name of their log
   * @param environment what they are told besides, such as who they are
   */
  static BrowserTests start(Server server, String name, Map<String, String> environment)
      throws IOException {
    Path log = Path.of("target", name + ".log").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder("npm", "run", "--silent", "e2e")
            .directory(SOURCES.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("PATCHBAY", "http://127.0.0.1:" + server.port());
    builder.environment().put("NO_COLOR", "1");
    builder.environment().putAll(environment);
    return new BrowserTests(builder.start(), log);
  }

  /** Waits until they have written a file; fails with what they printed if they ended before. */
  void awaitFile(Path file) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    // Not by turning round and round: Chromium needs the processors to get there.
    while (!Files.exists(file)) {
      boolean ended = process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline;
      String printed = Files.readString(log);
      assertTrue(!ended || Files.exists(file), printed);
    }
  }

  /** Waits until all of them have passed; fails with what they printed if one did not. */
  void awaitSuccess() throws Exception {
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    String printed = Files.readString(log);
    assertTrue(ended && process.exitValue() == 0, printed);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
