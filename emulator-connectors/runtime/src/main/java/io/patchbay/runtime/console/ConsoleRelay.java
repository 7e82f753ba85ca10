package io.patchbay.runtime.console;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Shares an emulator's own console, which takes one client, among any number of viewers. It holds
 * that one connection for as long as the emulator runs, takes it up again if the emulator hangs up,
 * and reads all the time: an emulator whose console nobody reads may block. What it prints before
 * anybody looks, such as its banner, is shown to the first viewer at least.
 */
public final class ConsoleRelay implements SharedConsole, AutoCloseable {
  private static final byte[] NOTHING = new byte[0];
  private static final Duration RETRY = Duration.ofMillis(10);
  private static final Duration MOST_RETRY = Duration.ofSeconds(2);

  /**
   * A connection that ends earlier was refused, by whoever answers for an emulator that is gone.
   */
  private static final Duration STEADY = Duration.ofSeconds(1);

  private final SocketAddress upstream;
  private final boolean telnet;
  private final BooleanSupplier alive;
  private final Backoff backoff;
  private final Viewers viewers;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread reader = Thread.ofVirtual().name("console-relay").unstarted(this::read);
  private volatile SocketChannel socket;

  /**
   * Of a console that speaks telnet.
   *
   * @param upstream where the emulator's console listens, on this machine
   * @param alive whether the emulator still runs; if not, nothing is tried again
   */
  public ConsoleRelay(SocketAddress upstream, BooleanSupplier alive) {
    this(upstream, true, alive, new Backoff(RETRY, MOST_RETRY, STEADY));
  }

  /**
   * Of a console whose bytes are what is shown and typed, such as a serial port. Everybody who
   * comes is shown the last of what it printed.
   */
  public static ConsoleRelay plain(UnixDomainSocketAddress upstream, BooleanSupplier alive) {
    return new ConsoleRelay(upstream, false, alive, new Backoff(RETRY, MOST_RETRY, STEADY));
  }

  ConsoleRelay(SocketAddress upstream, boolean telnet, BooleanSupplier alive, Backoff backoff) {
    this.upstream = upstream;
    this.telnet = telnet;
    viewers = new Viewers(this::type, !telnet);
    this.alive = alive;
    this.backoff = backoff;
  }

  /**
   * Connects, waiting for the emulator to listen.
   *
   * @return whether that worked in time; if not the relay is closed
   */
  public boolean open(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (alive.getAsBoolean() && System.nanoTime() < deadline) {
      if (connect()) {
        resume();
        return true;
      }
      Thread.sleep(RETRY);
    }
    close();
    return false;
  }

  /** Connects to an emulator that is there already; returns at once. */
  public void resume() {
    reader.start();
  }

  /** Returns once nothing of the relay runs any more. */
  boolean awaitEnd(Duration within) throws InterruptedException {
    return reader.join(within);
  }

  private boolean connect() {
    SocketChannel fresh;
    try {
      fresh = SocketChannel.open(upstream);
    } catch (IOException refused) {
      return false;
    }
    try {
      if (telnet) {
        fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Channels.newOutputStream(fresh).write(TelnetBytes.clientGreeting());
      }
      socket = fresh;
      return true;
    } catch (IOException hungUp) {
      closeQuietly(fresh);
      return false;
    }
  }

  private void read() {
    try {
      Duration lasted = Duration.ZERO;
      boolean over = false;
      while (!over) {
        if (socket != null) {
          long begin = System.nanoTime();
          pass(socket);
          lasted = Duration.ofNanos(System.nanoTime() - begin);
        }
        over = !alive.getAsBoolean() || closed.await(backoff.after(lasted).toNanos(), NANOSECONDS);
        socket = null;
        if (!over) {
          connect();
          lasted = Duration.ZERO;
          // Closing may have come before there was a connection to close.
          over = closed.getCount() == 0;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private void pass(SocketChannel from) {
    TelnetDecoder decoder = new TelnetDecoder(false);
    byte[] buffer = new byte[4096];
    try (InputStream in = Channels.newInputStream(from)) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        byte[] data = telnet ? decoder.decode(buffer, length) : Arrays.copyOf(buffer, length);
        if (data.length > 0) {
          viewers.show(data);
        }
      }
    } catch (IOException hungUp) {
      // Ends like any other hang-up: connected to again if the emulator lives.
    }
  }

  @Override
  public ConsoleSession join(ConsoleViewer viewer) {
    return viewers.join(viewer, NOTHING);
  }

  /** See {@link Viewers#recordTo}. */
  public void recordTo(Consumer<byte[]> recorder) {
    viewers.recordTo(recorder);
  }

  private void type(byte[] input) {
    SocketChannel to = socket;
    if (to == null || input.length == 0) {
      return;
    }
    synchronized (this) {
      try {
        OutputStream out = Channels.newOutputStream(to);
        out.write(telnet ? TelnetBytes.escape(input) : input);
        out.flush();
      } catch (IOException broken) {
        // The reader notices and connects again.
        closeQuietly(to);
      }
    }
  }

  /** The connection to the emulator stays. */
  @Override
  public void dropViewers() {
    viewers.drop();
  }

  @Override
  public void close() {
    closed.countDown();
    SocketChannel last = socket;
    if (last != null) {
      closeQuietly(last);
    }
    viewers.close();
  }

  static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception ignored) {
      // Nothing is left to be done with it.
    }
  }
}
