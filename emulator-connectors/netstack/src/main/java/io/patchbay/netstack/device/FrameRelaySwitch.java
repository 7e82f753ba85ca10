package io.patchbay.netstack.device;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Switches frames of Frame Relay by their data link connection identifiers (DLCI, ITU-T Q.922 with
 * headers of two octets), and tells routers which there are, by the local management interface of
 * ANSI T1.617 annex D. Ports can be wired and circuits changed while frames pass. Thread-safe.
 */
public final class FrameRelaySwitch {
  /** The highest number that fits into a header of two octets. */
  public static final int MAX_DLCI = 1023;

  private static final int HEADER = 2;
  private static final int MANAGEMENT_DLCI = 0;

  private final Map<Integer, Port> wired = new ConcurrentHashMap<>();
  private volatile Map<Circuit, Circuit> circuits = Map.of();

  /** One end of a virtual circuit. */
  public record Circuit(int port, int dlci) {}

  private static final class Port {
    private final LinkEnd end;
    private final FrameBuffer answer = new FrameBuffer();

    Port(LinkEnd end) {
      this.end = end;
    }
  }

  /**
   * Has these circuits from now on.
   *
   * @param ends by the end at which frames arrive the one at which they leave
   */
  public void configure(Map<Circuit, Circuit> ends) {
    circuits = Map.copyOf(ends);
  }

  public void attach(int number, LinkEnd end) {
    Port port = new Port(end);
    wired.put(number, port);
    end.receiver(frame -> forward(number, port, frame));
  }

  /** Lets go of the port's link; the link stays open. */
  public void detach(int number) {
    Port gone = wired.remove(number);
    if (gone != null) {
      gone.end.receiver(FrameReceiver.DROP);
    }
  }

  private void forward(int from, Port port, Frame frame) {
    if (frame.length() < HEADER) {
      return;
    }
    byte first = frame.octet(0);
    byte second = frame.octet(1);
    int dlci = (first & 0xfc) << 2 | (second & 0xf0) >> 4;
    if (dlci == MANAGEMENT_DLCI) {
      tell(from, port, frame);
      return;
    }
    Circuit to = circuits.get(new Circuit(from, dlci));
    Port out = to == null ? null : wired.get(to.port());
    if (out != null) {
      frame.octet(0, (byte) (first & 0x03 | to.dlci() >> 2 & 0xfc));
      frame.octet(1, (byte) (second & 0x0f | to.dlci() << 4 & 0xf0));
      out.end.send(frame);
      frame.octet(0, first);
      frame.octet(1, second);
    }
  }

  private void tell(int number, Port port, Frame frame) {
    List<Integer> known =
        circuits.keySet().stream()
            .filter(circuit -> circuit.port() == number)
            .map(Circuit::dlci)
            .sorted()
            .toList();
    Optional<byte[]> answer = FrameRelayStatus.answer(frame, known);
    answer.ifPresent(content -> port.end.send(port.answer.fill(content)));
  }
}
