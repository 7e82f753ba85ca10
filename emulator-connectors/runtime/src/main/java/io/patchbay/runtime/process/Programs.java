package io.patchbay.runtime.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Finds programs as a shell would. */
public final class Programs {
  private Programs() {}

  /**
   * @param name a path, or a name that is looked up on the {@code PATH}
   */
  public static Optional<Path> find(String name) {
    if (name.contains(File.separator)) {
      Path path = Path.of(name).toAbsolutePath();
      return Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
