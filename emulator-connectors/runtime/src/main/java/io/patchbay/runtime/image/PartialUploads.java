package io.patchbay.runtime.image;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Images that are sent in parts, so that one that broke off is gone on with. What has arrived lies
 * under a hidden name, which tells image and size, until all has; for a day if nothing comes any
 * more. Thread-safe.
 */
final class PartialUploads {
  private final ImageUploads uploads;
  private final Set<Path> busy = ConcurrentHashMap.newKeySet();

  PartialUploads(ImageUploads uploads) {
    this.uploads = uploads;
  }

  /** Where the parts are gathered: beside the image, for the last step is a move. */
  private static Path gathered(Path target, long size) {
    return target.resolveSibling(
        ".%s.%d%s".formatted(target.getFileName(), size, ImageUploads.TEMPORARY));
  }

  /** How many bytes of an image of this size are there. */
  long received(Path target, long size) {
    try {
      return there(gathered(target, size));
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static long there(Path parts) throws IOException {
    return Files.exists(parts) ? Files.size(parts) : 0;
  }

  /**
   * Adds a part; of one that breaks off, what came is kept. With its last byte the image is there.
   *
   * @param kind decides what is done with the image
   * @param size of the whole image
   * @param offset how much is there, by what the sender knows
   * @return how much is there then
   * @throws LabException (CONFLICT) if something else is there, more comes than belongs to the
   *     image, somebody else sends it at this time, or it cannot be written
   */
  long append(Path target, ImageKind kind, long size, long offset, InputStream content) {
    try {
      Path parts = gathered(target, size);
      Files.createDirectories(target.getParent());
      if (!busy.add(parts)) {
        throw LabException.conflict("The image is being sent by somebody else just now");
      }
      try {
        uploads.prepare(target.getParent(), target.getFileName().toString(), size - offset);
        long received = receive(parts, size, offset, content);
        if (received == size) {
          uploads.finish(parts, target, kind);
        }
        return received;
      } finally {
        busy.remove(parts);
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static long receive(Path parts, long size, long offset, InputStream content)
      throws IOException {
    long there = there(parts);
    if (there != offset) {
      throw LabException.conflict(
          "%d bytes of the image are here, and what came goes on from %d".formatted(there, offset));
    }
    try (RandomAccessFile file = new RandomAccessFile(parts.toFile(), "rw")) {
      file.seek(offset);
      byte[] buffer = new byte[1 << 16];
      long received = offset;
      for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
        if (length > size - received) {
          throw LabException.conflict("More came than the %d bytes of the image".formatted(size));
        }
        file.write(buffer, 0, length);
        received += length;
      }
      file.getFD().sync();
      return received;
    }
  }

  private static LabException unwritable(Path target, IOException e) {
    return LabException.conflict(
        "The image %s cannot be written: %s"
            .formatted(target.getFileName(), ImageUploads.reason(e)));
  }
}
