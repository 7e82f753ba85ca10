package io.patchbay.netstack.filter;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.netstack.bpf.Libpcap;
import io.patchbay.netstack.wire.FrameBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialBpfDropTest {
  private static final int C_HDLC = 104;
  private static final int PPP_SERIAL = 50;

  /** From 10.0.0.1 to 10.0.0.2, UDP, port 53. */
  private static final String IPV4 =
      "4500002000000000401100000a0000010a00000213880035000c0000" + "01020304";

  private static final String IPV6 =
      "6000000000083a40"
          + "fe80"
          + "00".repeat(13)
          + "01ff02"
          + "00".repeat(13)
          + "018700000000000000";

  private static boolean drops(String expression, String frame) {
    assumeTrue(Libpcap.find().isPresent(), "libpcap is not installed");
    Libpcap compiler = Libpcap.find().get();
    SerialBpfDrop filter =
        new SerialBpfDrop(
            new BpfDrop(List.of(compiler.compile(expression, C_HDLC))),
            new BpfDrop(List.of(compiler.compile(expression, PPP_SERIAL))));
    return filter.drops(new FrameBuffer().fill(HexFormat.of().parseHex(frame)));
  }

  /** Cisco's HDLC, PPP, and Frame Relay of Cisco and of RFC 2427. */
  @ParameterizedTest
  @CsvSource({
    "0f000800,0f0086dd",
    "8f000800,8f0086dd",
    "ff030021,ff030057",
    "18510800,185186dd",
    "185103cc,1851038e"
  })
  void packetsAreFoundBehindEveryHeader(String four, String six) {
    for (String match : List.of("udp port 53", "src host 10.0.0.1 and ip[8] = 64", "len > 30")) {
      assertTrue(drops(match, four + IPV4), match);
    }
    for (String other : List.of("udp port 54", "dst host 10.0.0.1", "tcp", "ip6")) {
      assertFalse(drops(other, four + IPV4), other);
    }
    assertTrue(drops("icmp6 and dst host ff02::1", six + IPV6));
    assertFalse(drops("ip", six + IPV6));
  }

  @Test
  void whatIsNoPacketMatchesNone() {
    for (String frame : List.of("0000", "ffff", "0f", "18", "00010308007511")) {
      String whole = frame.length() < 4 ? frame + "00" : frame;
      assertFalse(drops("ip or ip6", whole), whole);
    }
  }
}
