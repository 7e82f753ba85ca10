package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.QemuProgram;
import io.patchbay.emulators.qemu.machine.UserOptions;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Decides whether a machine runs on the processor itself (KVM) or is emulated (TCG). */
final class Acceleration {
  private enum Policy {
    /** KVM if it works. */
    AUTO,
    /** KVM, or no start. */
    KVM,
    TCG
  }

  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(20);
  private static final Duration RETRY = Duration.ofMinutes(1);

  /** What the processors of this machine can run, and the kind of machine to try it with. */
  private static final Map<String, Map<String, String>> NATIVE =
      Map.of(
          "amd64", Map.of("x86_64", "pc", "i386", "pc"),
          "aarch64", Map.of("aarch64", "virt"));

  private record Probed(Optional<String> trouble, long nanoTime) {
    boolean isStale() {
      return trouble.isPresent() && System.nanoTime() - nanoTime > RETRY.toNanos();
    }
  }

  /** What was found out, for everybody who asks: it is the same machine. */
  private static final Map<Path, Probed> PROBED = new ConcurrentHashMap<>();

  private final Policy policy;

  /**
   * @throws IllegalStateException if there is no such policy
   */
  Acceleration(String policy) {
    try {
      this.policy = Policy.valueOf(policy.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalStateException(
          "patchbay.qemu.acceleration must be auto, kvm or tcg, not " + policy);
    }
  }

  /**
   * @param options the user's, which may ask for emulation
   * @param warn is told why KVM is not used although it could be expected
   * @throws LabException (CONFLICT) if KVM must be used and cannot
   */
  boolean useKvm(QemuProgram program, List<String> options, Consumer<String> warn) {
    if (policy == Policy.TCG || UserOptions.wantsEmulation(options)) {
      return false;
    }
    Map<String, String> machines = NATIVE.getOrDefault(System.getProperty("os.arch"), Map.of());
    boolean isNative = machines.containsKey(program.platform());
    Optional<String> trouble =
        isNative
            ? trouble(program, machines.get(program.platform()))
            : Optional.of("the processors of this machine are no " + program.platform());
    if (trouble.isPresent() && policy == Policy.KVM) {
      throw LabException.conflict("KVM cannot be used: " + trouble.get());
    }
    if (trouble.isPresent() && isNative) {
      warn.accept("KVM cannot be used, so the machine is slow: " + trouble.get());
    }
    return trouble.isEmpty();
  }

  /**
   * Tries it out: a {@code /dev/kvm} that is there but does not work is common in nested clouds,
   * some of which make machines that then stand still.
   */
  private Optional<String> trouble(QemuProgram program, String machine) {
    return PROBED
        .compute(
            program.path(),
            (path, known) ->
                known == null || known.isStale()
                    ? new Probed(attempt(path, machine), System.nanoTime())
                    : known)
        .trouble();
  }

  private static Optional<String> attempt(Path program, String machine) {
    try {
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "-machine",
                  machine + ",accel=kvm",
                  // All that the processor has: what a half-working KVM does not bear.
                  "-cpu",
                  "host",
                  "-m",
                  "16M",
                  "-nodefaults",
                  "-display",
                  "none",
                  "-S",
                  "-monitor",
                  "stdio")
              .redirectErrorStream(true)
              .start();
      try (var input = process.outputWriter(StandardCharsets.US_ASCII)) {
        input.write("quit\n");
      } catch (IOException ended) {
        // It has failed before; what it said is read below.
      }
      if (!process.waitFor(PROBE_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.of("a machine for trial did not come up");
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? Optional.empty() : Optional.of(lastLine(said));
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the trial was interrupted");
    }
  }

  /** What the processors of this machine can run by themselves. */
  static Set<String> nativePlatforms() {
    return NATIVE.getOrDefault(System.getProperty("os.arch"), Map.of()).keySet();
  }

  private static String lastLine(String text) {
    return text.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("no reason");
  }
}
