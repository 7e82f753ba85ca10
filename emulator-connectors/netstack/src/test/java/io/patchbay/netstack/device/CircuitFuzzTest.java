package io.patchbay.netstack.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.netstack.FakeEnd;
import io.patchbay.netstack.Input;
import io.patchbay.netstack.wire.Frame;
import java.util.Arrays;
import java.util.Map;

/** Switches for virtual circuits forward, answer or drop whatever comes, and leave it as it is. */
class CircuitFuzzTest {
  private static final int CELL = 53;

  private final FrameRelaySwitch relay = new FrameRelaySwitch();
  private final AtmSwitch cells = new AtmSwitch();
  private final FakeEnd[] relayEnds = {new FakeEnd(), new FakeEnd()};
  private final FakeEnd[] cellEnds = {new FakeEnd(), new FakeEnd()};

  CircuitFuzzTest() {
    for (int port = 0; port < relayEnds.length; port++) {
      relay.attach(port, relayEnds[port]);
      cells.attach(port, cellEnds[port]);
    }
    FrameRelaySwitch.Circuit one = new FrameRelaySwitch.Circuit(0, 101);
    FrameRelaySwitch.Circuit other = new FrameRelaySwitch.Circuit(1, 202);
    relay.configure(Map.of(one, other, other, one));
    cells.configure(
        Map.of(new AtmSwitch.Path(0, 1), new AtmSwitch.Path(1, 2)),
        Map.of(new AtmSwitch.Channel(0, 0, 100), new AtmSwitch.Channel(1, 0, 200)));
  }

  @FuzzTest
  void framesStayAsLongAsTheyAre(byte[] octets) {
    Input input = new Input(octets);
    while (!input.isEmpty()) {
      byte[] taken = input.octets(input.u8());
      byte[] frame = Arrays.copyOf(taken, Math.max(taken.length, Frame.SHORTEST));
      assertArrayEquals(frame, relayEnds[0].arrive(frame), "the sender still has it");
      for (byte[] sent : relayEnds[1].takeSent()) {
        assertEquals(frame.length, sent.length);
      }
      for (byte[] answer : relayEnds[0].takeSent()) {
        assertEquals(0x7d, answer[5], "only the switch itself answers, with a status");
      }
      assertArrayEquals(frame, cellEnds[0].arrive(frame));
      for (byte[] sent : cellEnds[1].takeSent()) {
        assertTrue(frame.length == CELL && sent.length == CELL);
        assertArrayEquals(Arrays.copyOfRange(frame, 5, CELL), Arrays.copyOfRange(sent, 5, CELL));
      }
    }
  }
}
