package io.patchbay.netstack.wire;

import java.lang.foreign.MemorySegment;

/** A frame with memory of its own, for frames that are made or kept. */
public final class FrameBuffer {
  private final MemorySegment memory =
      MemorySegment.ofArray(new byte[Frame.HEADROOM + Frame.MAX_LENGTH + Frame.HEADROOM]);
  private final Frame frame = new Frame();

  /**
   * The frame with this content; valid until the next call.
   *
   * @throws IllegalArgumentException if that is no frame
   */
  public Frame fill(byte[] content) {
    if (content.length < Frame.SHORTEST || content.length > Frame.MAX_LENGTH) {
      throw new IllegalArgumentException(content.length + " bytes are no frame");
    }
    MemorySegment.copy(MemorySegment.ofArray(content), 0, memory, Frame.HEADROOM, content.length);
    return frame.over(memory, Frame.HEADROOM, content.length);
  }
}
