package io.patchbay.netstack.capture;

import io.patchbay.netstack.wire.Frame;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/** The pcap file format, little-endian, with microseconds (draft-ietf-opsawg-pcap). */
final class PcapFormat {
  static final int FILE_HEADER = 24;
  static final int RECORD_HEADER = 16;

  private static final int MAGIC = 0xa1b2c3d4;
  private static final int SNAPLEN = 65535;

  private PcapFormat() {}

  static ByteBuffer fileHeader(int linkType) {
    return ByteBuffer.allocate(FILE_HEADER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putShort((short) 2)
        .putShort((short) 4)
        .putInt(0)
        .putInt(0)
        .putInt(SNAPLEN)
        .putInt(linkType)
        .flip();
  }

  /**
   * How long a record is, its header included.
   *
   * @param source little-endian, with a record's header at {@code position}
   * @return negative if that is no header of a record
   */
  static int lengthOf(ByteBuffer source, int position) {
    int captured = source.getInt(position + 8);
    return captured < 0 || captured > SNAPLEN ? -1 : RECORD_HEADER + captured;
  }

  /**
   * Adds a record.
   *
   * @param target little-endian, with room for it
   * @param memory the memory of {@code target}
   */
  static void put(ByteBuffer target, MemorySegment memory, Instant time, Frame frame) {
    target
        .putInt((int) time.getEpochSecond())
        .putInt(time.getNano() / 1000)
        .putInt(frame.length())
        .putInt(frame.length());
    frame.copyTo(memory, target.position());
    target.position(target.position() + frame.length());
  }
}
