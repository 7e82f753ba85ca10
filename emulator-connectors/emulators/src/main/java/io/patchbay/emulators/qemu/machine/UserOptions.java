package io.patchbay.emulators.qemu.machine;

import io.patchbay.runtime.process.ShellWords;
import io.patchbay.spi.LabException;
import java.util.List;
import java.util.Map;

/** What a user adds to the command line. It is split as a shell would, and no shell sees it. */
public final class UserOptions {
  /** What QEMU has dropped or renamed, and what does the same now. */
  private static final Map<String, List<String>> REPLACED =
      Map.of(
          "-no-kvm", List.of("-machine", "accel=tcg"),
          "-no-hax", List.of("-machine", "accel=tcg"),
          "-enable-hax", List.of());

  private UserOptions() {}

  /**
   * Splits and checks.
   *
   * @param placeholders what {@code %vm-name%} and the like stand for; put in after splitting, so
   *     that what they stand for is never more than one word
   * @param trusted whether the user may name files and devices of this machine
   * @throws LabException (INVALID) if the quotes do not match or an option is not allowed
   */
  public static List<String> of(String text, Map<String, String> placeholders, boolean trusted) {
    List<String> words;
    try {
      words = ShellWords.split(text);
    } catch (IllegalArgumentException unbalanced) {
      throw LabException.invalid("Invalid additional options: " + unbalanced.getMessage());
    }
    List<String> options =
        words.stream()
            .flatMap(word -> REPLACED.getOrDefault(word, List.of(word)).stream())
            .map(word -> filled(word, placeholders))
            .toList();
    if (!trusted) {
      OptionGuard.check(options);
    }
    return options;
  }

  private static String filled(String word, Map<String, String> placeholders) {
    String filled = word;
    if (word.indexOf('%') >= 0) {
      for (Map.Entry<String, String> each : placeholders.entrySet()) {
        filled = filled.replace(each.getKey(), QemuCommandLine.escape(each.getValue()));
      }
    }
    return filled;
  }

  /** Whether the user wants the machine to be emulated in software. */
  public static boolean wantsEmulation(List<String> options) {
    for (int i = 0; i < options.size(); i++) {
      String before = i == 0 ? "" : options.get(i - 1);
      String word = options.get(i);
      if ((before.equals("-machine") || before.equals("-M")) && word.contains("accel=tcg")
          || before.equals("-accel") && word.startsWith("tcg")) {
        return true;
      }
    }
    return false;
  }
}
