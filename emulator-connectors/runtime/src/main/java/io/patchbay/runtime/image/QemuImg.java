package io.patchbay.runtime.image;

import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program {@code qemu-img}. Methods wait for it; what it refuses is a {@link LabException}
 * (CONFLICT) with its own words, and leaves no part of a new image. Paths must be absolute, so that
 * none can be taken for a protocol.
 *
 * @param program its path
 */
public record QemuImg(Path program) {
  /** Of the paths in what the program says. */
  private static final Pattern DIRECTORIES = Pattern.compile("(?<![\\w.])/(?:[^/\\s'\":]+/)+");

  private static final String MEBI = "M";

  /** Of two that make the same image at once, one must see the other's. */
  private static final ReentrantLock PLACING = new ReentrantLock();

  /** How an image is. */
  public enum Health {
    SOUND,
    /** Space is lost, but no data. */
    LEAKS,
    CORRUPT,
    /** The format has nothing to check, or the image cannot be looked into. */
    UNKNOWN
  }

  /**
   * Makes a disk image. Some formats keep the data in further files beside it.
   *
   * @param image must not be there; its directory is made if there is none
   */
  public void create(Path image, NewDisk disk) {
    List<String> arguments = new ArrayList<>(List.of("create", "-q", "-f", disk.format()));
    for (Map.Entry<String, String> option : new TreeMap<>(disk.options()).entrySet()) {
      // A comma would begin another option.
      String value = option.getValue().replace(",", ",,");
      arguments.addAll(List.of("-o", option.getKey() + "=" + value));
    }
    make(image, arguments, List.of(disk.mebibytes() + MEBI));
  }

  /**
   * Makes a qcow2 image that keeps what is written and reads everything else from another one.
   *
   * @param backing is not changed, and must not be changed by others from now on
   * @param overlay like a new image
   */
  public void createOverlay(Path backing, Path overlay) {
    DiskInfo info = info(backing);
    List<String> arguments = new ArrayList<>(List.of("create", "-q", "-f", "qcow2"));
    arguments.addAll(backingOptions(backing, info));
    if (info.encrypted()) {
      // qemu-img has no secret to look into it, so it is told the size.
      arguments.add("-u");
      make(overlay, arguments, List.of(Long.toString(info.virtualSize())));
    } else {
      make(overlay, arguments, List.of());
    }
  }

  private static List<String> backingOptions(Path backing, DiskInfo info) {
    return List.of("-b", backingName(backing, info), "-F", info.format());
  }

  /** With an encrypted image goes the name under which QEMU is given its secret. */
  private static String backingName(Path backing, DiskInfo info) {
    return info.encrypted()
        ? "json:"
            + Json.createObjectBuilder()
                .add("encrypt.key-secret", backing.getFileName().toString())
                .add("driver", info.format())
                .add(
                    "file",
                    Json.createObjectBuilder()
                        .add("driver", "file")
                        .add("filename", backing.toString()))
                .build()
        : backing.toString();
  }

  /** Tells an overlay that the image below it is elsewhere now; its content must be the same. */
  public void rebase(Path overlay, Path backing) {
    DiskInfo info = info(backing);
    List<String> arguments = new ArrayList<>(List.of("rebase", "-q", "-u", "-f", "qcow2"));
    arguments.addAll(backingOptions(backing, info));
    arguments.add(overlay.toString());
    require(run(arguments));
  }

  /**
   * Makes a disk larger.
   *
   * @param mebibytes by how much; 0 and more
   */
  public void extend(Path image, long mebibytes) {
    requireThere(image);
    String format = info(image).format();
    require(run(List.of("resize", "-q", "-f", format, image.toString(), "+" + mebibytes + MEBI)));
  }

  /** Looks into an image, also while a node uses it. */
  public DiskInfo info(Path image) {
    requireThere(image);
    Tool.Result result = run(List.of("info", "--output=json", "-U", image.toString()));
    require(result);
    try {
      return DiskInfo.parse(result.output());
    } catch (IOException unexpected) {
      throw LabException.conflict(unexpected.getMessage());
    }
  }

  public Health check(Path image) {
    return health(run(List.of("check", "-q", image.toString())));
  }

  /** Mends what {@link #check} has found, as far as possible; returns how the image is then. */
  public Health repair(Path image, Health found) {
    run(List.of("check", "-q", "-r", found == Health.LEAKS ? "leaks" : "all", image.toString()));
    return check(image);
  }

  /** The statuses are those of the manual page qemu-img(1). */
  private static Health health(Tool.Result result) {
    return switch (result.status()) {
      case 0 -> Health.SOUND;
      case 2 -> Health.CORRUPT;
      case 3 -> Health.LEAKS;
      default -> Health.UNKNOWN;
    };
  }

  /** Deletes a state that is saved in an image. */
  public void deleteSnapshot(Path image, String snapshot) {
    require(run(List.of("snapshot", "-q", "-d", snapshot, image.toString())));
  }

  /**
   * Makes an image in a directory of its own and moves it to its place with all that belongs to it.
   */
  private void make(Path image, List<String> arguments, List<String> size) {
    Path home = image.getParent();
    Path workshop = home.resolve(".making-" + UUID.randomUUID());
    try {
      requireAbsent(image);
      Files.createDirectories(workshop);
      try {
        List<String> all = new ArrayList<>(arguments);
        all.add(workshop.resolve(image.getFileName()).toString());
        all.addAll(size);
        Tool.Result result = run(all);
        if (!result.isDone()) {
          throw refusal(result.errors());
        }
        moveAll(workshop, home);
      } finally {
        DirectoryTree.delete(workshop);
      }
    } catch (IOException e) {
      throw LabException.conflict(
          "The image " + image.getFileName() + " cannot be made: " + e.getMessage());
    }
  }

  private static void moveAll(Path workshop, Path home) throws IOException {
    List<Path> made;
    try (Stream<Path> files = Files.list(workshop)) {
      made = files.toList();
    }
    PLACING.lock();
    try {
      for (Path file : made) {
        requireAbsent(home.resolve(file.getFileName()));
      }
      for (Path file : made) {
        Files.move(file, home.resolve(file.getFileName()));
      }
    } finally {
      PLACING.unlock();
    }
  }

  private static void requireAbsent(Path image) {
    if (Files.exists(image, LinkOption.NOFOLLOW_LINKS)) {
      throw LabException.conflict("The image " + image.getFileName() + " is there already");
    }
  }

  private static void requireThere(Path image) {
    if (!Files.exists(image)) {
      throw LabException.conflict("The image " + image.getFileName() + " was not found");
    }
  }

  private Tool.Result run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    try {
      return Tool.run(command);
    } catch (IOException e) {
      throw LabException.conflict(program + " cannot be run: " + e.getMessage());
    }
  }

  private static void require(Tool.Result result) {
    if (!result.isDone()) {
      throw refusal(result.errors());
    }
  }

  /** Where files of the server are is nothing for its users to know. */
  private static LabException refusal(String errors) {
    String words = DIRECTORIES.matcher(errors).replaceAll("").strip();
    return LabException.conflict(words.isEmpty() ? "qemu-img failed" : words);
  }
}
