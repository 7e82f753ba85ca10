package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Whatever comes in at a console, decoders and editors take it. */
class ConsoleFuzzTest {
  private static final int MAX_LINE = 1024;

  /** Where the stream is cut makes no difference, and what is escaped comes back. */
  @FuzzTest
  void telnetIsDecodedWhereverItIsCut(byte[] octets) {
    for (boolean lineEnds : new boolean[] {true, false}) {
      TelnetDecoder whole = new TelnetDecoder(lineEnds);
      TelnetDecoder parts = new TelnetDecoder(lineEnds);
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      for (byte octet : octets) {
        joined.writeBytes(parts.decode(new byte[] {octet}, 1));
      }
      byte[] data = whole.decode(octets, octets.length);
      assertArrayEquals(data, joined.toByteArray());
      TelnetDecoder back = new TelnetDecoder(false);
      byte[] escaped = TelnetBytes.escape(data);
      assertArrayEquals(data, back.decode(escaped, escaped.length), "escaped and decoded");
    }
  }

  @FuzzTest
  void anyKeyIsTaken(byte[] keys) {
    LineEditor editor = new LineEditor(new History(), text -> {});
    for (byte key : keys) {
      editor.key(key & 0xff).ifPresent(ConsoleFuzzTest::requirePlain);
      requirePlain(editor.text());
    }
  }

  private static void requirePlain(String line) {
    assertTrue(line.length() <= MAX_LINE);
    assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
  }

  @FuzzTest
  void aCommandLineGoesOn(byte[] keys) {
    CommandConsole console = new CommandConsole("", new Echo());
    try (ConsoleSession session = console.join(output -> {}, () -> {})) {
      session.type(keys);
    }
    console.close();
  }

  private static final class Echo implements CommandConsole.Commands {
    @Override
    public String prompt() {
      return "> ";
    }

    @Override
    public Optional<String> run(String line) {
      return Optional.of(line);
    }
  }
}
