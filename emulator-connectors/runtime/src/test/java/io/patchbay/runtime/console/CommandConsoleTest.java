package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CommandConsoleTest {
  private final StringBuilder shown = new StringBuilder();
  private final AtomicInteger closed = new AtomicInteger();
  private final CommandConsole console =
      new CommandConsole(
          "Hello",
          new CommandConsole.Commands() {
            @Override
            public String prompt() {
              return "> ";
            }

            @Override
            public Optional<String> run(String line) {
              return line.equals("exit") ? Optional.empty() : Optional.of("<" + line + ">\n");
            }
          });
  private final ConsoleSession session =
      console.join(
          output -> shown.append(new String(output, StandardCharsets.UTF_8)),
          closed::incrementAndGet);

  private String type(String keys) {
    shown.setLength(0);
    session.type(keys.getBytes(StandardCharsets.ISO_8859_1));
    return shown.toString();
  }

  @Test
  void greetsEachViewer() {
    assertEquals("Hello\r\n> ", shown.toString());
  }

  @Test
  void echoesAndAnswersEveryLineThatIsPasted() {
    assertEquals("one\r\n<one>\r\n> two\r\n<two>\r\n> ", type("one\rtwo\r\n"));
    assertEquals("\r\n> ", type("\r"));
  }

  @Test
  void keysEditTheLine() {
    assertTrue(type("abc\b\u007fx\r").endsWith("<ax>\r\n> "));
    assertTrue(type("wrong\u0015right\r").endsWith("<right>\r\n> "));
    assertTrue(type("gone\u0003").endsWith("^C\r\n> "));
    assertTrue(type("here\r").endsWith("<here>\r\n> "), "nothing of the line given up is left");
    assertTrue(type("bd\u001b[Dc\u001bOHa\u001b[Fe\r").endsWith("<abcde>\r\n> "));
    assertTrue(type("abxy\u001b[D\u001b[3~\u001b[1;5P\b\u000b\u0001_\r").endsWith("<_ab>\r\n> "));
    assertFalse(type("\b\b").contains("\b"), "there is nothing to take back");
  }

  @Test
  void arrowsBringLinesBackThatBeginAsWhatIsTyped() {
    type("one\rother\rtwo\r");
    assertTrue(type("\u001b[A\r").endsWith("<two>\r\n> "));
    assertTrue(type("o\u001b[A\u001b[A\r").endsWith("<one>\r\n> "));
    assertTrue(type("o\u001b[A\u001b[A\u001b[A\u001b[B\u001b[B\u001b[B\r").endsWith("<o>\r\n> "));
  }

  @Test
  void lineHasAnEnd() {
    String answer = type("x".repeat(5000) + "\r");
    assertTrue(answer.contains("<" + "x".repeat(1024) + ">"), answer);
  }

  @Test
  void leavingEndsTheSessionOnce() {
    type("exit\rmore\r");
    assertEquals(1, closed.get());
    assertEquals("", type("more\r"));
    session.close();
    console.close();
    assertEquals(1, closed.get());
  }

  @Test
  void controlDLeavesOnlyOnAnEmptyLine() {
    type("x\u0004");
    assertEquals(0, closed.get());
    type("\u0003\u0004");
    assertEquals(1, closed.get());
  }
}
