package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  private static String replay(String printed) {
    return new String(
        Replay.of(printed.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\033[6n",
        "\033[5n",
        "\033[?6n",
        "\033[c",
        "\033[0c",
        "\033[>c",
        "\033[=c",
        "\033[x",
        "\033Z",
        "\005",
        "\033[?2026$p",
        "\033]11;?\007",
        "\033]4;1;?\033\\",
        "\033P+q544e\033\\"
      })
  void aTerminalIsAskedNothingAgain(String question) {
    assertEquals("before after", replay("before " + question + "after"));
  }

  @Test
  void everythingElseStays() {
    String printed =
        "\033[2J\033[1;31mred\033[0m \033[?25l\033[10;20H\033]0;title\007 5n 6c \u00ff\r\n";
    assertEquals(printed, replay(printed));
  }
}
