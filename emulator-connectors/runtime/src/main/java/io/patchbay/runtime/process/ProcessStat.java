package io.patchbay.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc/PID/stat} tells of a process, see proc(5).
 *
 * @param state its letter, such as {@code Z} for a zombie
 * @param session id of its session: the pid of the process that began it
 * @param startTime in clock ticks since the machine came up
 */
record ProcessStat(char state, long session, long startTime) {
  // Counted from the state, which is field 3 of the manual page.
  private static final int STATE = 0;
  private static final int SESSION = 3;
  private static final int START_TIME = 19;

  /** Empty if there is no such process. */
  static Optional<ProcessStat> of(long pid) {
    try {
      // The name of the program is in parentheses and may hold anything, so what follows it counts.
      String line =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return Optional.of(
          new ProcessStat(
              fields[STATE].charAt(0),
              Long.parseLong(fields[SESSION]),
              Long.parseLong(fields[START_TIME])));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  boolean isRunning() {
    return state != 'Z' && state != 'X';
  }
}
