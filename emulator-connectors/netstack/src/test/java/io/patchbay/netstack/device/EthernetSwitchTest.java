package io.patchbay.netstack.device;

import static io.patchbay.netstack.TestFrames.ALICE;
import static io.patchbay.netstack.TestFrames.BOB;
import static io.patchbay.netstack.TestFrames.BROADCAST;
import static io.patchbay.netstack.TestFrames.frame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.FakeEnd;
import io.patchbay.netstack.device.SwitchPort.Mode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EthernetSwitchTest {
  private static final int DOT1Q = 0x8100;
  private static final int CAPACITY = 8192;

  private final AtomicLong clock = new AtomicLong();
  private final EthernetSwitch device = new EthernetSwitch(Duration.ofSeconds(300), clock::get);
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
  void floodsBroadcastsWithinTheVlanAndNeverBack() {
    byte[] hello = frame(BROADCAST, ALICE);
    ends[0].arrive(hello);
    assertSent(0);
    assertSent(1, hello);
    assertSent(2, hello);
    assertSent(3);
    assertSent(4);
  }

  /** Links of other kinds have such. */
  @Test
  void dropsWhatIsTooShortForEthernet() {
    ends[0].arrive(new byte[13]);
    assertSent(1);
    assertTrue(device.macTable().isEmpty());
  }

  @Test
  void floodsUnknownAndSendsKnownToOnePort() {
    byte[] question = frame(BOB, ALICE);
    ends[0].arrive(question);
    assertSent(1, question);
    assertSent(2, question);

    byte[] answer = frame(ALICE, BOB);
    ends[1].arrive(answer);
    assertSent(0, answer);
    assertSent(2);
    ends[0].arrive(question);
    assertSent(1, question);
    assertSent(2);
    assertEquals(List.of(new MacEntry(1, ALICE, 0), new MacEntry(1, BOB, 1)), device.macTable());
  }

  @Test
  void aStationMayMove() {
    ends[0].arrive(frame(BROADCAST, ALICE));
    ends[1].arrive(frame(BROADCAST, ALICE));
    assertEquals(List.of(new MacEntry(1, ALICE, 1)), device.macTable());
  }

  @Test
  void dropsWhatIsForTheSamePort() {
    ends[0].arrive(frame(BROADCAST, ALICE));
    ends[0].arrive(frame(BROADCAST, BOB));
    ends[1].takeSent();
    ends[0].arrive(frame(BOB, ALICE));
    assertSent(0);
    assertSent(1);
  }

  @Test
  void neverLearnsGroupAddresses() {
    ends[0].arrive(frame(BOB, BROADCAST));
    ends[0].arrive(frame(BOB, 0x0100_5e00_0001L));
    assertTrue(device.macTable().isEmpty());
  }

  @Test
  void learnsPerVlan() {
    ends[0].arrive(frame(BROADCAST, ALICE));
    ends[3].arrive(frame(BROADCAST, ALICE));
    assertEquals(List.of(new MacEntry(1, ALICE, 0), new MacEntry(2, ALICE, 3)), device.macTable());
  }

  @Test
  void forgetsAddressesThatAreSilentForLong() {
    ends[0].arrive(frame(BROADCAST, ALICE));
    clock.addAndGet(Duration.ofSeconds(299).toNanos());
    assertEquals(1, device.macTable().size());
    ends[0].arrive(frame(BROADCAST, ALICE));
    clock.addAndGet(Duration.ofSeconds(299).toNanos());
    assertEquals(1, device.macTable().size());
    clock.addAndGet(Duration.ofSeconds(2).toNanos());
    assertTrue(device.macTable().isEmpty());

    ends[2].takeSent();
    ends[1].arrive(frame(ALICE, BOB));
    assertSent(2, frame(ALICE, BOB));
  }

  @Test
  void aFullTableFloodsAndDoesNotGrow() {
    for (int i = 0; i < CAPACITY; i++) {
      ends[0].arrive(frame(BROADCAST, 0x0200_0100_0000L + i));
    }
    ends[1].arrive(frame(BROADCAST, BOB));
    assertEquals(CAPACITY, device.macTable().size());
    ends[1].takeSent();
    ends[2].takeSent();
    ends[0].arrive(frame(BOB, ALICE));
    assertSent(1, frame(BOB, ALICE));
    assertSent(2, frame(BOB, ALICE));

    clock.addAndGet(Duration.ofSeconds(301).toNanos());
    ends[1].arrive(frame(BROADCAST, BOB));
    assertEquals(List.of(new MacEntry(1, BOB, 1)), device.macTable());
  }

  @Test
  void aPortWithoutSettingsPassesNothing() {
    ends[4].arrive(frame(BROADCAST, ALICE));
    assertSent(0);
    assertTrue(device.macTable().isEmpty());
  }

  @Test
  void newSettingsHoldAtOnceAndAddressesAreForgotten() {
    ends[0].arrive(frame(BROADCAST, ALICE));
    set(0, Mode.ACCESS, 2);
    assertTrue(device.macTable().isEmpty());
    ends[1].takeSent();
    ends[0].arrive(frame(BROADCAST, ALICE));
    assertSent(1);
    assertSent(3, frame(BROADCAST, ALICE));
  }

  @Test
  void aDetachedPortIsForgottenAndItsLinkStaysOpen() {
    ends[0].arrive(frame(BROADCAST, ALICE));
    ends[1].takeSent();
    device.detach(0);
    assertTrue(device.macTable().isEmpty());
    assertFalse(ends[0].isClosed());
    ends[0].arrive(frame(BROADCAST, ALICE));
    assertSent(1);
    ends[1].arrive(frame(ALICE, BOB));
    assertSent(0);
    device.detach(0);
  }

  @Test
  void anyOctetsPassAndComeBackUnchanged() {
    settings.put(0, new SwitchPort(Mode.QINQ, 3, 0x88a8));
    set(1, Mode.DOT1Q, 3);
    set(2, Mode.DOT1Q, 4);
    set(4, Mode.ACCESS, 4);
    Random random = new Random(2);
    for (int round = 0; round < 20_000; round++) {
      byte[] octets = new byte[random.nextInt(14, 40)];
      random.nextBytes(octets);
      octets[12] = random.nextBoolean() ? (byte) 0x81 : octets[12];
      octets[13] = random.nextBoolean() ? 0 : octets[13];
      assertArrayEquals(octets, ends[random.nextInt(ends.length)].arrive(octets));
    }
  }

  @Test
  void settingsAndWiringMayChangeWhileFramesPass() {
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> changes =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 2000; i++) {
                device.configure(
                    Map.of(0, new SwitchPort(i % 2 == 0 ? Mode.ACCESS : Mode.DOT1Q, 1)));
                device.detach(2);
                device.attach(2, ends[2]);
              }
              device.configure(settings);
              done.set(true);
            });
    while (!done.get() && !changes.isCompletedExceptionally()) {
      byte[] tagged = frame(BOB, ALICE, DOT1Q, 2);
      assertArrayEquals(tagged, ends[0].arrive(tagged));
      ends[1].takeSent();
      ends[2].takeSent();
    }
    changes.join();
    ends[0].arrive(frame(BROADCAST, ALICE));
    assertSent(2, frame(BROADCAST, ALICE));
  }
}
