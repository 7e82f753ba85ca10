package io.patchbay.netstack.io;

import io.patchbay.netstack.link.Containment;
import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.wire.Frame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * A thread that moves the frames of many links. What Linux and the portable implementation share:
 * tasks from other threads, and the bound on how deep devices and links inside the process may call
 * each other. Beyond it a frame waits in a ring of fixed size, so a loop in the topology floods
 * that ring and not the process, and links that are served by this thread still get their turn.
 */
public abstract sealed class EventLoop extends Thread permits LinuxLoop, PortableLoop {
  private static final int MAX_DEPTH = 8;

  /** A frame that is flooded at every level of depth would else cause calls without number. */
  private static final int MAX_CALLS = 128;

  /** Depth and calls of a thread that is no loop. */
  private static final ThreadLocal<int[]> OUTSIDE = ThreadLocal.withInitial(() -> new int[2]);

  private static final int RING_SIZE = 512;
  private static final int RING_BATCH = 64;
  private static final int SLOT = Frame.HEADROOM + Frame.MAX_LENGTH + Frame.HEADROOM;

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final MemorySegment ring = Arena.global().allocate((long) RING_SIZE * SLOT);
  private final FrameReceiver[] targets = new FrameReceiver[RING_SIZE];
  private final int[] lengths = new int[RING_SIZE];
  private final Frame ringFrame = new Frame();
  private int head;
  private int waiting;
  private int depth;
  private int calls;
  private volatile boolean running = true;

  EventLoop(String name) {
    super(name);
    setDaemon(true);
  }

  /**
   * Hands a frame on inside the process, now or, if the calls are deep already, a little later.
   *
   * @return false if it was dropped
   */
  public static boolean forward(FrameReceiver target, Frame frame) {
    return Thread.currentThread() instanceof EventLoop loop
        ? loop.forwardHere(target, frame)
        : forwardOutside(target, frame);
  }

  /** Other threads, such as the one for delays, have no ring: what goes too deep is dropped. */
  private static boolean forwardOutside(FrameReceiver target, Frame frame) {
    int[] state = OUTSIDE.get();
    if (state[0] == 0) {
      state[1] = 0;
    }
    if (state[0] >= MAX_DEPTH || state[1] >= MAX_CALLS) {
      return false;
    }
    state[0]++;
    state[1]++;
    try {
      target.receive(frame);
    } finally {
      state[0]--;
    }
    return true;
  }

  private boolean forwardHere(FrameReceiver target, Frame frame) {
    if (depth == 0) {
      calls = 0;
    }
    if (depth < MAX_DEPTH && calls < MAX_CALLS) {
      depth++;
      calls++;
      try {
        target.receive(frame);
      } finally {
        depth--;
      }
      return true;
    }
    if (waiting == RING_SIZE || frame.length() > Frame.MAX_LENGTH) {
      return false;
    }
    int slot = (head + waiting++) % RING_SIZE;
    targets[slot] = target;
    lengths[slot] = frame.length();
    frame.copyTo(ring, (long) slot * SLOT + Frame.HEADROOM);
    return true;
  }

  /** Serves some of the frames that wait; the rest waits for the next turn. */
  final void serveRing() {
    for (int served = 0; served < RING_BATCH && waiting > 0; served++) {
      int slot = head;
      FrameReceiver target = targets[slot];
      targets[slot] = null;
      // The slot stays taken until the frame is done, since what it causes may wait here too.
      guarded(target, ringFrame.over(ring, (long) slot * SLOT + Frame.HEADROOM, lengths[slot]));
      head = (head + 1) % RING_SIZE;
      waiting--;
    }
  }

  /** One bad frame must not stop the links of everybody else. */
  static void guarded(FrameReceiver target, Frame frame) {
    try {
      target.receive(frame);
    } catch (RuntimeException | Error bug) {
      Containment.failed("a frame could not be handled", bug);
    }
  }

  final boolean hasWaitingFrames() {
    return waiting > 0;
  }

  /**
   * Runs tasks where the caller runs: later on its event loop, which sends what they send together,
   * or at once on a thread that is none.
   */
  public static Executor current() {
    return Thread.currentThread() instanceof EventLoop loop ? loop::execute : Runnable::run;
  }

  /** Runs a task on this thread, soon. */
  final void execute(Runnable task) {
    tasks.add(task);
    wakeUp();
  }

  final void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      try {
        task.run();
      } catch (RuntimeException | Error bug) {
        Containment.failed("a task of a link failed", bug);
      }
    }
  }

  final boolean isRunning() {
    return running;
  }

  final void shutDown() {
    running = false;
    wakeUp();
  }

  abstract void wakeUp();
}
