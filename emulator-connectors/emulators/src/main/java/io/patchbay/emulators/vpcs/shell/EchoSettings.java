package io.patchbay.emulators.vpcs.shell;

import java.util.List;
import java.util.Locale;

/** How scripts and the command {@code echo} show text. */
final class EchoSettings {
  private static final List<String> COLORS =
      List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");
  private static final String RESET = "\033[0m";

  private boolean on;
  private int foreground = -1;
  private int background = -1;

  boolean isOn() {
    return on;
  }

  /** Prints what follows the first blank as it is, without ending the line. */
  void print(Screen screen, String line) {
    int blank = line.indexOf(' ') < 0 ? line.indexOf('\t') : line.indexOf(' ');
    String text = blank < 0 ? "" : line.substring(blank + 1);
    if (foreground < 0) {
      screen.print(text);
    } else {
      String more = background < 0 ? "" : ";" + (40 + background);
      screen.print("\033[" + (30 + foreground) + more + "m" + text + RESET);
    }
  }

  /**
   * Changes settings.
   *
   * @param words behind {@code set echo}
   */
  void change(List<String> words) {
    int color = words.getFirst().equalsIgnoreCase("color") ? 0 : 1;
    if (color == 1) {
      on =
          words.getFirst().equalsIgnoreCase("on")
              || on && !words.getFirst().equalsIgnoreCase("off");
    }
    boolean hasColor = words.size() > color + 1 && words.get(color).equalsIgnoreCase("color");
    if (hasColor) {
      foreground = number(words.get(color + 1));
      if (words.size() > color + 2) {
        background = number(words.get(color + 2));
      } else if (words.get(color + 1).equalsIgnoreCase("clear")) {
        background = -1;
      }
    }
  }

  private static int number(String color) {
    return COLORS.indexOf(color.toLowerCase(Locale.ROOT));
  }

  void show(Screen screen) {
    screen.line("\nEcho \033[1m" + (on ? "On" : "Off") + RESET);
    screen.line("Foreground color: " + name(foreground));
    screen.line("Background color: " + name(background));
  }

  private static String name(int color) {
    return color < 0 ? "default" : COLORS.get(color);
  }
}
