package io.patchbay.testkit;

import io.patchbay.runtime.process.ShellWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the processes of a node, whoever their parent is. */
public final class NodeProcesses {
  private NodeProcesses() {}

  /**
   * Those with this command line, the oldest first; what one has forked has the same.
   *
   * @param commandLine as nodes describe it
   */
  public static List<ProcessHandle> of(String commandLine) {
    return find(commandLine::equals);
  }

  /**
   * Those whose command line has this in it, the oldest first.
   *
   * @param text such as a path that only one node has
   */
  public static List<ProcessHandle> mentioning(String text) {
    return find(line -> line.contains(text));
  }

  private static List<ProcessHandle> find(Predicate<String> wanted) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> wanted.test(commandLine(process.pid())))
          .sorted(Comparator.comparingLong(ProcessHandle::pid))
          .toList();
    }
  }

  private static String commandLine(long pid) {
    try {
      String words = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.UTF_8);
      return ShellWords.join(List.of(words.split("\0")));
    } catch (IOException gone) {
      return "";
    }
  }
}
