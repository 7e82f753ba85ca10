package io.patchbay.runtime.image;

import io.patchbay.spi.LabException;
import io.patchbay.spi.file.SparseOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Stores images that are sent, each first under a name that is never listed. */
final class ImageUploads {
  static final String TEMPORARY = ".upload";

  /** An upload that has not grown for this long belongs to a server that was killed. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Checksums checksums;

  ImageUploads(Checksums checksums) {
    this.checksums = checksums;
  }

  /**
   * @param target what the image will be
   * @param name how the user calls it
   */
  void store(Path target, ImageKind kind, String name, InputStream content, OptionalLong size) {
    try {
      Path place = nearest(target.getParent());
      prepare(place, name, size);
      Path fresh = place.resolve("." + UUID.randomUUID() + TEMPORARY);
      try {
        String sum = receive(fresh, content, size);
        put(fresh, target, kind, sum);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw LabException.conflict("The image " + name + " cannot be written: " + reason(e));
    }
  }

  /** Makes room for what comes, as far as there is some. */
  void prepare(Path place, String name, long size) throws IOException {
    prepare(place, name, OptionalLong.of(size));
  }

  private static void prepare(Path place, String name, OptionalLong size) throws IOException {
    removeAbandoned(place);
    requireRoom(place, name, size);
  }

  /** Puts a file that is whole in its place. */
  void finish(Path whole, Path target, ImageKind kind) throws IOException {
    put(whole, target, kind, Checksums.computed(whole));
  }

  private void put(Path fresh, Path target, ImageKind kind, String sum) throws IOException {
    if (kind == ImageKind.IOU) {
      makeExecutable(fresh);
    }
    checksums.put(fresh, target, sum);
  }

  static String reason(IOException e) {
    // The message would begin with the name of the temporary file, or be the path and nothing else.
    return e instanceof FileSystemException file
        ? Optional.ofNullable(file.getReason()).orElse("something else has its place")
        : e.getMessage();
  }

  /** The directory itself if it is there, else the one above in which it will be made. */
  private static Path nearest(Path directory) {
    Path place = directory;
    while (!Files.isDirectory(place)) {
      place = place.getParent();
    }
    return place;
  }

  private static void removeAbandoned(Path directory) throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    List<Path> uploads;
    try (Stream<Path> files = Files.list(directory)) {
      uploads = files.filter(file -> file.toString().endsWith(TEMPORARY)).toList();
    }
    for (Path upload : uploads) {
      try {
        if (Files.getLastModifiedTime(upload).toInstant().isBefore(limit)) {
          Files.deleteIfExists(upload);
        }
      } catch (NoSuchFileException ended) {
        // Another upload, which is done.
      }
    }
  }

  private static void requireRoom(Path directory, String name, OptionalLong size)
      throws IOException {
    long room = Files.getFileStore(directory).getUsableSpace();
    if (size.isPresent() && size.getAsLong() > room) {
      throw LabException.conflict(
          "There is no room for the image %s: it has %d bytes, and %d are left on the disk"
              .formatted(name, size.getAsLong(), room));
    }
  }

  /** Returns the MD5 sum. */
  private static String receive(Path fresh, InputStream content, OptionalLong size)
      throws IOException {
    MessageDigest digest = Checksums.digest();
    byte[] buffer = new byte[1 << 16];
    long received = 0;
    try (SparseOutput file = new SparseOutput(fresh)) {
      for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
        digest.update(buffer, 0, length);
        file.write(buffer, 0, length);
        received += length;
      }
      file.force();
    }
    if (size.isPresent() && received != size.getAsLong()) {
      throw new IOException(
          "%d bytes were announced and %d came".formatted(size.getAsLong(), received));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void makeExecutable(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      Files.setPosixFilePermissions(file, permissions);
    }
  }
}
