package io.patchbay.emulators.iou;

import io.patchbay.spi.DurableFile;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The licences of IOU, a file called iourc: in its section {@code [license]} a line for each
 * machine, {@code HOSTNAME = KEY;}, with a key of 16 characters. Whether a key is the right one for
 * the machine is for IOU itself to say.
 *
 * @param given where the text that a controller sends is kept
 * @param configured a file that counts before all others; empty if none is set
 */
record LicenceFile(Path given, Optional<Path> configured) {
  private static final String SECTION = "[license]";
  private static final Pattern LINE = Pattern.compile("\\s*([^=:\\s][^=:]*?)\\s*[=:]\\s*(.*?)\\s*");
  private static final Pattern KEY = Pattern.compile("[^;\\s]{16};");
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /**
   * Keeps what a controller has sent, for this user's eyes only.
   *
   * @throws LabException (CONFLICT) if it cannot be written
   */
  void keep(String text) {
    try {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      if (!Files.exists(given) || !Arrays.equals(Files.readAllBytes(given), content)) {
        Files.createDirectories(given.getParent());
        DurableFile.writePrivate(given, content);
      }
    } catch (IOException e) {
      throw LabException.conflict("The IOU licence cannot be kept: " + e.getMessage());
    }
  }

  /**
   * The file that counts.
   *
   * @param node its directory may have one too
   */
  Optional<Path> find(Path node) {
    return configured.or(
        () ->
            Stream.of(
                    given,
                    Path.of(System.getProperty("user.home"), ".iourc"),
                    node.resolve("iourc"))
                .filter(Files::isRegularFile)
                .findFirst());
  }

  /**
   * @throws LabException (CONFLICT) if there is no licence for this machine
   */
  void require(Path node) {
    check(
        find(node)
            .orElseThrow(
                () ->
                    LabException.conflict(
                        "There is no IOU licence (iourc); set one in the controller's settings"
                            + " (iou_license) or by patchbay.iou.iourc")));
  }

  private static void check(Path file) {
    if (!Files.isRegularFile(file)) {
      throw LabException.conflict("The IOU licence " + file + " is no file");
    }
    String host = hostName();
    String key =
        key(file, host)
            .orElseThrow(
                () ->
                    LabException.conflict(
                        "The IOU licence " + file + " has no line for the host '" + host + "'"));
    if (!KEY.matcher(key).matches()) {
      throw LabException.conflict(
          "The IOU licence "
              + file
              + ": the key of the host '"
              + host
              + "' must be 16 characters and a semicolon");
    }
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException unknown) {
      throw LabException.conflict("This machine does not tell its host name: " + unknown);
    }
  }

  private static Optional<String> key(Path file, String host) {
    boolean inSection = false;
    boolean hasSection = false;
    for (String line : read(file).lines().toList()) {
      if (line.startsWith("[")) {
        inSection = line.strip().equals(SECTION);
        hasSection |= inSection;
      } else if (inSection && !line.startsWith("#") && !line.startsWith(";")) {
        Matcher entry = LINE.matcher(line);
        if (entry.matches() && lower(entry.group(1)).equals(lower(host))) {
          return Optional.of(entry.group(2));
        }
      }
    }
    if (!hasSection) {
      throw LabException.conflict("The IOU licence " + file + " has no section " + SECTION);
    }
    return Optional.empty();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw LabException.conflict(
          "The IOU licence " + file + " has characters in it that are not UTF-8");
    } catch (IOException e) {
      throw LabException.conflict("The IOU licence " + file + " cannot be read: " + e.getMessage());
    }
  }
}
