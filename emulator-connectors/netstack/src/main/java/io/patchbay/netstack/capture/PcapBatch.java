package io.patchbay.netstack.capture;

import io.patchbay.netstack.wire.Frame;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.time.Instant;

/** Records that wait to be written together. Its memory grows with what comes, up to a bound. */
final class PcapBatch {
  private static final int FIRST = 64 * 1024;
  private static final int MOST = 4 * 1024 * 1024;

  private ByteBuffer records;
  private MemorySegment memory;

  PcapBatch() {
    use(FIRST);
  }

  private void use(int size) {
    records = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
    memory = MemorySegment.ofBuffer(records);
  }

  boolean isEmpty() {
    return records.position() == 0;
  }

  /**
   * @return false if there is no room
   */
  boolean add(Instant time, Frame frame) {
    int size = PcapFormat.RECORD_HEADER + frame.length();
    if (records.remaining() < size) {
      if (records.capacity() == MOST) {
        return false;
      }
      grow();
    }
    PcapFormat.put(records, memory, time, frame);
    return true;
  }

  private void grow() {
    ByteBuffer last = records.flip();
    use(last.capacity() * 2);
    records.put(last);
  }

  /**
   * Writes everything and is empty then. If that fails the file ends where it did before.
   *
   * @return how many bytes were written
   */
  int writeTo(FileChannel file) throws IOException {
    long before = file.position();
    int bytes = records.flip().remaining();
    try {
      while (records.hasRemaining()) {
        file.write(records);
      }
      return bytes;
    } catch (IOException failed) {
      file.truncate(before);
      throw failed;
    } finally {
      records.clear();
    }
  }
}
