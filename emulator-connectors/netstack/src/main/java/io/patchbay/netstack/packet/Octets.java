package io.patchbay.netstack.packet;

import io.patchbay.netstack.wire.Frame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A view of octets that somebody else owns, numbers in network order. Every read beyond its end
 * throws {@link MalformedException}. A view of a frame is valid as long as the frame is.
 */
public final class Octets {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final MemorySegment memory;
  private final long offset;
  private final int length;

  private Octets(MemorySegment memory, long offset, int length) {
    this.memory = memory;
    this.offset = offset;
    this.length = length;
  }

  public static Octets of(byte[] content) {
    return new Octets(MemorySegment.ofArray(content), 0, content.length);
  }

  public static Octets of(Frame frame) {
    return new Octets(frame.memory(), frame.offset(), frame.length());
  }

  public int length() {
    return length;
  }

  private long at(int index, int size) {
    if (index < 0 || index > length - size) {
      throw new MalformedException("truncated");
    }
    return offset + index;
  }

  public int u8(int index) {
    return memory.get(ValueLayout.JAVA_BYTE, at(index, 1)) & 0xff;
  }

  public int u16(int index) {
    return memory.get(SHORT, at(index, 2)) & 0xffff;
  }

  /** 32 bits as they are, for addresses and for arithmetic that wraps. */
  public int i32(int index) {
    return memory.get(INT, at(index, 4));
  }

  public long u32(int index) {
    return i32(index) & 0xffff_ffffL;
  }

  /** 48 bits, such as a MAC address. */
  public long u48(int index) {
    return (long) u16(at48(index)) << 32 | u32(index + 2);
  }

  private int at48(int index) {
    at(index, 6);
    return index;
  }

  public long i64(int index) {
    return memory.get(LONG, at(index, 8));
  }

  /** From here to the end. */
  public Octets from(int start) {
    return slice(start, length);
  }

  /** From {@code start} up to but without {@code end}. */
  public Octets slice(int start, int end) {
    if (start < 0 || end < start || end > length) {
      throw new MalformedException("truncated");
    }
    return new Octets(memory, offset + start, end - start);
  }

  public byte[] toBytes() {
    return memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
  }
}
