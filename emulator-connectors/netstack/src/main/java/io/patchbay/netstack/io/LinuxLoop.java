package io.patchbay.netstack.io;

import io.patchbay.netstack.wire.Frame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/** A loop over epoll(7): waits for datagrams, takes them in batches, and sends what they cause. */
final class LinuxLoop extends EventLoop {
  private static final int EVENTS = 256;

  private final Linux linux = new Linux();
  private final Outbox outbox = new Outbox(linux);
  private final MessageBatch inbox = new MessageBatch();
  private final MemorySegment events =
      Arena.global().allocate((long) EVENTS * Linux.EPOLL_EVENT, 8);
  private final MemorySegment wakeValue = Arena.global().allocateFrom(ValueLayout.JAVA_LONG, 1);
  private final MemorySegment wakeBuffer = Arena.global().allocate(8, 8);
  private final Frame frame = new Frame();
  private final Map<Integer, LinuxEnd> ends = new HashMap<>();
  private final Map<Integer, LinuxInput> others = new HashMap<>();
  private final int epoll = linux.epollCreate();
  private final int wake = linux.eventFd();
  // The waker's own errno: the loop's is in use while it waits.
  private final Linux waker = new Linux();

  LinuxLoop(int number) {
    super("netstack-" + number);
    if (epoll < 0 || wake < 0) {
      throw new IllegalStateException("no epoll or eventfd, errno " + linux.errno());
    }
    linux.epollAdd(epoll, wake);
  }

  Outbox outbox() {
    return outbox;
  }

  /** Serves an end from now on. */
  void add(LinuxEnd end, int descriptor) {
    execute(
        () -> {
          ends.put(descriptor, end);
          linux.epollAdd(epoll, descriptor);
        });
  }

  /** The same for what is no single end. */
  void add(LinuxInput input, int descriptor) {
    execute(
        () -> {
          others.put(descriptor, input);
          linux.epollAdd(epoll, descriptor);
        });
  }

  /** Serves it no longer; for this loop's own thread. */
  void remove(int descriptor) {
    if (ends.remove(descriptor) != null || others.remove(descriptor) != null) {
      linux.epollRemove(epoll, descriptor);
    }
  }

  /** Closes a socket that no loop serves; for this loop's own thread. */
  void closeSocket(int descriptor) {
    linux.close(descriptor);
  }

  @Override
  void wakeUp() {
    synchronized (waker) {
      waker.write(wake, wakeValue);
    }
  }

  @Override
  public void run() {
    while (isRunning()) {
      int ready = linux.epollWait(epoll, events, EVENTS, hasWaitingFrames() ? 0 : -1);
      for (int i = 0; i < ready; i++) {
        long data =
            events.get(
                ValueLayout.JAVA_LONG_UNALIGNED, (long) i * Linux.EPOLL_EVENT + Linux.EPOLL_DATA);
        serve((int) data);
      }
      serveRing();
      runTasks();
      outbox.flush();
    }
    runTasks();
    ends.keySet().forEach(linux::close);
    others.keySet().forEach(linux::close);
    linux.close(epoll);
    synchronized (waker) {
      linux.close(wake);
    }
  }

  private void serve(int descriptor) {
    if (descriptor == wake) {
      linux.read(wake, wakeBuffer);
      return;
    }
    LinuxEnd end = ends.get(descriptor);
    if (end == null) {
      serveOther(descriptor);
      return;
    }
    if (end.isInterface()) {
      inbox.offerControl();
    }
    int count =
        end.isDevice()
            ? read(descriptor)
            : linux.receive(descriptor, inbox.headersFrom(0), MessageBatch.SIZE);
    if (count < 0 && linux.errno() == Linux.ECONNREFUSED) {
      // Whichever call comes first is told so, a receiving or a sending one.
      end.counters().countDropped();
    }
    for (int i = 0; i < count; i++) {
      if (inbox.truncated(i) || inbox.received(i) < Frame.SHORTEST) {
        end.counters().countDropped();
      } else {
        guarded(end::deliver, whole(end, i));
      }
    }
    outbox.flush();
  }

  private void serveOther(int descriptor) {
    LinuxInput input = others.get(descriptor);
    if (input != null) {
      input.takeInput(linux, inbox, frame);
      outbox.flush();
    }
  }

  /** A frame with the tag that it had. */
  private Frame whole(LinuxEnd end, int index) {
    Frame whole = inbox.view(frame, index);
    int tag = end.isInterface() ? inbox.tag(index) : 0;
    if (tag != 0) {
      whole.pushTag(tag >>> 16, tag & 0xffff);
    }
    return whole;
  }

  private int read(int device) {
    int count = 0;
    while (count < MessageBatch.SIZE) {
      long bytes = linux.read(device, inbox.slot(count, Frame.MAX_LENGTH));
      if (bytes <= 0) {
        break;
      }
      inbox.received(count++, (int) bytes);
    }
    return count;
  }
}
