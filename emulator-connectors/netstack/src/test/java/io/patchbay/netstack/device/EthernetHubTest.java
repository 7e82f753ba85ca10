package io.patchbay.netstack.device;

import static io.patchbay.netstack.TestFrames.ALICE;
import static io.patchbay.netstack.TestFrames.BOB;
import static io.patchbay.netstack.TestFrames.frame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.patchbay.netstack.FakeEnd;
import org.junit.jupiter.api.Test;

class EthernetHubTest {
  private final EthernetHub hub = new EthernetHub();
  private final FakeEnd one = new FakeEnd();
  private final FakeEnd two = new FakeEnd();
  private final FakeEnd three = new FakeEnd();

  EthernetHubTest() {
    hub.attach(0, one);
    hub.attach(1, two);
    hub.attach(200, three);
  }

  @Test
  void repeatsAtAllOtherPorts() {
    byte[] sent = frame(BOB, ALICE, 0x8100, 5);
    three.arrive(sent);
    assertArrayEquals(sent, one.takeSent().getFirst());
    assertArrayEquals(sent, two.takeSent().getFirst());
    assertEquals(0, three.waiting());
  }

  @Test
  void aDetachedPortTakesNoPart() {
    hub.detach(1);
    hub.detach(1);
    one.arrive(frame(BOB, ALICE));
    two.arrive(frame(BOB, ALICE));
    assertEquals(0, one.waiting());
    assertEquals(0, two.waiting());
    assertEquals(1, three.waiting());
    assertFalse(two.isClosed());
  }
}
