package io.patchbay.runtime.console;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes lines of what is typed at a terminal, and echoes it: backspace takes the last character
 * back, Ctrl-U the line, Ctrl-C gives it up, Ctrl-D on an empty line leaves. Keys that send more
 * than a character, such as arrows, do nothing. Not for several threads.
 */
final class LineEditor {
  /** What Ctrl-D stands for. */
  static final String EXIT = "exit";

  private static final int MAX_LENGTH = 200;
  private static final int CTRL_C = 3;
  private static final int CTRL_D = 4;
  private static final int BACKSPACE = 8;
  private static final int CTRL_U = 21;
  private static final int ESCAPE = 27;
  private static final int DELETE = 127;

  private enum Key {
    PLAIN,
    ESCAPE,
    SEQUENCE
  }

  private final StringBuilder line = new StringBuilder();
  private final Consumer<String> echo;
  private Key key = Key.PLAIN;
  private boolean afterReturn;

  /**
   * @param echo shows text on the terminal; line ends are {@code \n}
   */
  LineEditor(Consumer<String> echo) {
    this.echo = echo;
  }

  /** Takes a character; the line if that was its end. */
  Optional<String> type(char typed) {
    boolean rest = afterReturn && typed == '\n';
    afterReturn = typed == '\r';
    if (rest || isPartOfKey(typed)) {
      return Optional.empty();
    }
    switch (typed) {
      case '\r', '\n' -> {
        echo.accept("\n");
        return taken();
      }
      case CTRL_C -> {
        line.setLength(0);
        echo.accept("^C\n");
        return Optional.of("");
      }
      case CTRL_D -> {
        if (line.isEmpty()) {
          line.append(EXIT);
          return taken();
        }
      }
      case CTRL_U -> erase(line.length());
      case BACKSPACE, DELETE -> erase(Math.min(1, line.length()));
      default -> {
        if (typed >= ' ' && line.length() < MAX_LENGTH) {
          line.append(typed);
          echo.accept(Character.toString(typed));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> taken() {
    String whole = line.toString();
    line.setLength(0);
    return Optional.of(whole);
  }

  private void erase(int characters) {
    line.setLength(line.length() - characters);
    echo.accept("\b \b".repeat(characters));
  }

  /** ESC [ ... letter, as ECMA-48 has it. */
  private boolean isPartOfKey(char typed) {
    switch (key) {
      case ESCAPE -> key = typed == '[' || typed == 'O' ? Key.SEQUENCE : Key.PLAIN;
      case SEQUENCE -> key = typed >= '@' && typed <= '~' ? Key.PLAIN : Key.SEQUENCE;
      case PLAIN -> {
        if (typed != ESCAPE) {
          return false;
        }
        key = Key.ESCAPE;
      }
    }
    return true;
  }
}
