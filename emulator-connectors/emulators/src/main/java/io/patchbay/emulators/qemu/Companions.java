package io.patchbay.emulators.qemu;

import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.runtime.process.Processes;
import io.patchbay.runtime.process.Programs;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The programs that run beside a machine's QEMU and end with it: a TPM and a brake. */
final class Companions implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);
  private static final long TPM_PATIENCE_MS = 10_000;
  private static final long LOOK_AGAIN_MS = 10;

  private final Processes processes;
  private final Path directory;
  private final List<EmulatorProcess> running = new ArrayList<>();
  private Optional<EmulatorProcess> brake = Optional.empty();

  Companions(Processes processes, Path directory) {
    this.processes = processes;
    this.directory = directory;
  }

  /** Takes over those that an earlier server launched; what ended meanwhile is left out. */
  static Companions adopt(Processes processes, Path directory, JsonObject state) {
    Companions companions = new Companions(processes, directory);
    JsonArray others = state.getJsonArray("companions");
    others.getValuesAs(JsonObject.class).stream()
        .flatMap(one -> processes.adopt(ProcessIdentity.of(one)).stream())
        .forEach(companions.running::add);
    companions.brake =
        Optional.ofNullable(state.getJsonObject("brake"))
            .flatMap(one -> processes.adopt(ProcessIdentity.of(one)));
    return companions;
  }

  /**
   * Starts the TPM's emulator and waits until it listens.
   *
   * @throws LabException (CONFLICT) if there is none or it does not start
   */
  void startTpm(Path socket) {
    Path program =
        Programs.find("swtpm")
            .orElseThrow(
                () -> LabException.conflict("The program 'swtpm', which a TPM needs, is missing"));
    Path log = directory.resolve("swtpm.log");
    try {
      Path memory = Files.createDirectories(directory.resolve("tpm"));
      EmulatorProcess tpm =
          processes.launch(
              List.of(
                  program.toString(),
                  "socket",
                  "--tpm2",
                  "--tpmstate",
                  "dir=" + memory,
                  "--ctrl",
                  "type=unixio,path=" + socket,
                  // Ends with its machine, also if nobody is there to end it.
                  "--terminate"),
              directory,
              log);
      running.add(tpm);
      await(socket, tpm, log);
    } catch (IOException e) {
      throw LabException.conflict("The TPM cannot be started: " + e.getMessage());
    }
  }

  private static void await(Path socket, EmulatorProcess tpm, Path log) {
    long deadline = System.nanoTime() + Duration.ofMillis(TPM_PATIENCE_MS).toNanos();
    while (!Files.exists(socket)) {
      if (!tpm.isAlive() || System.nanoTime() > deadline) {
        throw LabException.conflict("The TPM did not start: " + EmulatorProcess.tail(log, 500));
      }
      try {
        Thread.sleep(LOOK_AGAIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw LabException.conflict("The TPM was not waited for");
      }
    }
  }

  /**
   * Has a process use no more than so much of a processor.
   *
   * @param percent 100 for one processor; 0 for no limit
   * @return why that is not done; empty if it is
   */
  Optional<String> throttle(long pid, int percent) {
    brake.ifPresent(last -> last.stop(STOP_PATIENCE));
    brake = Optional.empty();
    if (percent == 0) {
      return Optional.empty();
    }
    Optional<Path> program = Programs.find("cpulimit");
    if (program.isEmpty()) {
      return Optional.of("the program 'cpulimit' is not installed");
    }
    try {
      brake =
          Optional.of(
              processes.launch(
                  List.of(program.get().toString(), "-z", "-p", "" + pid, "-l", "" + percent),
                  directory,
                  directory.resolve("cpulimit.log")));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  JsonArray toJson() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    running.forEach(one -> one.identity().ifPresent(identity -> all.add(identity.toJson())));
    return all.build();
  }

  Optional<JsonObject> brakeToJson() {
    return brake.flatMap(EmulatorProcess::identity).map(ProcessIdentity::toJson);
  }

  /** Lets go of a process that was held back, so that it can end. */
  void releaseBrake() {
    brake.ifPresent(last -> last.stop(STOP_PATIENCE));
    brake = Optional.empty();
  }

  @Override
  public void close() {
    releaseBrake();
    running.forEach(one -> one.stop(STOP_PATIENCE));
    running.clear();
  }
}
