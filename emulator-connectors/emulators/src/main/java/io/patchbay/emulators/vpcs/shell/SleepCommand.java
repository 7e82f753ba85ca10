package io.patchbay.emulators.vpcs.shell;

import java.time.Duration;
import java.util.List;

/** {@code sleep [seconds] [text]}: shows a text and waits, or waits for a key. */
final class SleepCommand {
  private SleepCommand() {}

  static void run(Shell shell, List<String> words) throws InterruptedException {
    boolean timed = words.size() > 1 && Words.isNumber(words.get(1));
    int seconds = timed ? Words.number(words.get(1)) : 0;
    if (words.size() > 1) {
      String text = String.join(" ", words.subList(timed ? 2 : 1, words.size()));
      shell.screen().line(text.isEmpty() ? "" : text + " ");
    } else {
      shell.screen().line("Press any key to continue");
    }
    if (seconds == 0) {
      shell.keyboard().awaitKey();
    } else {
      shell.host().pause(Duration.ofSeconds(seconds));
    }
  }
}
