package io.patchbay.controller.zip;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much an archive may become. It ends where the disk would be filled, and where so much comes
 * out of so little that it can only be meant to harm. Not for use by several threads.
 */
public final class ExtractionBudget {
  /** Left free on the disk, so that running labs can go on writing. */
  private static final long RESERVE = 64L << 20;

  /** Disks of machines shrink well, so small archives are not judged by their ratio. */
  private static final long HARMLESS = 256L << 20;

  private static final int LARGEST_RATIO = 200;

  private final long limit;
  private long announced;
  private long spent;

  ExtractionBudget(long limit) {
    this.limit = limit;
  }

  /**
   * @param directory where the content goes
   */
  public static ExtractionBudget forArchive(Path archive, Path directory) throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace() - RESERVE;
    long plausible = Math.max(HARMLESS, Files.size(archive) * LARGEST_RATIO);
    return new ExtractionBudget(Math.min(free, plausible));
  }

  /** What a member says of its own size; it may lie. */
  void announce(long size) {
    announced += Math.max(0, size);
    check(announced);
  }

  /** What really comes out. */
  void spend(long bytes) {
    spent += bytes;
    check(spent);
  }

  private void check(long total) {
    if (total > limit || total < 0) {
      throw LabException.conflict(
          "The archive cannot be unpacked: its content is larger than the "
              + limit
              + " bytes that the disk and the archive's own size allow");
    }
  }
}
