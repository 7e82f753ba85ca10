package io.patchbay.runtime.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The programs of a compute. Each has an environment variable that names the compute, and so have
 * the programs that it starts itself: by that they are found, whoever their parent is now.
 */
public final class Processes {
  private static final String VARIABLE = "PATCHBAY_RUN";
  private static final Optional<Path> SETSID = Programs.find("setsid");

  private final String mark;

  /** By pid of the program that began them. */
  private final Set<Long> sessions = ConcurrentHashMap.newKeySet();

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
    builder.environment().put(VARIABLE, mark);
    Process process = builder.start();
    return watched(process.toHandle(), process.onExit());
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
    return handle.filter(found -> !exit.isDone()).map(found -> watched(found, exit));
  }

  private EmulatorProcess watched(ProcessHandle handle, CompletableFuture<?> exit) {
    sessions.add(handle.pid());
    exit.thenRun(() -> sessions.remove(handle.pid()));
    return new EmulatorProcess(this, handle, exit);
  }

  /**
   * Ends every program with the mark that was neither launched nor adopted, at once: what an
   * earlier server left and nobody wants.
   *
   * @return how many there were
   */
  public int endStrays() {
    List<ProcessHandle> strays =
        find(stat -> stat.isRunning() && !sessions.contains(stat.session()));
    strays.forEach(ProcessHandle::destroyForcibly);
    return strays.size();
  }

  /** The programs of a session, the one that began it included. */
  List<ProcessHandle> session(long id) {
    return find(stat -> stat.session() == id);
  }

  private List<ProcessHandle> find(Predicate<ProcessStat> wanted) {
    // The handle notes the start time before anything is looked at, so it ends no other process.
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> ProcessStat.of(process.pid()).filter(wanted).isPresent())
          .filter(process -> isMarked(process.pid()))
          .toList();
    }
  }

  private boolean isMarked(long pid) {
    try {
      String environment =
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.UTF_8);
      return Stream.of(environment.split("\0")).anyMatch((VARIABLE + "=" + mark)::equals);
    } catch (IOException notOursOrGone) {
      return false;
    }
  }
}
