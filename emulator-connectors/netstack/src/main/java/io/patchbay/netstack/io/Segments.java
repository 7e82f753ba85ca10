package io.patchbay.netstack.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Frames of one length in a row as one message, which the kernel cuts into datagrams where it hands
 * them over (UDP_SEGMENT of udp(7)). So they go their way through it once and not one by one. For
 * one thread.
 */
final class Segments {
  /** A struct cmsghdr of 16 octets and a length of 16 bits, padded. */
  private static final int CONTROL = 24;

  private static final int CONTROL_LENGTH = 18;

  /** What a message may hold together: a UDP datagram of 65,535 octets with its headers. */
  private static final int MOST = 65_000;

  private final MemorySegment headers =
      Arena.global().allocate((long) MessageBatch.SIZE * Linux.MMSGHDR, 8);
  private final MemorySegment controls =
      Arena.global().allocate((long) MessageBatch.SIZE * CONTROL, 8);
  private final int[] frames = new int[MessageBatch.SIZE];
  private int count;

  Segments() {
    for (int i = 0; i < MessageBatch.SIZE; i++) {
      long control = (long) i * CONTROL;
      controls.set(ValueLayout.JAVA_LONG, control, CONTROL_LENGTH);
      controls.set(ValueLayout.JAVA_INT, control + 8, Linux.SOL_UDP);
      controls.set(ValueLayout.JAVA_INT, control + 12, Linux.UDP_SEGMENT);
      headers.set(
          ValueLayout.ADDRESS,
          (long) i * Linux.MMSGHDR + Linux.MSG_CONTROL,
          controls.asSlice(control, CONTROL));
    }
  }

  /** Takes the frames of a batch from one up to but without another. */
  void gather(MessageBatch batch, int from, int to) {
    count = 0;
    for (int next = from; next < to; next += frames[count++]) {
      int length = batch.length(next);
      int run = 1;
      while (next + run < to && batch.length(next + run) == length && (run + 1) * length <= MOST) {
        run++;
      }
      frames[count] = run;
      long header = (long) count * Linux.MMSGHDR;
      headers.set(ValueLayout.ADDRESS, header + Linux.MSG_IOV, batch.vectorsFrom(next));
      headers.set(ValueLayout.JAVA_LONG, header + Linux.MSG_IOVLEN, run);
      headers.set(ValueLayout.JAVA_LONG, header + Linux.MSG_CONTROLLEN, run > 1 ? CONTROL : 0);
      controls.set(ValueLayout.JAVA_SHORT, (long) count * CONTROL + 16, (short) length);
    }
  }

  int count() {
    return count;
  }

  /** The headers from this message on. */
  MemorySegment headersFrom(int message) {
    return headers.asSlice((long) message * Linux.MMSGHDR);
  }

  /** How many frames a message holds. */
  int frames(int message) {
    return frames[message];
  }
}
