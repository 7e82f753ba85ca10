package io.patchbay.runtime.process;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Connects to sockets by which programs are controlled. */
public final class ControlSocket {
  /** Nothing tells when a program begins to listen. */
  private static final Duration RETRY = Duration.ofMillis(10);

  private ControlSocket() {}

  /**
   * Connects as soon as a program listens.
   *
   * @param program how messages call it
   * @param alive whether it runs; if not nothing is waited for
   * @throws IOException if it ends, or does not listen in time
   */
  public static SocketChannel connect(
      String program, SocketAddress address, Duration within, BooleanSupplier alive)
      throws IOException {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      try {
        return SocketChannel.open(address);
      } catch (IOException notYet) {
        if (!alive.getAsBoolean() || System.nanoTime() > deadline) {
          throw new IOException(program + " does not listen on its control socket", notYet);
        }
      }
      try {
        Thread.sleep(RETRY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
