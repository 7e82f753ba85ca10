package io.patchbay.runtime.console;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a console printed earlier, for somebody's terminal. */
final class Replay {
  /**
   * Questions to a terminal, which answers by typing: its status and the place of its cursor, its
   * kind, its settings and its colours, see ECMA-48 and xterm's control sequences. They were
   * answered when they were asked.
   */
  private static final Pattern QUESTIONS =
      Pattern.compile(
          "\\x1b\\[[0-9;?>=]*[ncx]"
              + "|\\x1bZ"
              + "|\\x05"
              + "|\\x1b\\[\\?[0-9;]*\\$p"
              + "|\\x1b\\][0-9;]*;\\?(?:\\x07|\\x1b\\\\)"
              + "|\\x1bP[^\\x1b]*\\x1b\\\\");

  private Replay() {}

  /** The same without questions. */
  static byte[] of(byte[] printed) {
    String text = new String(printed, StandardCharsets.ISO_8859_1);
    return QUESTIONS.matcher(text).replaceAll("").getBytes(StandardCharsets.ISO_8859_1);
  }
}
