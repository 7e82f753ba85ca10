package io.patchbay.netstack.filter;

import io.patchbay.netstack.wire.Frame;
import java.lang.foreign.MemorySegment;

/**
 * Drops the frames of a serial line that match, whichever encapsulation the routers at its ends
 * use; the first octet tells it. Cisco's HDLC has 0x0f or 0x8f there, PPP 0xff, and Frame Relay an
 * address that goes on, so it is even.
 *
 * <p>Cisco's Frame Relay has an EtherType and the packet where HDLC has them. That of RFC 2427 has
 * 0x03 and an NLPID in the place of the EtherType. libpcap looks for the packet elsewhere, so both
 * are shown to it as HDLC.
 */
public final class SerialBpfDrop extends DropFilter {
  private static final int PPP = 0xff;
  private static final int TYPE = 2;
  private static final int RFC_IPV4 = 0x03cc;
  private static final int RFC_IPV6 = 0x038e;

  private final BpfDrop hdlc;
  private final BpfDrop ppp;

  public SerialBpfDrop(BpfDrop hdlc, BpfDrop ppp) {
    this.hdlc = hdlc;
    this.ppp = ppp;
  }

  @Override
  boolean drops(Frame frame) {
    int first = frame.octet(0) & 0xff;
    if (first == PPP) {
      return ppp.drops(frame);
    }
    return hdlc.drops((first & 1) == 0 ? asHdlc(frame) : frame);
  }

  private static Frame asHdlc(Frame frame) {
    return switch (type(frame)) {
      case RFC_IPV4 -> withType(frame, 0x0800);
      case RFC_IPV6 -> withType(frame, 0x86dd);
      default -> frame;
    };
  }

  private static int type(Frame frame) {
    return frame.length() < TYPE + 2
        ? 0
        : (frame.octet(TYPE) & 0xff) << 8 | frame.octet(TYPE + 1) & 0xff;
  }

  private static Frame withType(Frame frame, int type) {
    byte[] copy = frame.toBytes();
    copy[TYPE] = (byte) (type >> 8);
    copy[TYPE + 1] = (byte) type;
    return new Frame().over(MemorySegment.ofArray(copy), 0, copy.length);
  }
}
