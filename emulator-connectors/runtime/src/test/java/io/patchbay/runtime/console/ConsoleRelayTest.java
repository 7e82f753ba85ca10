package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With an emulator's console that the test plays itself. */
class ConsoleRelayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private ServerSocket emulator;
  private volatile boolean alive = true;
  private ConsoleRelay relay;

  @BeforeEach
  void listen() throws IOException {
    emulator = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    emulator.setSoTimeout((int) PATIENCE.toMillis());
    relay = new ConsoleRelay(upstream(), () -> alive);
  }

  private InetSocketAddress upstream() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), emulator.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    emulator.close();
  }

  private Socket accept() throws IOException {
    Socket socket = emulator.accept();
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.getInputStream().readNBytes(TelnetBytes.clientGreeting().length);
    return socket;
  }

  private static final class Screen {
    private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    void show(byte[] data) {
      for (byte octet : data) {
        shown.add(Character.toString(octet));
      }
    }

    String read(int characters) throws InterruptedException {
      StringBuilder text = new StringBuilder();
      while (text.length() < characters) {
        String next = shown.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("shown only: " + text);
        }
        text.append(next);
      }
      return text.toString();
    }

    void awaitClosed() throws InterruptedException {
      assertTrue(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  private ConsoleSession join(Screen screen) {
    return relay.join(screen::show, screen.closed::countDown);
  }

  private static void print(Socket console, String text) throws IOException {
    console.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void allViewersSeeWhatIsPrintedAndAnyMayType() throws Exception {
    assertTrue(relay.open(PATIENCE));
    Screen one = new Screen();
    Screen two = new Screen();
    try (Socket console = accept();
        ConsoleSession first = join(one);
        ConsoleSession second = join(two)) {
      print(console, "\u00ff\u00fb\u0001hello");
      assertEquals("hello", one.read(5));
      assertEquals("hello", two.read(5));
      first.type("abc".getBytes(StandardCharsets.ISO_8859_1));
      second.type(new byte[] {(byte) 0xff});
      byte[] typed = console.getInputStream().readNBytes(5);
      assertTrue(
          Arrays.equals(new byte[] {'a', 'b', 'c', (byte) 0xff, (byte) 0xff}, typed),
          Arrays.toString(typed));
    }
  }

  @Test
  void oneWhoLeavesOrReadsSlowlyDelaysNobody() throws Exception {
    assertTrue(relay.open(PATIENCE));
    CountDownLatch stuck = new CountDownLatch(1);
    Screen quick = new Screen();
    try (Socket console = accept()) {
      relay.join(
          data -> {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          },
          () -> {});
      join(new Screen()).close();
      ConsoleSession session = join(quick);
      print(console, "hello");
      assertEquals("hello", quick.read(5));
      session.close();
      quick.awaitClosed();
    } finally {
      stuck.countDown();
    }
  }

  @Test
  void emulatorThatHangsUpIsConnectedToAgain() throws Exception {
    assertTrue(relay.open(PATIENCE));
    accept().close();
    Screen screen = new Screen();
    try (Socket again = accept()) {
      join(screen);
      print(again, "back");
      assertEquals("back", screen.read(4));
    }
  }

  @Test
  void whatWasPrintedBeforeAnybodyLookedIsShownToTheFirst() throws Exception {
    assertTrue(relay.open(PATIENCE));
    try (Socket console = accept()) {
      print(console, "banner ");
      Screen first = new Screen();
      join(first);
      print(console, "now");
      assertEquals("banner now", first.read(10));
      Screen second = new Screen();
      join(second);
      print(console, "on");
      assertEquals("on", second.read(2));
    }
  }

  @Test
  void emulatorThatKeepsHangingUpIsLeftAloneUntilTheRelayCloses() throws Exception {
    Duration forEver = Duration.ofDays(1);
    relay = new ConsoleRelay(upstream(), true, () -> alive, new Backoff(forEver, forEver, forEver));
    assertTrue(relay.open(PATIENCE));
    accept().close();
    emulator.setSoTimeout(200);
    assertThrows(SocketTimeoutException.class, this::accept);
    relay.close();
    assertTrue(relay.awaitEnd(PATIENCE), "the relay still waits");
  }

  @Test
  void endOfTheEmulatorCutsViewersOff() throws Exception {
    assertTrue(relay.open(PATIENCE));
    Socket console = accept();
    Screen screen = new Screen();
    join(screen);
    alive = false;
    console.close();
    screen.awaitClosed();
    Screen late = new Screen();
    join(late);
    late.awaitClosed();
  }

  @Test
  void emulatorThatEndsBeforeItListensIsGivenUp() throws Exception {
    emulator.close();
    alive = false;
    assertFalse(relay.open(PATIENCE));
  }
}
