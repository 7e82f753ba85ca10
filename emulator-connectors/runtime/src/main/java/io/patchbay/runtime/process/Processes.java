package io.patchbay.runtime.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * The programs of a compute. Each has an environment variable that names the compute, and so have
 * the programs that it starts itself: by that they are found, whoever their parent is now.
 */
public final class Processes {
  private static final String VARIABLE = "PATCHBAY_RUN";
  private static final String FAMILY_VARIABLE = "PATCHBAY_FAMILY";
  private static final Optional<Path> SETSID = Programs.find("setsid");

  private final String mark;

  /**
   * A program and all that it starts; some begin sessions of their own, so sessions do not tell.
   */
  private final Set<String> families = ConcurrentHashMap.newKeySet();

  /**
   * @param mark names the compute; the same for a later server that is to find the programs
   */
  public Processes(String mark) {
    this.mark = mark;
  }

  /**
   * Launches a program.
   *
   * @param directory exists
   * @param log receives what the program prints; begun anew
   * @throws IOException if it cannot be launched
   */
  public EmulatorProcess launch(List<String> command, Path directory, Path log) throws IOException {
    List<String> line = new ArrayList<>();
    // Without its own session a Ctrl-C in the server's terminal would hit the emulator too.
    SETSID.ifPresent(setsid -> line.add(setsid.toString()));
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(log.toFile())
            .redirectErrorStream(true);
    String family = UUID.randomUUID().toString();
    builder.environment().put(VARIABLE, mark);
    builder.environment().put(FAMILY_VARIABLE, family);
    families.add(family);
    try {
      Process process = builder.start();
      return watched(process.toHandle(), process.onExit(), family);
    } catch (IOException failed) {
      families.remove(family);
      throw failed;
    }
  }

  /**
   * Launches a program on a terminal.
   *
   * @param directory exists
   * @param more environment variables beside those of this server
   * @param pty may be closed once the program has ended
   * @throws IOException if it cannot be launched; the message says why
   */
  public EmulatorProcess launch(
      List<String> command, Path directory, Map<String, String> more, Pty pty) throws IOException {
    String family = UUID.randomUUID().toString();
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(more);
    environment.put(VARIABLE, mark);
    environment.put(FAMILY_VARIABLE, family);
    families.add(family);
    try {
      long pid = Spawn.launch(command, directory, environment, pty);
      // Nobody has waited for it yet, so the pid is still its own, even if it has ended.
      ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
      return watched(handle, ExitWatch.ofChild(pid), family);
    } catch (LinkageError old) {
      families.remove(family);
      throw new IOException("programs on a terminal need glibc 2.34 or newer", old);
    } catch (IOException failed) {
      families.remove(family);
      throw failed;
    }
  }

  /**
   * Takes over a program that an earlier server launched.
   *
   * @return empty if that program runs no longer; whoever has its pid now is left alone
   */
  public Optional<EmulatorProcess> adopt(ProcessIdentity identity) {
    // The handle comes first: it is good for the process that has the pid now and for no other.
    Optional<ProcessHandle> handle = ProcessHandle.of(identity.pid());
    CompletableFuture<Void> exit = ExitWatch.of(identity);
    Optional<String> family = variable(identity.pid(), FAMILY_VARIABLE);
    return handle
        .filter(found -> !exit.isDone())
        .map(found -> watched(found, exit, family.orElse("")));
  }

  private EmulatorProcess watched(ProcessHandle handle, CompletableFuture<?> exit, String family) {
    families.add(family);
    exit.thenRun(() -> families.remove(family));
    return new EmulatorProcess(this, handle, exit, family);
  }

  /**
   * Ends every program with the mark that was neither launched nor adopted, at once: what an
   * earlier server left and nobody wants.
   *
   * @return how many there were
   */
  public int endStrays() {
    List<ProcessHandle> strays =
        find(
            pid ->
                ProcessStat.of(pid).filter(ProcessStat::isRunning).isPresent()
                    && variable(pid, FAMILY_VARIABLE).filter(families::contains).isEmpty());
    strays.forEach(ProcessHandle::destroyForcibly);
    return strays.size();
  }

  /** A program and all that it has started, as far as they run. */
  List<ProcessHandle> family(String id) {
    return find(pid -> variable(pid, FAMILY_VARIABLE).filter(id::equals).isPresent());
  }

  private List<ProcessHandle> find(LongPredicate wanted) {
    // The handle notes the start time before anything is looked at, so it ends no other process.
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(
              process -> variable(process.pid(), VARIABLE).filter(mark::equals).isPresent())
          .filter(process -> wanted.test(process.pid()))
          .toList();
    }
  }

  /** A variable of a process's environment; empty as well if the process is not ours or gone. */
  private static Optional<String> variable(long pid, String name) {
    try {
      String environment =
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.UTF_8);
      return Stream.of(environment.split("\0"))
          .filter(variable -> variable.startsWith(name + "="))
          .map(variable -> variable.substring(name.length() + 1))
          .findFirst();
    } catch (IOException notOursOrGone) {
      return Optional.empty();
    }
  }
}
