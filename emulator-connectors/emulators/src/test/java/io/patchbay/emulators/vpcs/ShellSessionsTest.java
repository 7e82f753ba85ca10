package io.patchbay.emulators.vpcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.emulators.vpcs.shell.IdleTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the command line shows, octet by octet as VPCS 0.8.3 does but for what the docs list, in a
 * time that does not let one wait.
 */
class ShellSessionsTest {
  private final IdleTime time = new IdleTime();
  private TestPc pc;
  private TestPc peer;

  @BeforeEach
  void open(@TempDir Path directory, @TempDir Path elsewhere) {
    peer = new TestPc(time, 3, elsewhere);
    pc = new TestPc(time, 2, directory);
    pc.beginBeside(peer);
  }

  @AfterEach
  void close() {
    pc.close();
    peer.close();
  }

  /**
   * A session: lines that begin with {@code > } are typed, the others are what VPCS 0.8.3 showed,
   * {@link #masked}. The peer is 10.0.0.1 and fd00::1.
   */
  static Stream<String> sessions() throws IOException {
    try (var in = ShellSessionsTest.class.getResourceAsStream("sessions.txt")) {
      return Stream.of(new String(in.readAllBytes()).split("(?m)^=.*\n"))
          .filter(session -> !session.isBlank());
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void showsWhatVpcsShows(String session) {
    StringBuilder shown = new StringBuilder();
    session
        .lines()
        .filter(line -> line.startsWith("> "))
        .forEach(
            line -> {
              String typed = line.substring(2);
              String answer = pc.say(typed);
              assertTrue(answer.startsWith(typed), answer);
              shown.append(line).append('\n').append(plain(answer.substring(typed.length())));
            });
    assertEquals(session, shown.toString());
  }

  /** With T for times and N for other numbers that differ each time. */
  private static String masked(String shown) {
    return shown
        .replaceAll("\\d+\\.\\d{3} ?ms", "T ms")
        .replaceAll("\033\\[32m\\d+\\.\\d+", "\033[32mT")
        .replaceAll("expires in \\d+", "expires in N")
        .replaceAll("\\b(id|sum): [0-9a-f]+", "$1: N")
        .replaceAll("Port: \\d{4,5} ->", "Port: N ->")
        .replaceAll("-> \\d{4,5}\\b", "-> N");
  }

  /** Without the end of the typed line and the prompt's own line, which every answer has. */
  private static String plain(String answer) {
    String lines = answer.replace("\r\n", "\n");
    return masked(lines.replaceFirst("^\n", "").replaceFirst("\r\\S+> $", ""));
  }
}
