package io.patchbay.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.netstack.link.TerminalEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell on a terminal. */
class PtyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;
  private final Processes processes = new Processes("pty-test");
  private final Netstack netstack = Netstack.open(new NetstackConfig(1, NetstackConfig.Io.LINUX));

  @AfterEach
  void close() {
    processes.endStrays();
    netstack.close();
  }

  /** What is printed, gathered. */
  private static final class Screen {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);

    synchronized void show(byte[] data) {
      printed.writeBytes(data);
      notifyAll();
    }

    synchronized String text() {
      return printed.toString(StandardCharsets.US_ASCII);
    }

    synchronized void await(String text) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!text().contains(text)) {
        assertTrue(System.nanoTime() < deadline, () -> "printed only: " + text());
        wait(100);
      }
    }
  }

  private EmulatorProcess shell(Pty pty, String script, Map<String, String> environment)
      throws IOException {
    return processes.launch(List.of("/bin/sh", "-c", script), directory, environment, pty);
  }

  private TerminalEnd open(String path, Screen screen) throws IOException {
    return netstack.openTerminal(path, screen::show, screen.ended::countDown);
  }

  @Test
  void programHasATerminalAndNothingElseOfOurs() throws Exception {
    Screen screen = new Screen();
    try (Pty pty = Pty.open();
        TerminalEnd end = open(pty.path(), screen)) {
      EmulatorProcess shell =
          shell(
              pty,
              "tty >/dev/null; [ -t 0 ] && [ -t 1 ] && echo terminal; pwd; echo $MORE;"
                  + " ls /proc/self/fd | wc -l; read line; echo \"<$line>\"; exit 3",
              Map.of("MORE", "variable"));
      screen.await("variable");
      end.type("typed\n".getBytes(StandardCharsets.US_ASCII));
      assertTrue(shell.awaitEnd(PATIENCE));
      end.drain();
      String text = screen.text();
      assertTrue(text.startsWith("terminal\n" + directory + "\nvariable\n"), text);
      // Three, the terminal's other end, and the directory that is listed.
      assertTrue(text.contains("\n5\n<typed>\n"), text);
      assertFalse(shell.isAlive());
    }
  }

  /** As the next server does it: nothing of this one has the terminal open meanwhile. */
  @Test
  void terminalIsThereForAsLongAsTheProgram() throws Exception {
    Screen first = new Screen();
    Pty pty = Pty.open();
    TerminalEnd before = open(pty.path(), first);
    EmulatorProcess shell =
        shell(pty, "echo one; read a; echo $a; read b; echo $b; sleep 100", Map.of());
    first.await("one");
    assertTrue(Pty.isOf(shell.pid(), pty.path()));
    assertFalse(Pty.isOf(shell.pid(), "/dev/pts/99999"));
    before.type("two\n".getBytes(StandardCharsets.US_ASCII));
    before.close();
    pty.close();

    ProcessIdentity identity = shell.identity().orElseThrow();
    Processes next = new Processes("pty-test");
    Optional<EmulatorProcess> adopted = next.adopt(identity);
    Screen second = new Screen();
    try (TerminalEnd after = open(pty.path(), second)) {
      second.await("two");
      after.type("three\n".getBytes(StandardCharsets.US_ASCII));
      second.await("three");
      adopted.orElseThrow().stop(PATIENCE);
      assertTrue(second.ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      after.type("four\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertFalse(shell.isAlive());
  }

  @Test
  void whatCannotBeLaunchedIsSaid() throws IOException {
    Path text = directory.resolve("text");
    Files.writeString(text, "no program");
    try (Pty pty = Pty.open()) {
      for (List<String> command : List.of(List.of("/no/such/program"), List.of(text.toString()))) {
        IOException refused =
            assertThrows(
                IOException.class, () -> processes.launch(command, directory, Map.of(), pty));
        assertTrue(refused.getMessage().contains(command.getFirst()), refused.getMessage());
      }
    }
    assertEquals(0, processes.endStrays());
  }
}
