package io.patchbay.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b  c",
        "'a b' \"c d\"",
        "a'b c'd",
        "\"a\\\"b\\\\c\\d\"",
        "'a\\b'",
        "a\\ b",
        "'' x",
        " "
      })
  void splitsAsAShellDoes(String line) throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh", "-c", "for word in " + line + "; do printf '[%s]\\n' \"$word\"; done")
            .start();
    String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        words.lines().toList(),
        ShellWords.split(line).stream().map(word -> "[" + word + "]").toList());
  }

  @Test
  void whatIsJoinedCanBeSplitAgain() {
    List<String> words = List.of("plain", "two words", "it's", "\"", "", "$(x)", "a,b=c:d");
    assertEquals(words, ShellWords.split(ShellWords.join(words)));
    assertEquals("plain 'two words'", ShellWords.join(words.subList(0, 2)));
  }

  @Test
  void whatIsNotClosedIsRefused() {
    for (String line : List.of("'a", "\"a", "a\\")) {
      assertThrows(IllegalArgumentException.class, () -> ShellWords.split(line));
    }
  }
}
