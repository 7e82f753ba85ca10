package io.patchbay.spi;

import io.patchbay.spi.file.SparseOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that somebody sends, of any size. */
public final class IncomingFile {
  private IncomingFile() {}

  /**
   * Replaces a file by what a stream delivers.
   *
   * @param target in a directory that is there
   * @throws IOException if that fails; the target is then as it was and no part of the new one
   *     stays
   */
  public static void write(Path target, InputStream content) throws IOException {
    Path fresh = DurableFile.temporary(target);
    try {
      try (SparseOutput out = new SparseOutput(fresh)) {
        content.transferTo(out);
      }
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
