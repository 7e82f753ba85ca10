package io.patchbay.netstack.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A view of one frame, of Ethernet (IEEE 802.3, without preamble and FCS) unless its link is of
 * another kind, in memory that somebody else owns. It is reused for frame after frame and valid
 * only during the call that it is passed to. Not for several threads.
 */
public final class Frame {
  /** Room that every owner leaves in front of a frame, for tags that are pushed in place. */
  public static final int HEADROOM = 32;

  /** The longest frame: 9,000 bytes of payload, the header and a few tags. */
  public static final int MAX_LENGTH = 9216;

  /** Two addresses and the EtherType; anything shorter is no Ethernet frame. */
  public static final int MIN_LENGTH = 14;

  /** Frames of serial lines may be shorter than those of Ethernet. */
  public static final int SHORTEST = 2;

  private static final int ADDRESSES = 12;
  private static final int TAG = 4;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private MemorySegment memory = MemorySegment.NULL;
  private long offset;
  private int length;

  /**
   * Looks at another frame.
   *
   * @param offset of its first byte, with {@link #HEADROOM} bytes before it that may be overwritten
   * @param length at least {@link #SHORTEST}; the accessors need {@link #MIN_LENGTH}
   */
  public Frame over(MemorySegment newMemory, long newOffset, int newLength) {
    memory = newMemory;
    offset = newOffset;
    length = newLength;
    return this;
  }

  public int length() {
    return length;
  }

  /** The destination address in the low 48 bits. */
  public long destination() {
    return memory.get(LONG, offset) >>> 16;
  }

  /** The source address in the low 48 bits. */
  public long source() {
    return memory.get(LONG, offset + 4) & 0xffff_ffff_ffffL;
  }

  /** The EtherType, or the type of the outermost tag. */
  public int etherType() {
    return memory.get(SHORT, offset + ADDRESSES) & 0xffff;
  }

  /** Whether there is room for a tag behind the addresses; only then may it be read or popped. */
  public boolean mayHaveTag() {
    return length >= MIN_LENGTH + TAG;
  }

  /** VLAN identifier of the outermost tag, 0 to 4095. */
  public int vlan() {
    return memory.get(SHORT, offset + ADDRESSES + 2) & 0x0fff;
  }

  /** Priority, drop eligibility and VLAN of the outermost tag, 16 bits. */
  public int tagControl() {
    return memory.get(SHORT, offset + ADDRESSES + 2) & 0xffff;
  }

  /** Puts a tag (IEEE 802.1Q) in front of the EtherType, in place. */
  public void pushTag(int tagType, int tagControl) {
    MemorySegment.copy(memory, offset, memory, offset - TAG, ADDRESSES);
    offset -= TAG;
    length += TAG;
    memory.set(INT, offset + ADDRESSES, tagType << 16 | tagControl & 0xffff);
  }

  /** Takes the outermost tag away, in place. */
  public void popTag() {
    MemorySegment.copy(memory, offset, memory, offset + TAG, ADDRESSES);
    offset += TAG;
    length -= TAG;
  }

  public void copyTo(MemorySegment target, long targetOffset) {
    MemorySegment.copy(memory, offset, target, targetOffset, length);
  }

  /** A copy on the heap, for those who keep frames for a while. */
  public byte[] toBytes() {
    return memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /** The octet at this place of the frame, from 0. */
  public byte octet(int index) {
    return memory.get(ValueLayout.JAVA_BYTE, offset + index);
  }

  /** Changes an octet in place; only those who own a copy may. */
  public void octet(int index, byte value) {
    memory.set(ValueLayout.JAVA_BYTE, offset + index, value);
  }

  /** Where the frame lies now, for system calls. */
  public MemorySegment memory() {
    return memory;
  }

  public long offset() {
    return offset;
  }

  @Override
  public String toString() {
    return length < MIN_LENGTH
        ? length + " bytes"
        : "%012x > %012x, type %04x, %d bytes"
            .formatted(source(), destination(), etherType(), length);
  }
}
