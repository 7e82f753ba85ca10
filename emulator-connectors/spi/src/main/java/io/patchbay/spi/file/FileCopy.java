package io.patchbay.spi.file;

import io.patchbay.spi.file.LinuxFile.Extent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Copies files as cheaply as the file system can: by sharing their blocks until one of the two is
 * changed (XFS, Btrfs and others), else without their holes, which the copy has too.
 */
public final class FileCopy {
  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

  /** How a file was copied. */
  enum Way {
    SHARED,
    /** Where the file system said that there are data. */
    EXTENTS,
    /** All but blocks of zeros. */
    NO_ZEROS
  }

  private FileCopy() {}

  /**
   * Copies a regular file with its permissions.
   *
   * @param source may be written to meanwhile; what the copy has of that is left open
   * @param target must not be there; its directory must
   * @throws IOException if that fails; no part of the copy stays
   */
  public static void copy(Path source, Path target) throws IOException {
    copyBy(source, target);
  }

  static Way copyBy(Path source, Path target) throws IOException {
    Files.createFile(target);
    try {
      Way way = fill(source, target);
      if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(source));
      }
      return way;
    } catch (IOException | RuntimeException failed) {
      Files.deleteIfExists(target);
      throw failed;
    }
  }

  private static Way fill(Path source, Path target) throws IOException {
    if (LINUX && source.getFileSystem() == FileSystems.getDefault()) {
      try (LinuxFile from = LinuxFile.read(source);
          LinuxFile to = LinuxFile.write(target)) {
        if (to.shareBlocksOf(from)) {
          return Way.SHARED;
        }
        Optional<List<Extent>> extents = from.extents();
        if (extents.isPresent()) {
          copyExtents(source, target, extents.get());
          return Way.EXTENTS;
        }
      }
    }
    copyNoZeros(source, target);
    return Way.NO_ZEROS;
  }

  private static void copyExtents(Path source, Path target, List<Extent> extents)
      throws IOException {
    try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ);
        RandomAccessFile to = new RandomAccessFile(target.toFile(), "rw")) {
      to.setLength(from.size());
      for (Extent extent : extents) {
        to.seek(extent.from());
        copy(from, extent, to.getChannel());
      }
    }
  }

  private static void copy(FileChannel from, Extent extent, FileChannel to) throws IOException {
    long at = extent.from();
    while (at < extent.to()) {
      long count = from.transferTo(at, extent.to() - at, to);
      if (count <= 0) {
        // The source was cut off meanwhile.
        return;
      }
      at += count;
    }
  }

  static void copyNoZeros(Path source, Path target) throws IOException {
    try (SparseOutput out = new SparseOutput(target, StandardOpenOption.TRUNCATE_EXISTING)) {
      Files.copy(source, out);
    }
  }
}
