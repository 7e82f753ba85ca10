package io.patchbay.netstack.io;

import io.patchbay.netstack.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A loop over a Selector. */
final class PortableLoop extends EventLoop {
  private static final int BATCH = 64;

  private final Selector selector;
  // One byte more than the longest frame, to tell datagrams that are longer.
  private final ByteBuffer memory =
      ByteBuffer.allocateDirect(Frame.HEADROOM + Frame.MAX_LENGTH + 1 + Frame.HEADROOM);
  private final ByteBuffer datagram = memory.slice(Frame.HEADROOM, Frame.MAX_LENGTH + 1);
  private final MemorySegment segment = MemorySegment.ofBuffer(memory);
  private final Frame frame = new Frame();

  PortableLoop(int number) {
    super("netstack-" + number);
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(PortableUdpEnd end, DatagramChannel channel) {
    execute(
        () -> {
          try {
            channel.register(selector, SelectionKey.OP_READ, end);
          } catch (ClosedChannelException closedMeanwhile) {
            // Nothing to serve then.
          }
        });
  }

  @Override
  void wakeUp() {
    selector.wakeup();
  }

  @Override
  public void run() {
    while (isRunning()) {
      try {
        if (hasWaitingFrames()) {
          selector.selectNow(this::serve);
        } else {
          selector.select(this::serve);
        }
      } catch (IOException e) {
        System.getLogger(PortableLoop.class.getName())
            .log(System.Logger.Level.ERROR, "the selector failed", e);
      }
      serveRing();
      runTasks();
    }
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SelectionKey key) {
    PortableUdpEnd end = (PortableUdpEnd) key.attachment();
    for (int i = 0; i < BATCH; i++) {
      int length = end.read(datagram);
      if (length < 0) {
        return;
      }
      if (length < Frame.SHORTEST || length > Frame.MAX_LENGTH) {
        end.counters().countDropped();
      } else {
        guarded(end::deliver, frame.over(segment, Frame.HEADROOM, length));
      }
    }
  }
}
