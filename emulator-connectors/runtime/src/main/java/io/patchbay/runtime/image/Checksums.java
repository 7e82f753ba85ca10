package io.patchbay.runtime.image;

import io.patchbay.spi.DurableFile;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * MD5 sums of images. Each is computed once for a file's size and time and kept beside the file as
 * GNS3 does, in {@code NAME.md5sum}, so that a later server has it too. Thread-safe.
 */
final class Checksums {
  static final String SUFFIX = ".md5sum";

  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  /**
   * A state of a file.
   *
   * @param key tells files apart that came to one path within a tick of the file system's clock;
   *     null where the file system has none
   */
  private record Version(Path path, long size, FileTime modified, Object key) {
    static Version of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(
          file, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  /** Whoever changes a file or its sum, so that they always belong together. */
  private final ReentrantLock changing = new ReentrantLock();

  private final Map<Version, FutureTask<String>> sums = new ConcurrentHashMap<>();

  /**
   * The sum of a file's content, in hexadecimal. Whoever asks while it is computed waits.
   *
   * @throws IOException if the file cannot be read
   */
  String of(Path file) throws IOException {
    Version version = Version.of(file);
    FutureTask<String> task = task(version);
    task.run();
    try {
      return task.get();
    } catch (ExecutionException failed) {
      sums.remove(version, task);
      throw new IOException(failed.getCause().getMessage(), failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LabException.conflict("The server stops");
    }
  }

  private synchronized FutureTask<String> task(Version version) {
    FutureTask<String> known = sums.get(version);
    if (known != null) {
      return known;
    }
    boolean changed = sums.keySet().removeIf(other -> other.path().equals(version.path()));
    // The sum beside a file that changed is the old one's, even if their times are the same.
    FutureTask<String> fresh = new Reckoning(version, changed).task;
    sums.put(version, fresh);
    return fresh;
  }

  /**
   * The last sum that is known of a file, though it may have changed since; computed if there is
   * none.
   *
   * @throws IOException if the file cannot be read
   */
  String lastKnown(Path file) throws IOException {
    Optional<String> beside = read(beside(file));
    if (beside.isPresent()) {
      return beside.get();
    }
    Optional<FutureTask<String>> known =
        sums.entrySet().stream()
            .filter(sum -> sum.getKey().path().equals(file))
            .map(Map.Entry::getValue)
            .filter(sum -> sum.state() == Future.State.SUCCESS)
            .findFirst();
    return known.isPresent() ? known.get().resultNow() : of(file);
  }

  /** How the sum of a file is found that is met for the first time in its state. */
  private final class Reckoning implements Callable<String> {
    final FutureTask<String> task = new FutureTask<>(this);

    private final Version version;
    private final boolean besideIsOld;

    Reckoning(Version version, boolean besideIsOld) {
      this.version = version;
      this.besideIsOld = besideIsOld;
    }

    @Override
    public String call() throws IOException {
      Optional<String> kept = besideIsOld ? Optional.empty() : kept(version);
      if (kept.isPresent()) {
        return kept.get();
      }
      String sum = computed(version.path());
      changing.lock();
      try {
        // An upload may have put another file there, and its sum, while this one was read.
        if (sums.get(version) == task && version.equals(Version.of(version.path()))) {
          keep(version.path(), sum);
        }
      } finally {
        changing.unlock();
      }
      return sum;
    }
  }

  static String computed(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        digest.update(buffer, 0, length);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What is beside the file, unless the file was changed since. */
  private static Optional<String> kept(Version version) {
    Path beside = beside(version.path());
    try {
      return Files.getLastModifiedTime(beside).compareTo(version.modified()) < 0
          ? Optional.empty()
          : read(beside);
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private static Optional<String> read(Path beside) {
    try {
      return Optional.of(Files.readString(beside, StandardCharsets.ISO_8859_1).strip())
          .filter(text -> MD5.matcher(text).matches());
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** Puts a sum beside its file; where that cannot be written it is computed again later. */
  private static void keep(Path file, String sum) {
    try {
      DurableFile.writeUnforced(beside(file), sum.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException readOnly) {
      // Directories of images may well be shared and not ours to write.
    }
  }

  /** Puts a file, whose sum is known, in the place of another one or of none. */
  void put(Path fresh, Path target, String sum) throws IOException {
    changing.lock();
    try {
      Files.createDirectories(target.getParent());
      // The old sum must never be taken for that of the new file.
      Files.deleteIfExists(beside(target));
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      keep(target, sum);
      remember(Version.of(target), sum);
    } finally {
      changing.unlock();
    }
  }

  private synchronized void remember(Version version, String sum) {
    sums.keySet().removeIf(other -> other.path().equals(version.path()));
    FutureTask<String> known = new FutureTask<>(() -> sum);
    known.run();
    sums.put(version, known);
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
