package io.patchbay.netstack.device;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.Frame;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Repeats every frame at all other ports. Thread-safe; no lock is held while frames pass. */
public final class EthernetHub {
  private final Map<Integer, LinkEnd> ports = new ConcurrentHashMap<>();

  public void attach(int port, LinkEnd end) {
    ports.put(port, end);
    end.receiver(frame -> repeat(port, frame));
  }

  /** Lets go of the port's link; the link stays open. */
  public void detach(int port) {
    LinkEnd end = ports.remove(port);
    if (end != null) {
      end.receiver(FrameReceiver.DROP);
    }
  }

  private void repeat(int from, Frame frame) {
    for (Map.Entry<Integer, LinkEnd> port : ports.entrySet()) {
      if (port.getKey() != from) {
        port.getValue().send(frame);
      }
    }
  }
}
