package io.patchbay.emulators.vpcs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installed VPCS. Its options differ between releases: 0.8 relays frames between instances
 * unless told not to, earlier ones always do, on a UDP port nine above their own.
 *
 * @param version such as {@code 0.5b2} or {@code 0.8.3}
 */
record VpcsProgram(Path path, String version) {
  /** From its own port to the one that a VPCS without {@code -R} binds for its relay. */
  static final int RELAY_OFFSET = 9;

  private static final Pattern VERSION = Pattern.compile("version\\s+(\\d+)\\.(\\d+)(\\S*)");

  /**
   * Asks the program for its version.
   *
   * @throws IOException if it does not run or does not say
   */
  static VpcsProgram probe(Path path) throws IOException {
    Process process = new ProcessBuilder(path.toString(), "-v").redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Matcher version = VERSION.matcher(output);
    if (!version.find()) {
      throw new IOException(path + " does not tell its version");
    }
    return new VpcsProgram(path, version.group(1) + "." + version.group(2) + version.group(3));
  }

  boolean relays() {
    Matcher numbers = Pattern.compile("(\\d+)\\.(\\d+).*").matcher(version);
    return numbers.matches()
        && Integer.parseInt(numbers.group(1)) == 0
        && Integer.parseInt(numbers.group(2)) < 8;
  }

  /**
   * The command line of one virtual PC.
   *
   * @param consolePort TCP port of its own console
   * @param localUdp UDP port that it binds
   * @param remoteUdp UDP port that it sends to
   * @param macOffset last byte of its MAC address, 0 to 255
   * @param script whether there is a startup script
   */
  List<String> command(
      int consolePort, int localUdp, int remoteUdp, int macOffset, boolean script) {
    List<String> command = new ArrayList<>();
    command.add(path.toString());
    // -F: stay in the foreground, so that the process we launch is the one that runs.
    command.addAll(List.of("-p", "" + consolePort, "-m", "" + macOffset, "-i", "1", "-F"));
    if (!relays()) {
      command.add("-R");
    }
    command.addAll(List.of("-s", "" + localUdp, "-c", "" + remoteUdp, "-t", VpcsPorts.LOOPBACK));
    if (script) {
      command.add(VpcsNode.STARTUP_FILE);
    }
    return List.copyOf(command);
  }
}
