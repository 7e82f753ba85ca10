package io.patchbay.netstack.packet;

import io.patchbay.netstack.wire.Frame;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A frame that is being made, with the room in front that {@link Frame} asks for. */
public final class FrameWriter {
  private final byte[] memory;
  private final int length;
  private final ByteBuffer payload;

  /**
   * @param payloadLength octets behind the header
   */
  public FrameWriter(long destination, long source, int etherType, int payloadLength) {
    length = Frame.MIN_LENGTH + payloadLength;
    memory = new byte[Frame.HEADROOM + length];
    payload = ByteBuffer.wrap(memory);
    payload.position(Frame.HEADROOM);
    payload.putShort((short) (destination >> 32)).putInt((int) destination);
    payload.putShort((short) (source >> 32)).putInt((int) source);
    payload.putShort((short) etherType);
  }

  /** Where the next octets go. */
  public ByteBuffer payload() {
    return payload;
  }

  /** What was written from here to the end, for checksums. */
  public Octets written(int from, int to) {
    return Octets.of(memory).slice(from, to);
  }

  /** A view of the finished frame, for one thread. */
  public Frame frame() {
    return new Frame().over(MemorySegment.ofArray(memory), Frame.HEADROOM, length);
  }
}
