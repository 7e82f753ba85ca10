package io.patchbay.netstack.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/** The file of a capture as it grows. */
final class PcapStream extends InputStream {
  private final PcapCapture capture;
  private final FileChannel file;
  private long position;
  private volatile boolean closed;

  PcapStream(PcapCapture capture, FileChannel file) {
    this.capture = capture;
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      long there = capture.awaitBeyond(position, () -> closed) - position;
      if (closed) {
        throw new ClosedChannelException();
      }
      if (there <= 0) {
        return -1;
      }
      int read =
          file.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, there)), position);
      position += Math.max(0, read);
      return read;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** Whoever waits in a read on another thread is woken, and gets an exception. */
  @Override
  public void close() throws IOException {
    closed = true;
    capture.wakeReaders();
    file.close();
  }
}
