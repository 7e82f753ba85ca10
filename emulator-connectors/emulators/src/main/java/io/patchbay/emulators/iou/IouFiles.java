package io.patchbay.emulators.iou;

import io.patchbay.emulators.ios.Configs;
import io.patchbay.emulators.ios.Nvram;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of an IOU node. What IOU writes itself is named by the node's application id.
 *
 * @param directory of the node; perhaps not there yet
 * @param instance its application id
 */
record IouFiles(Path directory, int instance) {
  private static final String STARTUP = "startup-config.cfg";
  private static final String SECRETS = "private-config.cfg";
  private static final String NETMAP = "NETMAP";
  private static final String NVRAM = "nvram_";
  private static final String VLANS = "vlan.dat-";

  /** IOU does not know itself by a longer name. */
  private static final int LONGEST_NAME = 63;

  private static final Pattern HOSTNAME = Pattern.compile("(?m)^hostname .+$");

  /** What IOS has for a private configuration that nothing was put into. */
  private static final byte[] NO_SECRETS = "\nend\n".getBytes(StandardCharsets.US_ASCII);

  private String numbered(String name) {
    return "%s%05d".formatted(name, instance);
  }

  /** Of the NVRAM; not there before the first start. */
  Path nvram() {
    return directory.resolve(numbered(NVRAM));
  }

  private void make() {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw LabException.conflict("The node's directory cannot be made: " + e.getMessage());
    }
  }

  /**
   * Writes configurations that a user gave, {@code %h} being the name; those that are there stay.
   */
  void give(Optional<String> startup, Optional<String> secrets, String name) {
    startup.ifPresent(text -> give(STARTUP, text, name));
    secrets.ifPresent(text -> give(SECRETS, text, name));
  }

  private void give(String file, String text, String name) {
    if (!text.isEmpty() && content(file).length == 0) {
      write(file, text.replace("%h", name).getBytes(StandardCharsets.UTF_8));
    }
  }

  private byte[] content(String file) {
    try {
      return Files.readAllBytes(directory.resolve(file));
    } catch (IOException none) {
      return new byte[0];
    }
  }

  private void write(String file, byte[] content) {
    make();
    try {
      DurableFile.write(directory.resolve(file), content);
    } catch (IOException e) {
      throw LabException.conflict(file + " cannot be written: " + e.getMessage());
    }
  }

  /** Lets the startup configuration say the new name. */
  void rename(String name) {
    // Latin-1 keeps whatever bytes the file has.
    String fresh = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    change(
        STARTUP,
        text -> HOSTNAME.matcher(text).replaceAll(Matcher.quoteReplacement("hostname " + fresh)));
  }

  private void change(String file, UnaryOperator<String> change) {
    String old = new String(content(file), StandardCharsets.ISO_8859_1);
    String changed = change.apply(old);
    if (!changed.equals(old)) {
      write(file, changed.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /**
   * Lays out what an instance finds when it starts.
   *
   * @param bridge number of the other end of all its links
   * @param kilobytes size of its NVRAM
   * @throws LabException (CONFLICT) if something cannot be written, or the configurations do not
   *     fit into the NVRAM
   */
  void prepare(int bridge, int kilobytes, Path image) {
    make();
    takeOver(NVRAM);
    takeOver(VLANS);
    write(NETMAP, IouSettings.netmap(instance, bridge).getBytes(StandardCharsets.US_ASCII));
    byte[] startup = content(STARTUP);
    if (startup.length > 0) {
      String file = numbered(NVRAM);
      try {
        write(file, Nvram.write(content(file), kilobytes, new Configs(startup, content(SECRETS))));
      } catch (IllegalArgumentException wrong) {
        throw LabException.conflict(
            "The configurations cannot be put into the NVRAM: " + wrong.getMessage());
      }
    }
    link(image);
  }

  /** A node's number may be another one than when it ran last, as after an import. */
  private void takeOver(String name) {
    Path mine = directory.resolve(numbered(name));
    for (Path file : files()) {
      if (file.getFileName().toString().startsWith(name)
          && !file.equals(mine)
          && Files.isRegularFile(file)) {
        try {
          Files.move(file, mine, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
          throw LabException.conflict(file + " cannot be renamed: " + e.getMessage());
        }
      }
    }
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  /** Images check their own code, and look for it where they run. */
  private void link(Path image) {
    Path link = link(image.getFileName().toString());
    try {
      unlink(image);
      Files.createSymbolicLink(link, image);
    } catch (IOException e) {
      throw LabException.conflict("The link " + link + " cannot be made: " + e);
    }
  }

  private Path link(String name) {
    if (name.length() <= LONGEST_NAME) {
      return directory.resolve(name);
    }
    int dot = Math.max(name.lastIndexOf('.'), name.length() - LONGEST_NAME + 1);
    String extension = name.substring(dot);
    return directory.resolve(name.substring(0, LONGEST_NAME - extension.length()) + extension);
  }

  /** Takes the link to the image away: it would be among the files of the project. */
  void unlink(Path image) {
    Path link = link(image.getFileName().toString());
    try {
      if (Files.isSymbolicLink(link)) {
        Files.delete(link);
      }
    } catch (IOException stays) {
      // The next start tries again.
    }
  }

  /** Another one whenever the router has written its NVRAM. */
  Object nvramState() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(nvram(), BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size();
    } catch (IOException none) {
      return "";
    }
  }

  /** Has the configuration files say what is in the NVRAM, as far as there is something. */
  void save() {
    Configs configs;
    try {
      configs = Nvram.read(Files.readAllBytes(nvram()));
    } catch (IOException | IllegalArgumentException none) {
      return;
    }
    if (configs.startup().length > 0) {
      writeChanged(STARTUP, configs.startup());
    }
    if (configs.secrets().length > 0 && !Arrays.equals(configs.secrets(), NO_SECRETS)) {
      writeChanged(SECRETS, configs.secrets());
    }
  }

  private void writeChanged(String file, byte[] content) {
    if (!Arrays.equals(content, content(file))) {
      write(file, content);
    }
  }

  /** Copies everything but what is of use while a node runs only. */
  void copyTo(IouFiles other) {
    try {
      DirectoryTree.copy(directory, other.directory);
      Files.deleteIfExists(other.directory.resolve(NETMAP));
    } catch (IOException e) {
      throw LabException.conflict("The node's files cannot be copied: " + e.getMessage());
    }
  }
}
