package io.patchbay.netstack.host;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.packet.FrameWriter;
import io.patchbay.netstack.packet.MalformedException;
import io.patchbay.netstack.packet.Octets;
import io.patchbay.netstack.wire.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the parts of a host share: its lock, its clock, its MTU and what it has to say. Frames and
 * everything else that leaves the host do so after the lock is free, since whoever takes a frame
 * may answer with one on the same thread.
 */
final class HostCore {
  static final int DEFAULT_MTU = 1500;
  // A frame of one host must not cause more than the topology can swallow.
  private static final int MAX_EFFECTS = 256;

  private final long mac;
  private final HostScheduler scheduler;
  private final LinkCounters counters = new LinkCounters();
  private final ReentrantLock lock = new ReentrantLock();
  private List<Runnable> effects = List.of();
  private volatile FrameReceiver out = FrameReceiver.DROP;
  private volatile FrameTap tap = FrameTap.NONE;
  private volatile Consumer<String> notices = text -> {};
  private volatile boolean closed;
  private volatile int mtu = DEFAULT_MTU;

  HostCore(long mac, HostScheduler scheduler) {
    this.mac = mac;
    this.scheduler = scheduler;
  }

  /** Runs under the lock; then lets out what the work wants to leave the host. */
  void run(Runnable work) {
    get(
        () -> {
          work.run();
          return null;
        });
  }

  <T> T get(Supplier<T> work) {
    List<Runnable> leaving = List.of();
    lock.lock();
    try {
      return work.get();
    } finally {
      if (lock.getHoldCount() == 1) {
        leaving = effects;
        effects = List.of();
      }
      lock.unlock();
      letOut(leaving);
    }
  }

  private void letOut(List<Runnable> leaving) {
    if (!leaving.isEmpty()) {
      scheduler.execute(() -> leaving.forEach(HostCore::letOut));
    }
  }

  private static void letOut(Runnable effect) {
    try {
      effect.run();
    } catch (RuntimeException bug) {
      System.getLogger(HostCore.class.getName())
          .log(System.Logger.Level.ERROR, "what left a host was not taken", bug);
    }
  }

  /** Takes a frame from the link; whatever is wrong with it, nothing is thrown. */
  void receive(Frame frame, Consumer<Octets> host) {
    if (closed) {
      return;
    }
    counters.countReceived(frame.length());
    run(
        () -> {
          try {
            host.accept(Octets.of(frame));
          } catch (MalformedException dropped) {
            counters.countDropped();
          } catch (RuntimeException bug) {
            counters.countDropped();
            System.getLogger(HostCore.class.getName())
                .log(System.Logger.Level.ERROR, "a host cannot handle a frame", bug);
          }
        });
  }

  /** Sends a frame; under the lock. */
  void send(FrameWriter frame) {
    leave(
        () -> {
          if (!closed) {
            Frame view = frame.frame();
            counters.countSent(view.length());
            tap.frame(true, view);
            out.receive(view);
          }
        });
  }

  /** Completes somebody's wait; under the lock. */
  <T> void complete(CompletableFuture<T> future, T result) {
    leave(() -> future.complete(result));
  }

  /** Tells the user something, in a line; under the lock. */
  void notice(String text) {
    leave(() -> notices.accept(text));
  }

  /** Tells somebody outside something, in order with everything else that leaves. */
  void observe(Runnable observation) {
    leave(observation);
  }

  private void leave(Runnable effect) {
    if (effects.isEmpty()) {
      effects = new ArrayList<>(2);
    }
    if (effects.size() < MAX_EFFECTS) {
      effects.add(effect);
    } else {
      counters.countDropped();
    }
  }

  /** Runs a task later, under the lock. */
  HostScheduler.Timer later(Duration delay, Runnable task) {
    return scheduler.schedule(
        delay,
        () -> {
          if (!closed) {
            run(task);
          }
        });
  }

  long nanos() {
    return scheduler.nanos();
  }

  HostScheduler scheduler() {
    return scheduler;
  }

  long mac() {
    return mac;
  }

  int mtu() {
    return mtu;
  }

  void mtu(int octets) {
    mtu = octets;
  }

  LinkCounters counters() {
    return counters;
  }

  void out(FrameReceiver receiver) {
    out = receiver;
  }

  FrameTap tap() {
    return tap;
  }

  void tap(FrameTap newTap) {
    tap = newTap;
  }

  void notices(Consumer<String> listener) {
    notices = listener;
  }

  void close() {
    closed = true;
    out = FrameReceiver.DROP;
  }
}
