package io.patchbay.netstack;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Makes the frames that the tests send. */
public final class TestFrames {
  public static final long BROADCAST = 0xffff_ffff_ffffL;
  public static final long ALICE = 0x0200_0000_000aL;
  public static final long BOB = 0x0200_0000_000bL;

  private static final int IPV4 = 0x0800;
  private static final int PAYLOAD = 46;

  private TestFrames() {}

  /** An untagged frame. */
  public static byte[] frame(long destination, long source) {
    return frame(destination, source, new int[0]);
  }

  /**
   * A frame with tags.
   *
   * @param tags type and control of each, the outermost first
   */
  public static byte[] frame(long destination, long source, int... tags) {
    ByteBuffer frame = ByteBuffer.allocate(14 + 2 * tags.length + PAYLOAD);
    address(frame, destination);
    address(frame, source);
    for (int half : tags) {
      frame.putShort((short) half);
    }
    frame.putShort((short) IPV4);
    for (int i = 0; i < PAYLOAD; i++) {
      frame.put((byte) i);
    }
    return frame.array();
  }

  /** An untagged frame of this length that carries a number behind its header. */
  public static byte[] numbered(int length, int number) {
    byte[] frame = Arrays.copyOf(frame(BOB, ALICE), length);
    ByteBuffer.wrap(frame).putInt(14, number);
    return frame;
  }

  /** The number of a frame that {@link #numbered} has made. */
  public static int number(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(14);
  }

  private static void address(ByteBuffer frame, long mac) {
    frame.putShort((short) (mac >>> 32)).putInt((int) mac);
  }
}
