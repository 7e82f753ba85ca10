package io.patchbay.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The TCP connection that a request came by, as the kernel sees it. The servlet API tells that a
 * client has left to those only who write to it, and who waits for something to write would wait
 * for ever. Known by its ports alone, since of clients with the same port at different addresses
 * the worst that can come is a departure that is noticed later.
 *
 * @param local the port at this side
 * @param remote the client's port
 */
record Connection(int local, int remote) {
  /** The tables of the process's own network, one for each version of IP; on Linux only. */
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final String ESTABLISHED = "01";

  static Connection of(HttpServletRequest request) {
    return new Connection(request.getLocalPort(), request.getRemotePort());
  }

  /** Whether it is open in both directions; false too if that cannot be told here. */
  boolean isOpen() {
    return TABLES.stream().anyMatch(this::isOpenIn);
  }

  private boolean isOpenIn(Path table) {
    try (Stream<String> lines = Files.lines(table)) {
      return lines.skip(1).map(line -> line.strip().split("\\s+")).anyMatch(this::isThis);
    } catch (IOException none) {
      return false;
    }
  }

  private boolean isThis(String[] columns) {
    return columns.length > STATE
        && columns[STATE].equals(ESTABLISHED)
        && port(columns[LOCAL]) == local
        && port(columns[REMOTE]) == remote;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }
}
