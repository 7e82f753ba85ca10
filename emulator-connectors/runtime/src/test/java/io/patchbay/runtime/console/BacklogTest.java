package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog backlog = new Backlog(6);

  private void add(String text) {
    backlog.add(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String take() {
    return new String(backlog.take(), StandardCharsets.US_ASCII);
  }

  @Test
  void keepsTheLastThatFitsAndGivesItOnce() {
    add("abc");
    add("def");
    add("g");
    assertEquals("defg", take());
    assertEquals("", take());
  }
}
