package io.patchbay.netstack.filter;

import io.patchbay.netstack.io.EventLoop;
import io.patchbay.netstack.link.Containment;
import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.wire.Frame;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Frames of one direction of a link that wait for their time. They leave in the order in which they
 * came, on the event loop that the first of them came from. Thread-safe.
 */
final class Lane {
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private Executor home = Runnable::run;
  private boolean scheduled;
  private long free = System.nanoTime();

  private record Waiting(long due, byte[] memory, FrameReceiver next) {
    void deliver(Frame view) {
      try {
        next.receive(
            view.over(
                MemorySegment.ofArray(memory), Frame.HEADROOM, memory.length - Frame.HEADROOM));
      } catch (RuntimeException | Error bug) {
        Containment.failed("a delayed frame could not be handled", bug);
      }
    }
  }

  /**
   * Takes a copy of a frame and sends it on later: when {@code earliest} has come and the frames
   * before it are gone, plus the time that it takes itself. Times are those of {@link
   * System#nanoTime}, in nanoseconds.
   *
   * @param takes how long nothing else can leave
   * @param latest a frame that would have to wait longer is not taken
   * @return false if there is no room for it
   */
  boolean add(Frame frame, long earliest, long takes, long latest, FrameReceiver next) {
    long due;
    boolean first;
    synchronized (this) {
      due = (free - earliest > 0 ? free : earliest) + takes;
      if (due - latest > 0 || !DelayLine.shared().claim(size(frame))) {
        return false;
      }
      free = due;
      if (queue.isEmpty() && !scheduled) {
        home = EventLoop.current();
      }
      queue.add(new Waiting(due, copy(frame), next));
      first = !scheduled;
      scheduled = true;
    }
    if (first) {
      DelayLine.shared().schedule(this, due);
    }
    return true;
  }

  private static int size(Frame frame) {
    return Frame.HEADROOM + frame.length();
  }

  private static byte[] copy(Frame frame) {
    byte[] memory = new byte[size(frame)];
    frame.copyTo(MemorySegment.ofArray(memory), Frame.HEADROOM);
    return memory;
  }

  /**
   * Lets go of the frames whose time has come.
   *
   * @return how many nanoseconds after {@code now} the next one is due; -1 if none waits
   */
  long release(long now) {
    List<Waiting> due = new ArrayList<>();
    Executor there;
    long wait;
    synchronized (this) {
      there = home;
      while (!queue.isEmpty() && queue.peek().due() - now <= 0) {
        due.add(queue.poll());
      }
      scheduled = !queue.isEmpty();
      wait = scheduled ? queue.peek().due() - now : -1;
    }
    for (Waiting frame : due) {
      DelayLine.shared().giveBack(frame.memory().length);
    }
    there.execute(() -> deliver(due));
    return wait;
  }

  private static void deliver(List<Waiting> frames) {
    Frame view = new Frame();
    frames.forEach(frame -> frame.deliver(view));
  }
}
