package io.patchbay.emulators.vpcs.shell;

import java.util.List;

/**
 * A command of the shell.
 *
 * @param name as it is listed; any beginning of it will do
 * @param alias the command that it is short for: put in front of the words; empty if it is none
 * @param help its text; empty if it has none
 */
record Command(String name, String alias, String help, Action action) {
  /** What a command does; it may wait, and is interrupted by Ctrl-C. */
  @FunctionalInterface
  interface Action {
    void run(Shell shell, List<String> words) throws InterruptedException;
  }
}
