package io.patchbay.emulators.vm;

import io.patchbay.emulators.device.ConsoleLine;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.console.ConsoleRelay;
import io.patchbay.runtime.log.ConsoleLog;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The first serial port of a machine: a Unix socket that its manager listens on. Changes come under
 * the node's lock; viewers come to the {@link #line} at any time.
 */
public final class SerialConsole {
  private final ConsoleLine line;
  private final ConsoleLog log;
  private final Path pipe;
  private Optional<ConsoleRelay> relay = Optional.empty();

  /**
   * @param host where it listens
   * @param pipe the Unix socket
   */
  public SerialConsole(InetAddress host, ConsolePort port, ConsoleLog log, Path pipe) {
    this.line = new ConsoleLine(host, port);
    this.log = log;
    this.pipe = pipe;
  }

  /** As people come to it. */
  ConsoleLine line() {
    return line;
  }

  public ConsolePort port() {
    return line.port();
  }

  /** What it printed. */
  public ConsoleLog log() {
    return log;
  }

  /**
   * Where the manager is to listen; empty if the node has no console. What an earlier machine has
   * left there is removed: nothing listens where a file is.
   */
  public Optional<Path> preparePipe() {
    try {
      Files.deleteIfExists(pipe);
    } catch (IOException e) {
      throw LabException.conflict("The console's socket cannot be removed: " + e.getMessage());
    }
    return port().listening().isPresent() ? Optional.of(pipe) : Optional.empty();
  }

  /**
   * Opens it for a machine that runs; it is connected to as soon as the manager listens.
   *
   * @param alive whether the machine still runs
   * @throws LabException (CONFLICT) if the port is taken
   */
  void open(BooleanSupplier alive) {
    if (port().listening().isEmpty()) {
      return;
    }
    ConsoleRelay serial = ConsoleRelay.plain(UnixDomainSocketAddress.of(pipe), alive);
    line.open(serial);
    serial.recordTo(log::append);
    serial.resume();
    relay = Optional.of(serial);
  }

  void close() {
    relay.ifPresent(ConsoleRelay::close);
    relay = Optional.empty();
    line.close();
  }
}
