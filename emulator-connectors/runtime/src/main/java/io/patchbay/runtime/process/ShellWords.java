package io.patchbay.runtime.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words as a POSIX shell writes them, for people to read and type; no shell is ever run. */
public final class ShellWords {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWords() {}

  /** One line that a shell splits into these words again. */
  public static String join(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\"'\"'") + "'";
  }

  /**
   * Splits at blanks, outside of quotes; a backslash takes the next character as it is. Nothing
   * else means anything.
   *
   * @throws IllegalArgumentException if a quote is not closed or nothing follows a backslash
   */
  public static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && (quote == 0 || escapes(line, i))) {
        i++;
        if (i == line.length()) {
          throw new IllegalArgumentException("nothing follows the last backslash");
        }
        word.append(line.charAt(i));
        inWord = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote is not closed");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /** Inside double quotes a backslash means something only before these. */
  private static boolean escapes(String line, int backslash) {
    return backslash + 1 < line.length() && "\"\\".indexOf(line.charAt(backslash + 1)) >= 0;
  }
}
