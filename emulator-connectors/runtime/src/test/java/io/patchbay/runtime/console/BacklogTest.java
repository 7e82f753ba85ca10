package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.spi.ConsoleViewer.Past;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog backlog = new Backlog(6, 1000);

  private void add(String text) {
    backlog.add(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String content() {
    return new String(backlog.content(), StandardCharsets.US_ASCII);
  }

  @Test
  void keepsTheLastThatFits() {
    add("abc");
    add("def");
    assertEquals("abcdef", content());
    add("g");
    assertEquals("defg", content());
  }

  @Test
  void octetByOctetIsKeptToo() {
    Backlog large = new Backlog(6400, 0);
    for (int i = 0; i < 10_000; i++) {
      large.add(new byte[] {(byte) ('a' + i % 26)});
    }
    String kept = new String(large.content(), StandardCharsets.US_ASCII);
    assertEquals(6400, kept.length(), 100);
    assertEquals((char) ('a' + 9_999 % 26), kept.charAt(kept.length() - 1));
  }

  @Test
  void beginsWithALineIfSomethingIsMissing() {
    add("a\nb");
    assertEquals("a\nb", content());
    add("c\nd");
    add("e");
    assertEquals("de", content());
  }

  private String since(long position) {
    byte[] missed = backlog.since(position);
    assertEquals(missed.length, backlog.past(position, missed.length).length());
    return new String(missed, StandardCharsets.US_ASCII);
  }

  @Test
  void whoKnowsAPartGetsTheRest() {
    assertEquals("", since(0));
    assertEquals(new Past(1000, 0, 0), backlog.past(0, 0));
    add("abcd");
    assertEquals("abcd", since(0));
    assertEquals("cd", since(1002));
    assertEquals(new Past(1002, 2, 0), backlog.past(1002, 2));
    assertEquals("", since(1004));
    assertEquals("abcd", since(9999), "of a console that had printed more");
  }

  @Test
  void whoMissedMoreThanIsKeptIsToldHowMuch() {
    add("ab\n");
    add("cdef");
    assertEquals("cdef", since(1001));
    assertEquals(new Past(1003, 4, 2), backlog.past(1001, 4));
    assertEquals("f", since(1006));
    add("\nghi");
    assertEquals("ghi", since(1005), "from the beginning of a line on");
    assertEquals(new Past(1008, 3, 3), backlog.past(1005, 3));
    assertEquals(new Past(1008, 3, 8), backlog.past(0, 3));
  }
}
