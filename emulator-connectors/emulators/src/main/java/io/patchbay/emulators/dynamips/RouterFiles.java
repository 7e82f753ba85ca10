package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hardware.Platform;
import io.patchbay.emulators.ios.Configs;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.LabException;
import io.patchbay.spi.file.FileCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a router: its configurations, and what Dynamips keeps of its memories.
 *
 * @param directory of the node; perhaps not there yet
 * @param id of the router in its project, which its files are named by
 */
record RouterFiles(Path directory, int id) {
  private static final String CONFIGS = "configs";
  private static final Pattern HOSTNAME = Pattern.compile("(?m)^hostname .+$");

  /** What IOS has for a private configuration that nothing was put into. */
  private static final byte[] NO_SECRETS =
      "\nkerberos password \nend\n".getBytes(StandardCharsets.US_ASCII);

  /** What is of use to a router that runs only, or made anew at each start. */
  private static final Pattern PASSING =
      Pattern.compile(".*(_lock|_s?ram[01]?|_log\\.txt|_stdout\\.txt|\\.ghost.*|_rommon_vars)");

  private static final Pattern MEMORIES =
      Pattern.compile("c\\d{4}_i(\\d+)_(disk[01]|slot[01]|nvram|flash[01]|rom|bootflash|ssa)");

  private static final Pattern NUMBERED = Pattern.compile("((?:c\\d{4}_)?i)(\\d+)(_.*)");

  private String startupFile() {
    return CONFIGS + "/i" + id + "_startup-config.cfg";
  }

  private String secretsFile() {
    return CONFIGS + "/i" + id + "_private-config.cfg";
  }

  /** Of the startup configuration, relative to the directory; empty if there is none. */
  Optional<String> startup() {
    return ifThere(startupFile());
  }

  /** Likewise; one without content can keep a router from booting. */
  Optional<String> secrets() {
    return ifThere(secretsFile());
  }

  private Optional<String> ifThere(String file) {
    try {
      return Files.size(directory.resolve(file)) > 0 ? Optional.of(file) : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  void make() {
    try {
      Files.createDirectories(directory.resolve(CONFIGS));
    } catch (IOException e) {
      throw LabException.conflict("The node's directory cannot be made: " + e.getMessage());
    }
  }

  /** Writes a startup configuration that a user gave; {@code %h} in it becomes the name. */
  void writeStartup(String content, String name) {
    write(startupFile(), given(content, name));
  }

  /** Writes a private configuration likewise. */
  void writeSecrets(String content, String name) {
    write(secretsFile(), given(content, name));
  }

  private static byte[] given(String content, String name) {
    return ("!\n" + content.replace("\r", "").replace("%h", name)).getBytes(StandardCharsets.UTF_8);
  }

  private void write(String file, byte[] content) {
    make();
    try {
      DurableFile.write(directory.resolve(file), content);
    } catch (IOException e) {
      throw LabException.conflict("The configuration cannot be written: " + e.getMessage());
    }
  }

  /** Of the memory that has the NVRAM in it; not there before the first start. */
  private Path memory(Platform platform) {
    return directory.resolve(
        "%s_i%d_%s".formatted(platform.wireName(), id, RouterNvram.of(platform).memory()));
  }

  /** Another one whenever the router has written its NVRAM. */
  Object nvramState(Platform platform) {
    try {
      return RouterNvram.of(platform).sum(memory(platform));
    } catch (IOException none) {
      return "";
    }
  }

  /** Has the configuration files say what is in the NVRAM, as far as there is something. */
  void save(Platform platform) {
    Configs configs;
    try {
      configs = RouterNvram.of(platform).read(memory(platform));
    } catch (IOException | IllegalArgumentException none) {
      // An image that is no IOS may have anything there; the files stay as they are.
      return;
    }
    if (configs.startup().length > 0) {
      String text = new String(configs.startup(), StandardCharsets.UTF_8).replace("\r", "");
      writeChanged(
          startupFile(),
          (text.startsWith("!\n") ? text : "!\n" + text).getBytes(StandardCharsets.UTF_8));
    }
    if (configs.secrets().length > 0 && !Arrays.equals(configs.secrets(), NO_SECRETS)) {
      writeChanged(secretsFile(), configs.secrets());
    }
  }

  private void writeChanged(String file, byte[] content) {
    try {
      if (Arrays.equals(content, Files.readAllBytes(directory.resolve(file)))) {
        return;
      }
    } catch (IOException none) {
      // Written below.
    }
    write(file, content);
  }

  /** Takes back what Dynamips wrote for this router while it was in another directory. */
  void takeIn(Path from, Platform platform) {
    String name = "%s_i%d_rommon_vars".formatted(platform.wireName(), id);
    try {
      Files.move(from.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException none) {
      // Most routers never write them.
    }
  }

  /** Lets the configurations say the new name, if they say the old one. */
  void rename(String old, String name) {
    // Latin-1 keeps whatever bytes the files have.
    String fresh = latin1(name);
    change(
        startupFile(),
        text -> HOSTNAME.matcher(text).replaceAll(Matcher.quoteReplacement("hostname " + fresh)));
    change(secretsFile(), text -> text.replace(latin1(old), fresh));
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private void change(String file, UnaryOperator<String> change) {
    if (ifThere(file).isEmpty()) {
      return;
    }
    try {
      String old = Files.readString(directory.resolve(file), StandardCharsets.ISO_8859_1);
      String changed = change.apply(old);
      if (!changed.equals(old)) {
        write(file, changed.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw LabException.conflict("The configuration cannot be changed: " + e.getMessage());
    }
  }

  /** Copies everything that another router can use, under the names that it will look for. */
  void copyTo(RouterFiles other) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!PASSING.matcher(file.getFileName().toString()).matches()) {
          Path target = other.directory.resolve(directory.relativize(file).toString());
          Path renamed = target.resolveSibling(renumbered(target, other.id));
          Files.createDirectories(renamed.getParent());
          Files.deleteIfExists(renamed);
          FileCopy.copy(file, renamed);
        }
      }
    } catch (IOException e) {
      throw LabException.conflict("The node's files cannot be copied: " + e.getMessage());
    }
  }

  private String renumbered(Path file, int newId) {
    String name = file.getFileName().toString();
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches() && numbered.group(2).equals("" + id)
        ? numbered.group(1) + newId + numbered.group(3)
        : name;
  }

  /** Deletes disks, flash and NVRAM of this router; whatever cannot be deleted stays. */
  void deleteMemories() {
    for (Path file : files()) {
      Matcher memory = MEMORIES.matcher(file.getFileName().toString());
      if (memory.matches() && memory.group(1).equals("" + id)) {
        deleteQuietly(file);
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

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // It only takes room.
    }
  }
}
