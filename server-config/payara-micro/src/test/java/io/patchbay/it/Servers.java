package io.patchbay.it;

import io.patchbay.spi.DirectoryTree;
import java.nio.file.Path;

/**
 * Servers that tests share, as each start takes about ten seconds. They start when they are asked
 * for first and end with the tests' own process.
 */
final class Servers {
  /** Pages of this origin may use {@link #shared()}. */
  static final int ORIGIN_PORT = Server.freePort();

  /** No image that passes through a server may need more than this. */
  private static final String HEAP = "256m";

  private Servers() {}

  private static final class Shared {
    static final Server SERVER =
        started(
            Server.start(fresh("shared"), "patchbay.cors.origins=http://127.0.0.1:" + ORIGIN_PORT));
  }

  private static final class Local {
    static final Path HOME = fresh("local");
    static final MachineLab MACHINES = new MachineLab(HOME.toAbsolutePath().resolve("stand-ins"));
    static final Server SERVER =
        started(Server.startWithHeap(HEAP, HOME, MACHINES.settings().toArray(String[]::new)));
  }

  private static final class Embedded {
    static final Server SERVER =
        started(
            Server.startWithHeap(
                HEAP,
                fresh("embedded"),
                "patchbay.vpcs.engine=embedded",
                "patchbay.qemu.shutdown-timeout=60"));
  }

  private static Path fresh(String name) {
    Path home = Path.of("target", "home-" + name + "-" + ProcessHandle.current().pid());
    DirectoryTree.delete(home);
    return home;
  }

  private static Server started(Server server) {
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }

  /** With virtual PCs as processes. Tests leave it running. */
  static Server shared() {
    return Shared.SERVER;
  }

  /**
   * The server of one user on the user's own machine, with virtual PCs as processes and with little
   * memory. Tests may end it; whoever asks for it gets it running.
   */
  static Server local() {
    return Local.SERVER.running();
  }

  /**
   * With virtual PCs inside the server, with little memory, and with the first lab as it was made.
   * Tests may end it; whoever asks for it gets it running.
   */
  static Server embedded() {
    return Embedded.SERVER.running();
  }

  /** Machines of {@link #local}, which scripts stand in for. */
  static MachineLab machines() {
    return Local.MACHINES;
  }
}
