package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.function.Consumer;

/** A viewer with a connection of its own to a console that takes several, such as VNC's. */
public final class TcpConsole implements ConsoleSession {
  private static final int PATIENCE_MS = 5000;

  private final Socket socket;

  private TcpConsole(Socket socket) {
    this.socket = socket;
  }

  /**
   * @param output is given what comes, unchanged, from a thread of its own
   * @param closed runs once when the console hangs up
   * @throws LabException (CONFLICT) if nothing listens there
   */
  public static TcpConsole connect(
      InetSocketAddress address, Consumer<byte[]> output, Runnable closed) {
    Socket socket = new Socket();
    try {
      socket.connect(address, PATIENCE_MS);
      socket.setTcpNoDelay(true);
    } catch (IOException refused) {
      ConsoleRelay.closeQuietly(socket);
      throw LabException.conflict("The console does not answer: " + refused.getMessage());
    }
    Thread.ofVirtual().name("console-viewer").start(() -> pass(socket, output, closed));
    return new TcpConsole(socket);
  }

  private static void pass(Socket socket, Consumer<byte[]> output, Runnable closed) {
    byte[] buffer = new byte[16 * 1024];
    try (InputStream in = socket.getInputStream()) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        output.accept(Arrays.copyOf(buffer, length));
      }
    } catch (IOException | UncheckedIOException gone) {
      // Either side may leave.
    } finally {
      closed.run();
    }
  }

  @Override
  public void type(byte[] input) {
    try {
      socket.getOutputStream().write(input);
    } catch (IOException gone) {
      close();
    }
  }

  @Override
  public void close() {
    ConsoleRelay.closeQuietly(socket);
  }
}
