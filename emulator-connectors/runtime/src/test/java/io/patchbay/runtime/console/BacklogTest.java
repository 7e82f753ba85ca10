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
  void octetByOctetIsKeptToo() {
    Backlog large = new Backlog(6400);
    for (int i = 0; i < 10_000; i++) {
      large.add(new byte[] {(byte) ('a' + i % 26)});
    }
    String kept = new String(large.content(), StandardCharsets.US_ASCII);
    assertEquals(6400, kept.length(), 100);
    assertEquals((char) ('a' + 9_999 % 26), kept.charAt(kept.length() - 1));
    large.clear();
    assertEquals(0, large.content().length);
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
