package io.patchbay.controller.journal;

import io.patchbay.spi.DurableFile;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A project on the disk: its file; beside it {@code NAME.gns3.journal} with what changed since that
 * was written, there only while there is something; and {@code NAME.gns3.backup}, a copy of the
 * file as it was last written. Thread-safe.
 *
 * <p>The journal names by a digest which content of the file it goes on from: whoever reads starts
 * behind the last such line that names the file as it is. So a kill at any point between writing
 * the file and shortening the journal loses nothing, and the changes are of no effect on a file
 * that somebody else has written meanwhile.
 */
public final class ProjectStore {
  private static final Logger LOG = Logger.getLogger(ProjectStore.class.getName());
  private static final String FOLLOWS = "follows";

  /** Beyond the file itself: directories, and what others write at the same time. */
  private static final long MARGIN = 64 << 10;

  /** What the record of a removal takes at most, by far. */
  private static final long REMOVAL = 512;

  /** Things that may be removed by others between a reservation and its use. */
  private static final int OTHERS = 6;

  private final Path file;
  private final Function<JsonObject, byte[]> format;
  private final Journal journal;
  private final ReentrantLock saves = new ReentrantLock();
  private Optional<Base> base = Optional.empty();
  private boolean saving;
  private boolean retired;

  /** What changed since the content that is being saved was taken. */
  private final List<JsonObject> meanwhile = new ArrayList<>();

  /** The file that the journal goes on from; a replaced or edited file has another stamp. */
  private record Base(Stamp stamp, String digest) {}

