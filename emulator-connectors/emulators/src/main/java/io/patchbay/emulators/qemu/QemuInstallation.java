package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.QemuProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The programs of QEMU on this machine: those in the directories of the {@code PATH}. */
public final class QemuInstallation {
  private static final String IMG = "qemu-img";

  private final Acceleration acceleration = new Acceleration("auto");
  private final String searchPath;

  /** A program with its release, as the API tells it. */
  public record Binary(String path, String version) {}

  public QemuInstallation() {
    this(Optional.ofNullable(System.getenv("PATH")).orElse(""));
  }

  /**
   * @param searchPath directories, as in the {@code PATH}
   */
  QemuInstallation(String searchPath) {
    this.searchPath = searchPath;
  }

  /** Those that run machines. */
  public List<Binary> systems() {
    return binaries(QemuInstallation::isSystem);
  }

  /**
   * Those that run machines of one of these architectures.
   *
   * @param architectures such as {@code x86_64}
   */
  public List<Binary> systems(Set<String> architectures) {
    return binaries(name -> isSystem(name) && architectures.stream().anyMatch(name::endsWith));
  }

  private static boolean isSystem(String name) {
    return name.startsWith("qemu-system") || name.startsWith("qemu-kvm") || name.equals("qemu");
  }

  /** Those that make images. */
  public List<Binary> imagePrograms() {
    return binaries(IMG::equals);
  }

  /**
   * The program that a client means, so that none can be named that is something else.
   *
   * @param name its path, or its last part
   */
  public Optional<Path> imageProgram(String name) {
    return imagePrograms().stream()
        .map(Binary::path)
        .filter(path -> name.equals(path) || name.equals(IMG))
        .map(Path::of)
        .findFirst();
  }

  private List<Binary> binaries(Predicate<String> wanted) {
    // Asking takes each a moment, and there may be dozens.
    return programs(wanted).parallelStream()
        .flatMap(
            program ->
                QemuProgram.release(program)
                    .map(release -> new Binary(program.toString(), release))
                    .stream())
        .toList();
  }

  private List<Path> programs(Predicate<String> wanted) {
    // Where /bin is a link to /usr/bin, everything would be found twice.
    Map<Path, Path> directories = new LinkedHashMap<>();
    for (String part : searchPath.split(File.pathSeparator)) {
      try {
        Path directory = Path.of(part).toAbsolutePath();
        directories.putIfAbsent(directory.toRealPath(), directory);
      } catch (IOException notThere) {
        // As usual for some of them.
      }
    }
    List<Path> programs = new ArrayList<>();
    for (Path directory : directories.values()) {
      try (Stream<Path> files = Files.list(directory)) {
        files
            .filter(file -> wanted.test(file.getFileName().toString()))
            .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
            .sorted()
            .forEach(programs::add);
      } catch (IOException unreadable) {
        // Nothing in there can be run either.
      }
    }
    return programs;
  }

  /** Architectures that KVM can run, as their programs were tried with it. */
  public List<String> kvmArchitectures() {
    return Acceleration.nativePlatforms().stream()
        .filter(platform -> systems(Set.of(platform)).stream().anyMatch(it -> runs(it, platform)))
        .sorted()
        .toList();
  }

  private boolean runs(Binary binary, String platform) {
    QemuProgram program = new QemuProgram(Path.of(binary.path()), platform);
    return acceleration.useKvm(program, List.of(), warning -> {});
  }
}
