package io.patchbay.emulators.vpcs;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.console.ConsoleRelay;
import io.patchbay.runtime.port.PortPool;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A running VPCS process: its frames, its console, and the ports that it takes. */
final class VpcsConnection {
  // Long, since a hundred that start at once share the processors; an exit is noticed at once.
  private static final Duration CONSOLE_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
  private static final String LOG_FILE = "vpcs.log";

  private final List<Runnable> giveBack = new ArrayList<>();
  private final List<String> command;
  private final EmulatorProcess process;
  private final ConsoleRelay console;
  private final LinkEnd link;

  /**
   * Launches VPCS and waits until its console answers.
   *
   * @throws LabException (CONFLICT) with what VPCS printed if it does not come up; nothing is left
   *     then
   */
  VpcsConnection(ResourceAdapter adapter, VpcsProgram program, Path directory, int macOffset) {
    try {
      int consolePort = leased(adapter.consolePorts(), adapter.consolePorts().lease());
      int vpcsPort = leaseVpcsPort(adapter.udpPorts(), program);
      int ownPort = leased(adapter.udpPorts(), adapter.udpPorts().lease());
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      link =
          adapter
              .netstack()
              .openUdp(
                  new InetSocketAddress(loopback, ownPort),
                  new InetSocketAddress(loopback, vpcsPort));
      giveBack.add(link::close);
      command =
          program.command(
              consolePort,
              vpcsPort,
              ownPort,
              macOffset,
              Files.exists(directory.resolve(VpcsNode.STARTUP_FILE)));
      process = EmulatorProcess.launch(command, directory, directory.resolve(LOG_FILE));
      giveBack.add(() -> process.stop(STOP_PATIENCE));
      console = new ConsoleRelay(new InetSocketAddress(loopback, consolePort), process::isAlive);
      giveBack.add(console::close);
      if (!console.open(CONSOLE_PATIENCE)) {
        throw LabException.conflict(
            "VPCS did not start: " + EmulatorProcess.tail(directory.resolve(LOG_FILE), 500));
      }
      process.noteChildren();
    } catch (IOException e) {
      close();
      throw LabException.conflict("VPCS cannot be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw LabException.conflict("VPCS was not started: the server stops");
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private int leased(PortPool pool, int port) {
    giveBack.add(() -> pool.release(port));
    return port;
  }

  /** A VPCS that relays also binds a second port, which must be free as well. */
  private int leaseVpcsPort(PortPool pool, VpcsProgram program) {
    if (!program.relays()) {
      return leased(pool, pool.lease());
    }
    List<Integer> unfit = new ArrayList<>();
    try {
      while (true) {
        int port = pool.lease();
        var relay = pool.leaseExactly(port + VpcsProgram.RELAY_OFFSET);
        if (relay.isPresent()) {
          leased(pool, relay.getAsInt());
          return leased(pool, port);
        }
        unfit.add(port);
      }
    } finally {
      unfit.forEach(pool::release);
    }
  }

  String commandLine() {
    return String.join(" ", command);
  }

  ConsoleRelay console() {
    return console;
  }

  /** Where the frames of the virtual PC's port come and go. */
  LinkEnd link() {
    return link;
  }

  void onExit(Runnable action) {
    process.onExit(action);
  }

  /** Ends the process and gives everything back; returns when that is done. */
  void close() {
    for (Runnable undo : giveBack.reversed()) {
      undo.run();
    }
    giveBack.clear();
  }
}