  private record Stamp(Optional<Object> key, FileTime modified, long size) {
    static Stamp of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(Optional.ofNullable(now.fileKey()), now.lastModifiedTime(), now.size());
    }
  }

  /**
   * @param format how the content is written
   */
  public ProjectStore(Path file, Function<JsonObject, byte[]> format) {
    this.file = file;
    this.format = format;
    this.journal = new Journal(journal(file));
  }

  private static Path journal(Path file) {
    return file.resolveSibling(file.getFileName() + ".journal");
  }

  /** Where the copy of a project's file is. */
  public static Path backup(Path file) {
    return file.resolveSibling(file.getFileName() + ".backup");
  }

  /** Whether a file of this name is the server's own and of no use elsewhere. */
  public static boolean isOwn(String name) {
    return name.endsWith(".gns3.journal") || name.endsWith(".gns3.backup");
  }

  /**
   * A project's file with the changes that it does not have yet.
   *
   * @param content of the file on the disk
   * @throws IOException if the file or the journal cannot be read
   */
  public static JsonObject replay(Path file, JsonObject content) throws IOException {
    List<Change> changes = left(file).stream().map(Change::of).toList();
    return changes.isEmpty() ? content : Change.apply(content, changes);
  }

  private static List<JsonObject> left(Path file) throws IOException {
    List<JsonObject> lines = Journal.read(journal(file));
    if (lines.isEmpty()) {
      return lines;
    }
    int start = lines.lastIndexOf(follows(digest(Files.readAllBytes(file))));
    return start < 0
        ? List.of()
        : lines.subList(start, lines.size()).stream()
            .filter(line -> !line.containsKey(FOLLOWS))
            .toList();
  }

  private static JsonObject follows(String digest) {
    return Json.createObjectBuilder().add(FOLLOWS, digest).build();
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Sees to it that the disk has room for a change.
   *
   * @param bytes that it adds, roughly
   * @throws IOException if it has not
   */
  public synchronized void reserve(long bytes) throws IOException {
    if (retired) {
      return;
    }
    Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
    long size = Files.exists(file) ? Files.size(file) : 0;
    if (directory.toFile().getUsableSpace() < size + bytes + MARGIN) {
      throw new FileSystemException(directory.toString(), null, "No space left on device");
    }
    if (goOn()) {
      journal.reserve(bytes + MARGIN);
    }
  }

  /**
   * Sees to it that removals can be recorded, even on a full disk: if there is no other room the
   * copy of the file gives way, and is there again after the next save.
   *
   * @param count of things that are removed
   * @throws IOException if even so there is no room
   */
  public synchronized void reserveRemovals(int count) throws IOException {
    if (!goOn()) {
      return;
    }
    long bytes = (count + OTHERS) * REMOVAL;
    try {
      journal.reserve(bytes);
    } catch (IOException full) {
      Files.deleteIfExists(backup(file));
      journal.reserve(bytes);
    }
  }

  /**
   * Writes down what changed; it survives the end of this process from then on.
   *
   * @param changes how things are; asked for under this store's lock, so that of two changes the
   *     last that is written has the last state
   * @throws IOException if that fails
   */
  public synchronized void record(Supplier<List<Change>> changes) throws IOException {
    if (!goOn()) {
      // Without a file there is nothing to go on from: all of it is saved soon.
      return;
    }
    List<JsonObject> lines = changes.get().stream().map(Change::toJson).toList();
    append(lines);
    if (saving) {
      meanwhile.addAll(lines);
    }
  }

  private void append(List<JsonObject> lines) throws IOException {
    List<JsonObject> all = new ArrayList<>();
    if (journal.isEmpty()) {
      all.add(follows(base.orElseThrow().digest()));
    }
    all.addAll(lines);
    journal.append(all);
  }

  /** Lets the journal go on from the file on the disk, whoever wrote that; false if none did. */
  private boolean goOn() throws IOException {
    if (retired || Files.notExists(file)) {
      return false;
    }
    Stamp now = Stamp.of(file);
    if (!saving && base.filter(known -> known.stamp().equals(now)).isEmpty()) {
      String digest = digest(Files.readAllBytes(file));
      List<JsonObject> lines = new ArrayList<>(left(file));
      if (!lines.isEmpty()) {
        lines.addFirst(follows(digest));
      }
      journal.restart(lines);
      base = Optional.of(new Base(now, digest));
    }
    return base.isPresent();
  }

  /**
   * Writes the file and forces it to the disk; nothing happens if the disk has it already.
   *
   * @param content asked for under this store's lock
   * @throws IOException if that fails; the file is as it was then, and so are the changes
   */
  public void save(Supplier<JsonObject> content) throws IOException {
    saves.lock();
    try {
      JsonObject taken;
      boolean there;
      synchronized (this) {
        if (retired) {
          return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        there = goOn();
        taken = content.get();
        meanwhile.clear();
        saving = true;
      }
      byte[] bytes = format.apply(taken);
      String digest = digest(bytes);
      if (base().filter(known -> there && known.digest().equals(digest)).isEmpty()) {
        if (there) {
          follow(digest);
        }
        DurableFile.write(file, bytes);
      }
      saved(digest);
      keep(bytes);
    } finally {
      synchronized (this) {
        saving = false;
      }
      saves.unlock();
    }
  }

  /**
   * Waits until nothing is being written, and writes nothing from then on: the project's directory
   * is about to be deleted.
   */
  public void retire() {
    saves.lock();
    try {
      synchronized (this) {
        retired = true;
      }
    } finally {
      saves.unlock();
    }
  }

  private synchronized Optional<Base> base() {
    return base;
  }

  /** Changes go on from either, the file that is there and the one that is about to be. */
  private synchronized void follow(String digest) throws IOException {
    List<JsonObject> lines = new ArrayList<>(List.of(follows(digest)));
    lines.addAll(meanwhile);
    append(lines);
  }

  private synchronized void saved(String digest) throws IOException {
    base = Optional.of(new Base(Stamp.of(file), digest));
    saving = false;
    List<JsonObject> lines = new ArrayList<>(meanwhile);
    if (!lines.isEmpty()) {
      lines.addFirst(follows(digest));
    }
    try {
      journal.restart(lines);
    } catch (IOException full) {
      // It stays longer than it has to be, and as good.
      LOG.log(Level.FINE, "the journal stays", full);
    }
  }

  /** The last copy is better than none if this one cannot be written. */
  private void keep(byte[] bytes) {
    Path backup = backup(file);
    try {
      DurableFile.writeUnforced(backup, bytes);
    } catch (IOException full) {
      LOG.log(Level.FINE, "the copy of a project's file stays", full);
    }
  }
}
