package io.patchbay.runtime.console;

import io.patchbay.netstack.PortBinding;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The console port of a node: telnet for any number of clients at once. */
public final class TelnetServer implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  /** Joins a new client to what it will look at. */
  public interface Console {
    ConsoleSession join(Consumer<byte[]> output, Runnable closed);
  }

  private final ServerSocket listener;
  private final Console console;
  private volatile Thread acceptor = Thread.currentThread();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private TelnetServer(ServerSocket listener, Console console) {
    this.listener = listener;
    this.console = console;
  }

  /**
   * Listens.
   *
   * @throws LabException (CONFLICT) if the port is taken
   */
  public static TelnetServer listen(InetSocketAddress address, Console console) {
    ServerSocket listener;
    try {
      listener = PortBinding.patiently(() -> bind(address));
    } catch (IOException taken) {
      throw LabException.conflict(
          "The console cannot listen on port " + address.getPort() + ": " + taken.getMessage());
    }
    TelnetServer server = new TelnetServer(listener, console);
    server.acceptor = Thread.ofVirtual().name("console-" + address.getPort()).start(server::accept);
    return server;
  }

  private static ServerSocket bind(InetSocketAddress address) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(address);
      return listener;
    } catch (IOException taken) {
      listener.close();
      throw taken;
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        Thread.ofVirtual().name("console-client").start(() -> serve(client));
      } catch (IOException closed) {
        // The listener was closed, or the client was gone before it was taken.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      OutputStream out = client.getOutputStream();
      out.write(TelnetBytes.serverGreeting());
      try (ConsoleSession session =
          console.join(data -> write(out, data), () -> ConsoleRelay.closeQuietly(client))) {
        type(client.getInputStream(), session);
      }
    } catch (IOException | LabException gone) {
      // A client that leaves is no event.
    } finally {
      clients.remove(client);
    }
  }

  private static void write(OutputStream out, byte[] data) {
    try {
      out.write(TelnetBytes.escape(data));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static void type(InputStream in, ConsoleSession session) throws IOException {
    TelnetDecoder decoder = new TelnetDecoder(true);
    byte[] buffer = new byte[1024];
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      session.type(decoder.decode(buffer, length));
    }
  }

  /** Cuts every client off; the port goes on listening. */
  public void dropClients() {
    clients.forEach(ConsoleRelay::closeQuietly);
  }

  /** Returns when the port is free again. */
  @Override
  public void close() {
    ConsoleRelay.closeQuietly(listener);
    dropClients();
    try {
      // The socket is gone only once the thread that waits on it has left it.
      acceptor.join(CLOSE_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
