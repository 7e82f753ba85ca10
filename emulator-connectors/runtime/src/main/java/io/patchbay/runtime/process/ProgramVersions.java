package io.patchbay.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Releases of programs that tell them when called with {@code --version}. Thread-safe. */
public final class ProgramVersions {
  private static final Pattern VERSION = Pattern.compile("version\\s+([0-9a-z.-]+)");

  private record Probed(long size, FileTime changed, Optional<String> version) {}

  private final Map<Path, Probed> known = new ConcurrentHashMap<>();

  /**
   * Asks a program once, until its file is another one; empty if it does not say.
   *
   * @param program its path
   */
  public Optional<String> of(Path program) {
    try {
      BasicFileAttributes file = Files.readAttributes(program, BasicFileAttributes.class);
      Probed probed = known.get(program);
      if (probed == null
          || probed.size() != file.size()
          || !probed.changed().equals(file.lastModifiedTime())) {
        probed = new Probed(file.size(), file.lastModifiedTime(), ask(program));
        known.put(program, probed);
      }
      return probed.version();
    } catch (IOException unusable) {
      return Optional.empty();
    }
  }

  private static Optional<String> ask(Path program) throws IOException {
    Tool.Result result = Tool.run(List.of(program.toString(), "--version"));
    Matcher version = VERSION.matcher(result.output());
    return result.isDone() && version.find() ? Optional.of(version.group(1)) : Optional.empty();
  }
}
