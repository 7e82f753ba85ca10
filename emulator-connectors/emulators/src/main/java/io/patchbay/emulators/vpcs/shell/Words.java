package io.patchbay.emulators.vpcs.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits command lines as VPCS does: at blanks, slashes and equals signs, quoted text aside. */
public final class Words {
  private static final String SEPARATORS = "=/ \t";
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
  private static final int MAX = 20;

  private Words() {}

  static List<String> of(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length() && words.size() < MAX) {
      int end;
      if (line.charAt(at) == '"') {
        end = line.indexOf('"', at + 1);
        if (end < 0) {
          break;
        }
        at++;
      } else {
        end = at;
        while (end < line.length() && SEPARATORS.indexOf(line.charAt(end)) < 0) {
          end++;
        }
      }
      if (end > at) {
        words.add(line.substring(at, end));
      }
      at = end + 1;
    }
    return words;
  }

  /**
   * A word as it must be typed to be one word. There is no way to type one with both a separator
   * and a quotation mark, so these become apostrophes then.
   */
  public static String quoted(String word) {
    boolean plain =
        !word.startsWith("\"") && word.chars().noneMatch(c -> SEPARATORS.indexOf(c) >= 0);
    return plain ? word : "\"" + word.replace('"', '\'') + "\"";
  }

  /** Whether a word is the beginning of a name. */
  static boolean abbreviates(String word, String name) {
    return name.startsWith(word);
  }

  static boolean isNumber(String word) {
    return word.matches("\\d{1,9}");
  }

  /** The number that a word begins with, as C's {@code atoi} has it; 0 if it begins with none. */
  static int number(String word) {
    Matcher number = NUMBER.matcher(word);
    return number.lookingAt() ? Integer.parseInt(number.group()) : 0;
  }

  static boolean asksForHelp(List<String> words) {
    String last = words.getLast();
    return words.size() > 1 && (last.equals("?") || last.equals("help"));
  }
}
