package io.patchbay.emulators.qemu.machine;

import io.patchbay.runtime.process.ProgramVersions;
import io.patchbay.runtime.process.Programs;
import io.patchbay.spi.LabException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program that runs a machine.
 *
 * @param path such as {@code /usr/bin/qemu-system-x86_64}
 * @param platform what it emulates, such as {@code x86_64}
 */
public record QemuProgram(Path path, String platform) {
  private static final Set<String> PLATFORMS =
      Set.of(
          "aarch64",
          "alpha",
          "arm",
          "cris",
          "i386",
          "lm32",
          "m68k",
          "microblaze",
          "microblazeel",
          "mips",
          "mips64",
          "mips64el",
          "mipsel",
          "moxie",
          "or32",
          "ppc",
          "ppc64",
          "ppcemb",
          "s390x",
          "sh4",
          "sh4eb",
          "sparc",
          "sparc64",
          "tricore",
          "unicore32",
          "x86_64",
          "xtensa",
          "xtensaeb");
  private static final Pattern NAME = Pattern.compile("qemu-system-(\\w+).*");

  private static final ProgramVersions VERSIONS = new ProgramVersions();

  /** The platform {@code null} of a node that names neither is what clients know this by. */
  private static final String UNNAMED = "None";

  /**
   * Chooses the program of a node.
   *
   * @param path a path or a name that is looked up on the {@code PATH}; if it leads nowhere, as in
   *     a project of another machine, the platform decides, or a program of the same name
   * @param anywhere whether a path may lead to any directory, or only to those of the {@code PATH}
   * @throws LabException (CONFLICT) if there is none
   */
  public static QemuProgram choose(
      Optional<String> path, Optional<String> platform, boolean anywhere) {
    Optional<Path> named = path.flatMap(name -> locate(name, anywhere));
    if (named.isPresent()) {
      return at(named.get());
    }
    if (path.isPresent() && platform.isEmpty()) {
      return at(find(Path.of(path.get()).getFileName().toString()));
    }
    return at(find("qemu-system-" + platform.orElse(UNNAMED)));
  }

  private static Optional<Path> locate(String name, boolean anywhere) {
    Optional<Path> found = Programs.find(name);
    return anywhere || !name.contains("/")
        ? found
        : found.filter(path -> Programs.find(path.getFileName().toString()).equals(found));
  }

  private static Path find(String name) {
    return Programs.find(name)
        .orElseThrow(
            () -> LabException.conflict("QEMU binary path " + name + " is not found in the path"));
  }

  private static QemuProgram at(Path path) {
    String name = path.getFileName().toString();
    Matcher system = NAME.matcher(name);
    String platform =
        switch (name) {
          case "qemu-kvm" -> "x86_64";
          case "qemu" -> "i386";
          default -> system.matches() ? system.group(1) : name;
        };
    if (!PLATFORMS.contains(platform)) {
      throw LabException.conflict("Platform " + platform + " is unknown");
    }
    return new QemuProgram(path, platform);
  }

  /** The release that a program tells, asked for once for each file; empty if it tells none. */
  public static Optional<String> release(Path program) {
    return VERSIONS.of(program);
  }

  /**
   * The release.
   *
   * @throws LabException (CONFLICT) if it does not say
   */
  public QemuVersion version() {
    return release(path)
        .flatMap(QemuVersion::of)
        .orElseThrow(
            () -> LabException.conflict("QEMU cannot be used: " + path + " tells no release"));
  }
}
