package io.patchbay.spi.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes a new file in which blocks of zeros are holes, so that an empty disk takes no room. Not
 * for use by several threads.
 */
public final class SparseOutput extends OutputStream {
  /** File systems have blocks of this size, or smaller ones. */
  private static final int BLOCK = 4096;

  private static final byte[] ZEROS = new byte[BLOCK];

  private final FileChannel file;
  private long position;
  private boolean endsWithHole;

  /**
   * @throws IOException if the file is there already or cannot be made
   */
  public SparseOutput(Path target) throws IOException {
    this(target, StandardOpenOption.CREATE_NEW);
  }

  /**
   * @param made how the file comes to be there, empty
   */
  SparseOutput(Path target, StandardOpenOption made) throws IOException {
    file = FileChannel.open(target, made, StandardOpenOption.WRITE);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int dataFrom = offset;
    int at = offset;
    while (at < end) {
      // Blocks are counted from the beginning of the file.
      int next = Math.min(end, at + BLOCK - (int) ((position + at - offset) % BLOCK));
      // The other part of a block may be zeros as well, so a part of one is left out too.
      if (Arrays.equals(bytes, at, next, ZEROS, 0, next - at)) {
        writeFully(bytes, dataFrom, at, position + dataFrom - offset);
        dataFrom = next;
      }
      at = next;
    }
    writeFully(bytes, dataFrom, end, position + dataFrom - offset);
    endsWithHole = length > 0 ? dataFrom == end : endsWithHole;
    position += length;
  }

  private void writeFully(byte[] bytes, int from, int to, long target) throws IOException {
    ByteBuffer part = ByteBuffer.wrap(bytes, from, to - from);
    long at = target;
    while (part.hasRemaining()) {
      at += file.write(part, at);
    }
  }

  /** Forces what was written to the disk. */
  public void force() throws IOException {
    finish();
    file.force(true);
  }

  /** A file does not end with a hole by itself. */
  private void finish() throws IOException {
    if (endsWithHole) {
      file.write(ByteBuffer.wrap(ZEROS, 0, 1), position - 1);
      endsWithHole = false;
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      finish();
    }
  }
}
