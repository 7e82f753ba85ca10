package io.patchbay.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server of the built WARs as a process of its own, which can be killed and started again with
 * its data, its ports and its settings. Starting one takes about ten seconds, so tests share those
 * of {@link Servers} where they can.
 */
final class Server implements AutoCloseable {
  private static final Path FILES = Path.of("target/server").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final String READY = "Patchbay is ready";

  /** Commands of asadmin for the server, in a file of its home. */
  static final String COMMANDS = "postboot.asadmin";

  private static int next;

  private final Path home;
  private final int port;
  private final List<String> settings;
  private final boolean programs;
  private final Optional<String> heap;
  private final Path log;
  private Process process;

  private Server(
      Path home, int port, List<String> settings, boolean programs, Optional<String> heap) {
    this.heap = heap;
    this.home = home.toAbsolutePath();
    this.port = port;
    this.settings = settings;
    this.programs = programs;
    this.log = this.home.resolveSibling(this.home.getFileName() + ".log");
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param home where its data lives; what is there stays
   * @param settings such as {@code patchbay.local=true}; each server has ports of its own by
   *     default, and runs virtual PCs as processes, which most tests are about
   */
  static Server start(Path home, String... settings) {
    return start(home, true, Optional.empty(), settings);
  }

  /**
   * The same with little memory.
   *
   * @param heap such as {@code 256m}
   */
  static Server startWithHeap(String heap, Path home, String... settings) {
    return start(home, true, Optional.of(heap), settings);
  }

  /**
   * The same, but the server finds no program of the machine, as where no emulator is installed.
   */
  static Server startWithoutPrograms(Path home, String... settings) {
    return start(home, false, Optional.empty(), settings);
  }

  private static Server start(
      Path home, boolean programs, Optional<String> heap, String... settings) {
    List<String> all = new ArrayList<>();
    int number = number();
    all.add(
        "patchbay.compute.console-ports=%d-%d"
            .formatted(20000 + number * 1000, 20999 + number * 1000));
    all.add(
        "patchbay.compute.udp-ports=%d-%d".formatted(40000 + number * 2000, 41999 + number * 2000));
    all.add("patchbay.vpcs.engine=process");
    // The last one counts where a setting is there twice.
    all.addAll(List.of(settings));
    String engine =
        all.stream().filter(one -> one.startsWith("patchbay.vpcs.engine=")).toList().getLast();
    boolean named = all.stream().anyMatch(one -> one.startsWith("patchbay.vpcs.path="));
    // Of another engine the path would be the configuration of a program.
    if (engine.endsWith("=process") && !named) {
      all.add("patchbay.vpcs.path=" + Installed.vpcs());
    }
    Server server = new Server(home, freePort(), all, programs, heap);
    try {
      Files.createDirectories(server.home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.launch();
    return server;
  }

  private static synchronized int number() {
    return next++ % 10;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch() {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("--enable-native-access=ALL-UNNAMED");
    // A server of a test is young all its life; compiling it well takes half of its start.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Djdk.virtualThreadScheduler.parallelism=32");
    heap.ifPresent(size -> command.add("-Xmx" + size));
    command.add("-Dpatchbay.home=" + home);
    command.add("-Dpatchbay.http.port=" + port);
    settings.forEach(setting -> command.add("-D" + setting));
    command.addAll(List.of("-jar", FILES.resolve("payara-micro.jar").toString(), "--nocluster"));
    command.addAll(List.of("--prebootcommandfile", bootCommands().toString()));
    Path afterwards = home.resolve(COMMANDS);
    if (Files.exists(afterwards)) {
      command.addAll(List.of("--postbootcommandfile", afterwards.toString()));
    }
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(List.of("--deploy", FILES.resolve("compute-war.war").toString()));
    command.addAll(List.of("--deploy", FILES.resolve("controller-war.war").toString()));
    try {
      Files.deleteIfExists(log);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(log.toFile())
              .redirectErrorStream(true);
      if (!programs) {
        builder.environment().put("PATH", home.resolve("nothing").toString());
      }
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReadyOrClose();
  }

  /** As the run command has them written. */
  private Path bootCommands() {
    if (settings.stream().noneMatch(setting -> setting.startsWith("patchbay.https."))) {
      return FILES.resolve("preboot.asadmin");
    }
    List<String> writer = new ArrayList<>();
    writer.add(java());
    writer.add("-Dpatchbay.home=" + home);
    settings.forEach(setting -> writer.add("-D" + setting));
    Path commands = home.resolve("boot.asadmin");
    writer.addAll(List.of("-classpath", "target/classes", "io.patchbay.payara.BootCommands"));
    writer.addAll(List.of(FILES.resolve("preboot.asadmin").toString(), commands.toString()));
    try {
      Process process = new ProcessBuilder(writer).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new AssertionError("no commands to boot with");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return commands;
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElse("java");
  }

  /** A test that has no server to close must leave nothing behind. */
  private void awaitReadyOrClose() {
    boolean ready = false;
    try {
      awaitReady();
      ready = true;
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady() || !log().contains(READY)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new AssertionError("the server did not start:\n" + log());
      }
      try {
        process.waitFor(100, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Asked from the first moment on, as a supervisor does. */
  private boolean isReady() {
    try {
      HttpURLConnection probe =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/health/ready").toURL().openConnection();
      return probe.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  Api api() {
    return new Api(URI.create("http://127.0.0.1:" + port));
  }

  int port() {
    return port;
  }

  Path home() {
    return home;
  }

  long pid() {
    return process.pid();
  }

  /** Everything that it printed since it was started last. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a power loss would (SIGKILL); what it had started lives on. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end (SIGTERM) and waits until it has. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Starts it anew after {@link #kill} or {@link #stop}, with the same data, port and settings. */
  void restart() {
    launch();
  }

  /** Itself; started anew if it has ended. */
  Server running() {
    if (!process.isAlive()) {
      launch();
    }
    return this;
  }

  /** Waits until it has ended; ends it and fails if that takes too long. */
  void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the server did not end:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the server, and whatever one that was killed and did not come back has left. */
  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
    ProcessHandle.allProcesses()
        .filter(left -> worksBelow(left, home))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Emulators work in the directories of their nodes. */
  private static boolean worksBelow(ProcessHandle process, Path directory) {
    try {
      Path link = Path.of("/proc", Long.toString(process.pid()), "cwd");
      return Files.readSymbolicLink(link).startsWith(directory);
    } catch (IOException notOurs) {
      return false;
    }
  }
}
