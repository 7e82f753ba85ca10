package io.patchbay.netstack.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.netstack.FakeEnd;
import io.patchbay.netstack.Input;
import io.patchbay.netstack.device.SwitchPort.Mode;
import io.patchbay.netstack.wire.Frame;
import java.util.Arrays;
import java.util.Map;

/** A switch with ports of every kind forwards frames or drops them, and leaves them as they are. */
class SwitchFuzzTest {
  private static final int TAG = 4;

  private final EthernetSwitch device = new EthernetSwitch();
  private final FakeEnd[] ends = new FakeEnd[6];

  SwitchFuzzTest() {
    for (int port = 0; port < ends.length; port++) {
      ends[port] = new FakeEnd();
      device.attach(port, ends[port]);
    }
    device.configure(
        Map.of(
            0, new SwitchPort(Mode.ACCESS, 1),
            1, new SwitchPort(Mode.ACCESS, 2),
            2, new SwitchPort(Mode.DOT1Q, 1),
            3, new SwitchPort(Mode.DOT1Q, 2),
            4, new SwitchPort(Mode.QINQ, 2, 0x88a8),
            5, new SwitchPort(Mode.QINQ, 1, 0x9100)));
  }

  @FuzzTest
  void framesComeOutAsFrames(byte[] octets) {
    Input input = new Input(octets);
    while (!input.isEmpty()) {
      int port = input.u8() % ends.length;
      byte[] taken = input.octets(input.u16());
      byte[] frame =
          Arrays.copyOf(taken, Math.clamp(taken.length, Frame.MIN_LENGTH, Frame.MAX_LENGTH));
      assertArrayEquals(frame, ends[port].arrive(frame), "others still have to see it");
      for (FakeEnd end : ends) {
        for (byte[] sent : end.takeSent()) {
          assertTrue(sent.length >= Frame.MIN_LENGTH && sent.length <= frame.length + TAG);
          assertArrayEquals(Arrays.copyOf(frame, 12), Arrays.copyOf(sent, 12));
        }
      }
    }
  }
}
