package io.patchbay.emulators.vpcs.shell;

import java.util.Locale;

/** Where commands print. Lines end with {@code \n}; terminals get what they need. */
@FunctionalInterface
public interface Screen {
  void print(String text);

  default void line(String text) {
    print(text + "\n");
  }

  default void format(String pattern, Object... values) {
    print(String.format(Locale.ROOT, pattern, values));
  }
}
