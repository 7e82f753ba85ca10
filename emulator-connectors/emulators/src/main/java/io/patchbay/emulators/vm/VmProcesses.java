package io.patchbay.emulators.vm;

import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.runtime.process.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the processes that managers run machines in. They are no children of this server, so the
 * only way to know one is by its command line; there is none where there is no proc(5).
 */
public final class VmProcesses {
  private VmProcesses() {}

  /**
   * Takes over the process of a machine, so that its end is noticed.
   *
   * @param machine tells by a command line whether it is the machine's
   */
  public static Optional<EmulatorProcess> find(
      Processes processes, Predicate<List<String>> machine) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(ProcessHandle::pid)
          .filter(pid -> isMachine(commandLine(pid), machine))
          .flatMap(pid -> ProcessIdentity.of(pid).stream())
          .flatMap(identity -> processes.adopt(identity).stream())
          .findFirst();
    }
  }

  /** What has no words is a thread of the kernel, or has ended. */
  private static boolean isMachine(List<String> words, Predicate<List<String>> machine) {
    return !words.isEmpty() && machine.test(words);
  }

  private static List<String> commandLine(long pid) {
    try {
      String words = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.UTF_8);
      return List.of(words.split("\0"));
    } catch (IOException goneOrNoText) {
      return List.of();
    }
  }
}
