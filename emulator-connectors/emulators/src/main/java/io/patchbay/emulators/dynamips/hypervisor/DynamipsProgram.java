package io.patchbay.emulators.dynamips.hypervisor;

import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installed Dynamips.
 *
 * @param version such as {@code 0.2.14}
 */
public record DynamipsProgram(Path path, String version) {
  /** Renames routers and tells and keeps private configurations. */
  private static final List<Integer> OLDEST = List.of(0, 2, 11);

  private static final Pattern VERSION =
      Pattern.compile("version\\s+((\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}))");

  /**
   * @param name a path, or a name that is looked up on the {@code PATH}
   * @throws IOException if there is none that can be used; the message says why
   */
  public static DynamipsProgram find(String name) throws IOException {
    Optional<Path> found = Programs.find(name);
    if (found.isEmpty()) {
      throw new IOException("The program '" + name + "' is not installed; routers need it");
    }
    Path path = found.get();
    // It tells its version before it complains of this platform, which there is not.
    Tool.Result result = Tool.run(List.of(path.toString(), "-P", "none"));
    Matcher version = VERSION.matcher(result.output());
    if (!version.find()) {
      throw new IOException(path + " does not tell its version as Dynamips does");
    }
    if (!isUsable(version)) {
      throw new IOException(
          path + " is Dynamips " + version.group(1) + ", and 0.2.11 or newer is needed");
    }
    return new DynamipsProgram(path, version.group(1));
  }

  private static boolean isUsable(Matcher version) {
    for (int part = 0; part < OLDEST.size(); part++) {
      int difference = Integer.parseInt(version.group(part + 2)) - OLDEST.get(part);
      if (difference != 0) {
        return difference > 0;
      }
    }
    return true;
  }

  /**
   * The command line of a hypervisor on this machine.
   *
   * @param port TCP port of its control
   * @param log file for its log
   */
  List<String> command(int port, Path log) {
    // -N1: files of routers are named by their number, so that a new name changes none.
    return List.of(path.toString(), "-N1", "-l", log.toString(), "-H", "127.0.0.1:" + port);
  }
}
