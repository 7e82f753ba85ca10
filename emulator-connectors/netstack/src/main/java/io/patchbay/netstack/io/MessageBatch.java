package io.patchbay.netstack.io;

import io.patchbay.netstack.wire.Frame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Memory for a batch of datagrams and the headers by which recvmmsg(2) and sendmmsg(2) know it.
 * Made once per thread, never freed: there are only a few.
 */
final class MessageBatch {
  static final int SIZE = 64;
  private static final int SLOT = Frame.HEADROOM + Frame.MAX_LENGTH + Frame.HEADROOM;

  private final MemorySegment data = Arena.global().allocate((long) SIZE * SLOT, 8);
  private final MemorySegment vectors = Arena.global().allocate((long) SIZE * Linux.IOVEC, 8);
  private final MemorySegment headers = Arena.global().allocate((long) SIZE * Linux.MMSGHDR, 8);

  private final MemorySegment control =
      Arena.global().allocate((long) SIZE * PacketSocket.CONTROL, 8);

  MessageBatch() {
    for (int i = 0; i < SIZE; i++) {
      MemorySegment slot = data.asSlice(offset(i), Frame.MAX_LENGTH);
      vectors.set(ValueLayout.ADDRESS, (long) i * Linux.IOVEC, slot);
      length(i, Frame.MAX_LENGTH);
      long header = (long) i * Linux.MMSGHDR;
      headers.set(
          ValueLayout.ADDRESS,
          header + Linux.MSG_IOV,
          vectors.asSlice((long) i * Linux.IOVEC, Linux.IOVEC));
      headers.set(ValueLayout.JAVA_LONG, header + Linux.MSG_IOVLEN, 1);
    }
  }

  private static long offset(int index) {
    return (long) index * SLOT + Frame.HEADROOM;
  }

  /** The headers from this message on. */
  MemorySegment headersFrom(int index) {
    return index == 0 ? headers : headers.asSlice((long) index * Linux.MMSGHDR);
  }

  /** Where frames are, one after the other, from this one on. */
  MemorySegment vectorsFrom(int index) {
    return vectors.asSlice((long) index * Linux.IOVEC);
  }

  /** How much of a slot a send takes. */
  void length(int index, int bytes) {
    vectors.set(ValueLayout.JAVA_LONG, (long) index * Linux.IOVEC + 8, bytes);
  }

  int received(int index) {
    return headers.get(ValueLayout.JAVA_INT, (long) index * Linux.MMSGHDR + Linux.MSG_LEN);
  }

  boolean truncated(int index) {
    int flags = headers.get(ValueLayout.JAVA_INT, (long) index * Linux.MMSGHDR + Linux.MSG_FLAGS);
    return (flags & Linux.MSG_TRUNC) != 0;
  }

  /** Makes room for what comes apart from frames; for the next receiving call alone. */
  void offerControl() {
    for (int i = 0; i < SIZE; i++) {
      long header = (long) i * Linux.MMSGHDR;
      headers.set(
          ValueLayout.ADDRESS, header + Linux.MSG_CONTROL, control(i, PacketSocket.CONTROL));
      headers.set(ValueLayout.JAVA_LONG, header + Linux.MSG_CONTROLLEN, PacketSocket.CONTROL);
    }
  }

  private MemorySegment control(int index, long length) {
    return control.asSlice((long) index * PacketSocket.CONTROL, length);
  }

  /** The tag that came apart from a frame, see {@link PacketSocket#tag}. */
  int tag(int index) {
    long length =
        headers.get(ValueLayout.JAVA_LONG, (long) index * Linux.MMSGHDR + Linux.MSG_CONTROLLEN);
    return PacketSocket.tag(control(index, Math.min(length, PacketSocket.CONTROL)));
  }

  /** The memory of a slot from its frame's first octet on. */
  MemorySegment slot(int index, int bytes) {
    return data.asSlice(offset(index), bytes);
  }

  /** Notes a frame that came by other means than recvmmsg(2). */
  void received(int index, int bytes) {
    long header = (long) index * Linux.MMSGHDR;
    headers.set(ValueLayout.JAVA_INT, header + Linux.MSG_LEN, bytes);
    headers.set(ValueLayout.JAVA_INT, header + Linux.MSG_FLAGS, 0);
  }

  int length(int index) {
    return (int) vectors.get(ValueLayout.JAVA_LONG, (long) index * Linux.IOVEC + 8);
  }

  Frame view(Frame frame, int index) {
    return view(frame, index, 0);
  }

  /** The same without what stands before the frame. */
  Frame view(Frame frame, int index, int header) {
    return frame.over(data, offset(index) + header, received(index) - header);
  }

  void put(int index, Frame frame) {
    frame.copyTo(data, offset(index));
    length(index, frame.length());
  }
}
