package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog backlog = new Backlog(6);

  private void add(String text) {
    backlog.add(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String content() {
    return new String(backlog.content(), StandardCharsets.US_ASCII);
  }

  @Test
  void keepsTheLastThatFitsUntilItIsCleared() {
    add("abc");
    add("def");
    assertEquals("abcdef", content());
    add("g");
    assertEquals("defg", content());
    backlog.clear();
    assertEquals("", content());
  }

  @Test
  void beginsWithALineIfSomethingIsMissing() {
    add("a\nb");
    assertEquals("a\nb", content());
    add("c\nd");
    add("e");
    assertEquals("de", content());
  }
}
