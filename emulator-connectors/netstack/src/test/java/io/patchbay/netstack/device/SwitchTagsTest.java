package io.patchbay.netstack.device;

import static io.patchbay.netstack.TestFrames.ALICE;
import static io.patchbay.netstack.TestFrames.BOB;
import static io.patchbay.netstack.TestFrames.BROADCAST;
import static io.patchbay.netstack.TestFrames.frame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.netstack.FakeEnd;
import io.patchbay.netstack.device.SwitchPort.Mode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What trunks and tunnel ports do with tags. */
class SwitchTagsTest {
  private static final int DOT1Q = 0x8100;

  private final EthernetSwitch device = new EthernetSwitch();
  private final Map<Integer, SwitchPort> settings = new HashMap<>();
  private final FakeEnd[] ends = new FakeEnd[5];

  @BeforeEach
  void wirePorts() {
    for (int port = 0; port < ends.length; port++) {
      ends[port] = new FakeEnd();
      device.attach(port, ends[port]);
    }
    set(0, Mode.ACCESS, 1);
    set(1, Mode.ACCESS, 1);
    set(2, Mode.ACCESS, 1);
    set(3, Mode.ACCESS, 2);
  }

  private void set(int port, Mode mode, int vlan) {
    settings.put(port, new SwitchPort(mode, vlan));
    device.configure(settings);
  }

  private void assertSent(int port, byte[]... frames) {
    List<byte[]> sent = ends[port].takeSent();
    assertEquals(frames.length, sent.size(), "frames at port " + port);
    for (int i = 0; i < frames.length; i++) {
      assertArrayEquals(frames[i], sent.get(i), "port " + port);
    }
  }

  @Test
  void aTrunkTagsAllButItsNativeVlan() {
    set(4, Mode.DOT1Q, 1);
    ends[0].arrive(frame(BROADCAST, ALICE));
    assertSent(4, frame(BROADCAST, ALICE));
    ends[3].arrive(frame(BROADCAST, BOB));
    assertSent(4, frame(BROADCAST, BOB, DOT1Q, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x8100, 0x88a8, 0x9100, 0x9200})
  void aTrunksTagSaysTheVlan(int tagType) {
    set(4, Mode.DOT1Q, 1);
    ends[4].arrive(frame(BROADCAST, ALICE, tagType, 0x6002));
    assertSent(0);
    assertSent(3, frame(BROADCAST, ALICE));
    ends[4].arrive(frame(BROADCAST, ALICE));
    assertSent(0, frame(BROADCAST, ALICE));
    assertSent(3);
  }

  @Test
  void trunksKeepTagsUnlessTheVlanIsNativeThere() {
    set(3, Mode.DOT1Q, 5);
    set(4, Mode.DOT1Q, 1);
    byte[] tagged = frame(BROADCAST, ALICE, DOT1Q, 0x6007);
    ends[4].arrive(tagged);
    assertSent(3, tagged);
    ends[4].arrive(frame(BROADCAST, ALICE, DOT1Q, 5));
    assertSent(3, frame(BROADCAST, ALICE));
    ends[4].arrive(frame(BROADCAST, ALICE));
    assertSent(3, frame(BROADCAST, ALICE, DOT1Q, 1));
  }

  @Test
  void aPriorityTagMeansTheNativeVlan() {
    set(4, Mode.DOT1Q, 2);
    ends[4].arrive(frame(BROADCAST, ALICE, DOT1Q, 0xa000));
    assertSent(3, frame(BROADCAST, ALICE));
    assertSent(0);
  }

  @Test
  void aTagIsPayloadAtAnAccessPort() {
    byte[] tagged = frame(BROADCAST, ALICE, DOT1Q, 2);
    ends[0].arrive(tagged);
    assertSent(1, tagged);
    assertSent(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x8100, 0x88a8, 0x9100, 0x9200})
  void aTunnelPortPushesTheOuterTagAndTakesItAway(int tagType) {
    settings.put(0, new SwitchPort(Mode.QINQ, 100, tagType));
    set(4, Mode.DOT1Q, 1);
    byte[] inner = frame(BROADCAST, ALICE, DOT1Q, 7);
    byte[] outer = frame(BROADCAST, ALICE, tagType, 100, DOT1Q, 7);
    ends[0].arrive(inner);
    assertSent(4, outer);
    assertSent(1);
    ends[4].arrive(frame(BROADCAST, BOB, tagType, 100, DOT1Q, 7));
    assertSent(0, frame(BROADCAST, BOB, DOT1Q, 7));
    assertSent(1);
  }

  @Test
  void aTunnelKeepsItsOuterTagInTheNativeVlan() {
    settings.put(0, new SwitchPort(Mode.QINQ, 100, 0x88a8));
    set(4, Mode.DOT1Q, 100);
    ends[0].arrive(frame(BROADCAST, ALICE, DOT1Q, 7));
    assertSent(4, frame(BROADCAST, ALICE, 0x88a8, 100, DOT1Q, 7));
  }

  @Test
  void tunnelPortsOfOneCustomerAreJoined() {
    set(0, Mode.QINQ, 100);
    set(1, Mode.QINQ, 100);
    set(2, Mode.QINQ, 101);
    byte[] inner = frame(BROADCAST, ALICE, DOT1Q, 7);
    ends[0].arrive(inner);
    assertSent(1, inner);
    assertSent(2);
  }
}
