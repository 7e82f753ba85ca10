package io.patchbay.emulators.iou;

import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the images of IOU, which are programs, can tell of themselves. Thread-safe. */
final class IouImage {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern NVRAM = Pattern.compile("-n <n>\\s.*\\(default (\\d{1,9})KB\\)");
  private static final Pattern RAM = Pattern.compile("-m <n>\\s.*\\(default (\\d{1,9})MB\\)");
  private static final Pattern KEEPALIVES = Pattern.compile("(?m)^\\s*-l\\s+.*keepalive");
  private static final Pattern MISSING = Pattern.compile("([.\\w+-]+)\\s+=>\\s+not found");

  /** What an image printed when it was asked for help, as long as its file is the same. */
  private record Help(FileTime changed, String text) {}

  private final Map<Path, Help> known = new ConcurrentHashMap<>();

  /**
   * @throws LabException (CONFLICT) if it cannot be run; the message says why
   */
  void requireUsable(Path image) {
    if (!Files.isRegularFile(image)) {
      throw LabException.conflict("The IOU image " + image + " is not there any more");
    }
    if (!ImageKind.IOU.isKindOf(image)) {
      throw LabException.conflict("'" + image + "' is not a valid IOU image");
    }
    if (!Files.isExecutable(image)) {
      throw LabException.conflict("The IOU image " + image + " is not executable");
    }
    String missing = String.join(", ", missingLibraries(image));
    if (!missing.isEmpty()) {
      throw LabException.conflict(
          "The IOU image " + image + " needs libraries that are not installed: " + missing);
    }
  }

  /** Without ldd the image says so itself when it is launched. */
  private static List<String> missingLibraries(Path image) {
    Optional<Path> ldd = Programs.find("ldd");
    if (ldd.isEmpty()) {
      return List.of();
    }
    try {
      Tool.Result result =
          Tool.run(
              List.of(ldd.get().toString(), image.toString()),
              image.getParent(),
              Map.of(),
              PATIENCE);
      return MISSING.matcher(result.output()).results().map(found -> found.group(1)).toList();
    } catch (IOException unknown) {
      return List.of();
    }
  }

  /**
   * The size that an image gives its memory unless told otherwise.
   *
   * @return in MB; empty if the image does not say
   */
  OptionalInt usualRam(Path image, Map<String, String> environment) {
    return number(RAM, image, environment);
  }

  /** The same in KB for the NVRAM. */
  OptionalInt usualNvram(Path image, Map<String, String> environment) {
    return number(NVRAM, image, environment);
  }

  private OptionalInt number(Pattern pattern, Path image, Map<String, String> environment) {
    Matcher number = pattern.matcher(help(image, environment));
    return number.find() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty();
  }

  /**
   * Whether an image can have its interfaces go down.
   *
   * @param environment such as where its licence is
   */
  boolean hasKeepalives(Path image, Map<String, String> environment) {
    return KEEPALIVES.matcher(help(image, environment)).find();
  }

  private String help(Path image, Map<String, String> environment) {
    try {
      FileTime changed = Files.getLastModifiedTime(image);
      Help help = known.get(image);
      if (help == null || !help.changed().equals(changed)) {
        help = new Help(changed, ask(image, environment));
        // Without a licence some only say that.
        if (help.text().contains("-h")) {
          known.put(image, help);
        }
      }
      return help.text();
    } catch (IOException gone) {
      return "";
    }
  }

  private static String ask(Path image, Map<String, String> environment) {
    if (!ImageKind.IOU.isKindOf(image) || !Files.isExecutable(image)) {
      return "";
    }
    try {
      Tool.Result result =
          Tool.run(List.of(image.toString(), "-h"), image.getParent(), environment, PATIENCE);
      return result.output() + result.errors();
    } catch (IOException unusable) {
      // That is told when a node with it starts.
      return "";
    }
  }
}
