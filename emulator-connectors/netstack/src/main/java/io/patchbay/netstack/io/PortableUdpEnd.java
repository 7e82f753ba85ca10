package io.patchbay.netstack.io;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.Frame;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CountDownLatch;

/** A UDP tunnel over a DatagramChannel. */
final class PortableUdpEnd implements LinkEnd {
  private final DatagramChannel channel;
  private final PortableLoop loop;
  private final LinkCounters counters = new LinkCounters();
  private volatile FrameReceiver receiver = FrameReceiver.DROP;

  PortableUdpEnd(DatagramChannel channel, PortableLoop loop) {
    this.channel = channel;
    this.loop = loop;
  }

  /**
   * Reads one datagram.
   *
   * @param buffer is cleared first
   * @return its length; -1 if there is none
   */
  int read(ByteBuffer buffer) {
    buffer.clear();
    try {
      return channel.read(buffer) > 0 ? buffer.position() : -1;
    } catch (PortUnreachableException nobodyListens) {
      return 0;
    } catch (IOException closed) {
      return -1;
    }
  }

  void deliver(Frame frame) {
    counters.countReceived(frame.length());
    receiver.receive(frame);
  }

  @Override
  public void send(Frame frame) {
    try {
      ByteBuffer datagram = frame.memory().asSlice(frame.offset(), frame.length()).asByteBuffer();
      if (frame.length() <= Frame.MAX_LENGTH && channel.write(datagram) > 0) {
        counters.countSent(frame.length());
        return;
      }
    } catch (IOException noRoomOrNobodyThere) {
      // Counted below: a wire does not complain either.
    }
    counters.countDropped();
  }

  @Override
  public void receiver(FrameReceiver newReceiver) {
    receiver = newReceiver;
  }

  @Override
  public LinkCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    receiver = FrameReceiver.DROP;
    try {
      channel.close();
      // The port is free once the selector has let go of the channel, which takes a turn of its.
      CountDownLatch released = new CountDownLatch(1);
      loop.execute(released::countDown);
      Release.await(released);
    } catch (IOException alreadyGone) {
      // It is closed, which is what was asked for.
    }
  }
}
