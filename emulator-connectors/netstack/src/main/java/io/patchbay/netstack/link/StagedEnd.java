package io.patchbay.netstack.link;

import io.patchbay.netstack.link.LinkStage.Direction;
import io.patchbay.netstack.wire.Frame;
import java.util.List;

/**
 * A link end that stays the same for its owner while what it leads to changes, and into whose path
 * stages are put and taken out again while frames pass. Without stages a frame goes straight on.
 */
public class StagedEnd implements LinkEnd {
  /** Of the stages, and of all links that it led to before. */
  private final LinkCounters past = new LinkCounters();

  private LinkEnd inside;
  private FrameReceiver owner = FrameReceiver.DROP;
  private List<LinkStage> stages = List.of();
  private volatile LinkEnd wire;
  private volatile FrameReceiver arrived = FrameReceiver.DROP;
  private volatile FrameReceiver out;

  public StagedEnd(LinkEnd inside) {
    become(inside);
  }

  /** An end that leads nowhere yet. */
  public static StagedEnd unplugged() {
    return new StagedEnd(new Unplugged());
  }

  /** Leads nowhere from now on, and closes what it led to. */
  public final void unplug() {
    become(new Unplugged());
  }

  /** Leads to another link from now on, and closes the last one. */
  public final void become(LinkEnd next) {
    LinkEnd last;
    synchronized (this) {
      last = inside;
      if (last != null) {
        past.add(last.counters());
      }
      inside = next;
      wire = next;
      connect();
    }
    if (last != null) {
      last.close();
    }
  }

  /**
   * Lets frames pass these stages from now on, in this order in both directions. Frames that an
   * earlier stage holds back still come through.
   */
  public final synchronized void stages(List<LinkStage> newStages) {
    stages = List.copyOf(newStages);
    connect();
  }

  private void connect() {
    if (stages.isEmpty()) {
      out = inside::send;
      inside.receiver(owner);
    } else {
      // A stage may hold frames for a while, so its way on must lead to whatever is there then.
      out = staged(Direction.OUT, frame -> wire.send(frame));
      inside.receiver(staged(Direction.IN, frame -> arrived.receive(frame)));
    }
  }

  private FrameReceiver staged(Direction direction, FrameReceiver last) {
    FrameReceiver next = last;
    for (LinkStage stage : stages.reversed()) {
      next = stage.lead(direction, next, past::countDropped);
    }
    return next;
  }

  @Override
  public final void send(Frame frame) {
    out.receive(frame);
  }

  @Override
  public final synchronized void receiver(FrameReceiver newReceiver) {
    owner = newReceiver;
    arrived = newReceiver;
    if (stages.isEmpty()) {
      inside.receiver(newReceiver);
    }
  }

  /** Of all that it ever led to. */
  @Override
  public final synchronized LinkCounters counters() {
    LinkCounters all = new LinkCounters();
    all.add(past);
    all.add(inside.counters());
    return all;
  }

  @Override
  public void close() {
    receiver(FrameReceiver.DROP);
    unplug();
  }
}
