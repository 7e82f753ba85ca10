package io.patchbay.runtime.console;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Edits a line as a terminal shows it: cursor keys, history, and the usual control keys. Driven key
 * by key; not for several threads.
 */
public final class LineEditor {
  private static final int MAX_LENGTH = 1024;
  private static final int ESCAPE = 27;
  private static final String ERASE_TO_END = "\033[K";

  private final History history;
  private final Consumer<String> screen;
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder sequence = new StringBuilder();
  private int cursor;
  private boolean afterReturn;
  private int shown = -1;
  private String wanted = "";

  /**
   * @param screen where the line is shown as it changes; its end is not
   */
  public LineEditor(History history, Consumer<String> screen) {
    this.history = history;
    this.screen = screen;
  }

  /** What is typed so far. */
  public String text() {
    return line.toString();
  }

  /**
   * Takes a key.
   *
   * @return the line, once it is complete; empty text if it was given up
   */
  public Optional<String> key(int octet) {
    boolean second = afterReturn && octet == '\n';
    afterReturn = octet == '\r';
    if (second) {
      return Optional.empty();
    }
    if (!sequence.isEmpty() || octet == ESCAPE) {
      escape((char) octet);
      return Optional.empty();
    }
    switch (octet) {
      case '\r', '\n' -> {
        return Optional.of(take());
      }
      case Keys.CTRL_C -> {
        clear();
        return Optional.of("");
      }
      case 8, 127 -> delete(cursor - 1);
      case Keys.CTRL_A -> move(0);
      case Keys.CTRL_E -> move(line.length());
      case Keys.CTRL_D -> delete(cursor);
      case Keys.CTRL_K -> replace(line.substring(0, cursor));
      case Keys.CTRL_U -> replace("");
      case Keys.CTRL_P -> older();
      case Keys.CTRL_N -> newer();
      default -> type(octet);
    }
    return Optional.empty();
  }

  private String take() {
    String text = line.toString().strip();
    clear();
    if (!text.isEmpty()) {
      history.add(text);
    }
    return text;
  }

  private void clear() {
    line.setLength(0);
    cursor = 0;
    shown = -1;
  }

  private void escape(char key) {
    sequence.append(key);
    String keys = sequence.toString();
    boolean open =
        keys.length() == 1
            || keys.length() == 2 && (key == '[' || key == 'O')
            || keys.length() < 8 && (Character.isDigit(key) || key == ';');
    if (open) {
      return;
    }
    sequence.setLength(0);
    switch (keys.substring(1)) {
      case "[A", "OA" -> older();
      case "[B", "OB" -> newer();
      case "[C", "OC" -> move(Math.min(line.length(), cursor + 1));
      case "[D", "OD" -> move(Math.max(0, cursor - 1));
      case "[H", "OH", "[1~", "[7~" -> move(0);
      case "[F", "OF", "[4~", "[8~" -> move(line.length());
      case "[3~" -> delete(cursor);
      default -> {}
    }
  }

  private void type(int octet) {
    if (octet < ' ' || octet > '~' || line.length() >= MAX_LENGTH) {
      return;
    }
    shown = -1;
    line.insert(cursor++, (char) octet);
    screen.accept(line.substring(cursor - 1) + "\b".repeat(line.length() - cursor));
  }

  private void delete(int at) {
    if (at < 0 || at >= line.length()) {
      return;
    }
    shown = -1;
    move(at);
    line.deleteCharAt(at);
    screen.accept(line.substring(at) + " " + "\b".repeat(line.length() - at + 1));
  }

  private void move(int to) {
    screen.accept(to < cursor ? "\b".repeat(cursor - to) : line.substring(cursor, to));
    cursor = to;
  }

  private void replace(String text) {
    move(0);
    line.setLength(0);
    line.append(text);
    cursor = text.length();
    screen.accept(text + ERASE_TO_END);
  }

  /** Goes back to older lines that begin as what was typed. */
  private void older() {
    if (shown < 0) {
      wanted = line.toString();
    }
    int from = shown < 0 ? history.size() : shown;
    int found = history.before(from, wanted);
    if (found >= 0) {
      shown = found;
      replace(history.get(found));
    }
  }

  private void newer() {
    if (shown >= 0) {
      int found = history.after(shown, wanted);
      shown = found;
      replace(found < 0 ? wanted : history.get(found));
    }
  }
}
