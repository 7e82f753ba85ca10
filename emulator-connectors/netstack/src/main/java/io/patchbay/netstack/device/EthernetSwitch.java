package io.patchbay.netstack.device;

import io.patchbay.netstack.device.SwitchPort.Mode;
import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A learning VLAN bridge (IEEE 802.1Q) without spanning tree. Ports can be wired and configured
 * while frames pass. Thread-safe; no lock is held while frames pass.
 *
 * <p>On a trunk any of the tag types 0x8100, 0x88A8, 0x9100 and 0x9200 is a tag, and VLAN 0 (a
 * priority tag) means the native VLAN. A tag that arrives at an access or tunnel port is payload.
 */
public final class EthernetSwitch {
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final long GROUP_BIT = 1L << 40;
  private static final int VLAN_MASK = 0x0fff;

  private final Map<Integer, Wired> wired = new ConcurrentHashMap<>();
  private final MacTable table;
  private volatile Map<Integer, SwitchPort> settings = Map.of();

  private record Wired(int port, LinkEnd end) {}

  public EthernetSwitch() {
    this(MAX_AGE, System::nanoTime);
  }

  /**
   * @param maxAge how long an address is remembered that sends nothing
   * @param clock nanoseconds
   */
  public EthernetSwitch(Duration maxAge, LongSupplier clock) {
    table = new MacTable(maxAge, clock);
  }

  /** Gives every port its settings anew; a port without settings passes nothing. */
  public void configure(Map<Integer, SwitchPort> newSettings) {
    settings = Map.copyOf(newSettings);
    table.clear();
  }

  public void attach(int port, LinkEnd end) {
    wired.put(port, new Wired(port, end));
    end.receiver(frame -> forward(port, frame));
  }

  /** Lets go of the port's link; the link stays open. */
  public void detach(int port) {
    Wired gone = wired.remove(port);
    if (gone != null) {
      gone.end().receiver(FrameReceiver.DROP);
      table.forget(port);
    }
  }

  /** The addresses that are known now, by VLAN and address. */
  public List<MacEntry> macTable() {
    return table.snapshot();
  }

  /** Forgets all addresses, so that frames are flooded until they are learned anew. */
  public void forgetAddresses() {
    table.clear();
  }

  /** The ports that have a link. */
  public Set<Integer> wiredPorts() {
    return Set.copyOf(wired.keySet());
  }

  private void forward(int from, Frame frame) {
    Map<Integer, SwitchPort> now = settings;
    SwitchPort in = now.get(from);
    if (in == null || frame.length() < Frame.MIN_LENGTH) {
      return;
    }
    boolean tagged = in.mode() == Mode.DOT1Q && frame.mayHaveTag() && isTag(frame.etherType());
    if (tagged && frame.vlan() == 0) {
      int type = frame.etherType();
      int control = frame.tagControl();
      frame.popTag();
      forward(from, frame, now, in, false, in.vlan());
      frame.pushTag(type, control);
    } else {
      forward(from, frame, now, in, tagged, tagged ? frame.vlan() : in.vlan());
    }
  }

  private void forward(
      int from,
      Frame frame,
      Map<Integer, SwitchPort> now,
      SwitchPort in,
      boolean tagged,
      int vlan) {
    long source = frame.source();
    if ((source & GROUP_BIT) == 0) {
      table.learn(vlan, source, from);
    }
    long destination = frame.destination();
    int known = (destination & GROUP_BIT) == 0 ? table.find(vlan, destination) : -1;
    if (known >= 0) {
      Wired out = wired.get(known);
      if (known != from && out != null) {
        emit(frame, tagged, vlan, in, now.get(known), out);
      }
      return;
    }
    for (Wired out : wired.values()) {
      if (out.port() != from) {
        emit(frame, tagged, vlan, in, now.get(out.port()), out);
      }
    }
  }

  private static boolean isTag(int etherType) {
    return etherType == SwitchPort.DOT1Q_TAG
        || etherType == 0x88A8
        || etherType == 0x9100
        || etherType == 0x9200;
  }

  private static void emit(
      Frame frame, boolean tagged, int vlan, SwitchPort in, SwitchPort out, Wired to) {
    if (out == null || out.mode() != Mode.DOT1Q && out.vlan() != vlan) {
      return;
    }
    // A tunnel's frames keep their outer tag even in the native VLAN, or a tag of the customer's
    // would be taken for one of ours.
    boolean wantsTag = out.mode() == Mode.DOT1Q && (out.vlan() != vlan || in.mode() == Mode.QINQ);
    if (tagged == wantsTag) {
      to.end().send(frame);
    } else if (wantsTag) {
      frame.pushTag(in.mode() == Mode.QINQ ? in.tagType() : SwitchPort.DOT1Q_TAG, vlan & VLAN_MASK);
      to.end().send(frame);
      frame.popTag();
    } else {
      int type = frame.etherType();
      int control = frame.tagControl();
      frame.popTag();
      to.end().send(frame);
      frame.pushTag(type, control);
    }
  }
}
