package io.patchbay.controller.archive;

import io.patchbay.spi.LabException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Takes in the body of an import. */
final class Upload {
  private static final int BUFFER = 1 << 16;

  /** Left free on the disk, so that running labs can go on writing. */
  private static final long RESERVE = 64L << 20;

  /** Where the archive must begin in a body with several parts. */
  private static final int LONGEST_ENVELOPE = 1 << 16;

  private static final String PART_BEGINS = "\r\n\r\nPK";

  private Upload() {}

  /**
   * Saves an archive. Clients may send it as a part of {@code multipart/form-data}: what precedes
   * it is left out; what follows does an archive no harm.
   */
  static void save(InputStream body, Path target, LongConsumer progress) throws IOException {
    long space = Files.getFileStore(target.getParent()).getUsableSpace() - RESERVE;
    try (BufferedInputStream in = new BufferedInputStream(body, LONGEST_ENVELOPE);
        OutputStream out = Files.newOutputStream(target)) {
      skipEnvelope(in);
      byte[] buffer = new byte[BUFFER];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        space -= length;
        if (space < 0) {
          throw LabException.conflict("The archive is larger than what is free on the disk");
        }
        out.write(buffer, 0, length);
        progress.accept(length);
      }
    }
  }

  private static void skipEnvelope(BufferedInputStream in) throws IOException {
    in.mark(LONGEST_ENVELOPE);
    String begin = new String(in.readNBytes(LONGEST_ENVELOPE), StandardCharsets.ISO_8859_1);
    in.reset();
    int part = begin.startsWith("--") ? begin.indexOf(PART_BEGINS) : -1;
    if (part >= 0) {
      in.skipNBytes(part + PART_BEGINS.length() - 2L);
    }
  }
}
