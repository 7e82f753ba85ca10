package io.patchbay.netstack.filter;

import static io.patchbay.netstack.TestFrames.number;
import static io.patchbay.netstack.TestFrames.numbered;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.Await;
import io.patchbay.netstack.FakeEnd;
import io.patchbay.netstack.link.LinkStage;
import io.patchbay.netstack.link.StagedEnd;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FilterTest {
  private final FakeEnd inner = new FakeEnd();
  private final StagedEnd end = new StagedEnd(inner);
  private final AtomicInteger arrived = new AtomicInteger();
  private final FrameBuffer buffer = new FrameBuffer();

  FilterTest() {
    end.receiver(frame -> arrived.incrementAndGet());
  }

  private void filter(LinkStage... filters) {
    end.stages(List.of(filters));
  }

  private void send(int frames) {
    for (int i = 0; i < frames; i++) {
      end.send(buffer.fill(numbered(100, i)));
    }
  }

  private void arrive(int frames) {
    for (int i = 0; i < frames; i++) {
      inner.arrive(numbered(100, i));
    }
  }

  @Test
  void aSuspendedLinkDropsBothWaysUntilItIsResumed() {
    filter(FrequencyDrop.everything());
    send(10);
    arrive(10);
    assertEquals(0, inner.waiting());
    assertEquals(0, arrived.get());
    assertEquals(20, end.counters().dropped());
    filter();
    send(1);
    arrive(1);
    assertEquals(1, inner.waiting());
    assertEquals(1, arrived.get());
  }

  @Test
  void dropsEveryNthFrame() {
    filter(new FrequencyDrop(5));
    send(100);
    assertEquals(80, inner.waiting());
    filter(new FrequencyDrop(1));
    inner.takeSent();
    send(100);
    assertEquals(0, inner.waiting());
  }

  @Test
  void losesTheGivenShare() {
    filter(new PacketLoss(30));
    send(20_000);
    arrive(20_000);
    // Six standard deviations are 1.9 %.
    assertEquals(14_000, inner.waiting(), 400);
    assertEquals(14_000, arrived.get(), 400);
    filter(new PacketLoss(100));
    inner.takeSent();
    send(100);
    assertEquals(0, inner.waiting());
  }

  @Test
  void corruptsTheGivenShareButNoAddressAndNobodyElsesFrame() {
    byte[] good = numbered(100, 0);
    filter(new Corrupt(50));
    for (int i = 0; i < 4_000; i++) {
      end.send(buffer.fill(good));
      assertArrayEquals(good, inner.arrive(good));
    }
    List<byte[]> sent = inner.takeSent();
    assertEquals(4_000, sent.size());
    assertEquals(2_000, sent.stream().filter(frame -> !Arrays.equals(good, frame)).count(), 200);
    for (byte[] frame : sent) {
      assertEquals(good.length, frame.length);
      assertArrayEquals(Arrays.copyOf(good, 12), Arrays.copyOf(frame, 12));
    }
  }

  @Test
  void delaysAndKeepsTheOrder() {
    long start = System.nanoTime();
    filter(new Delay(30, 0));
    send(1_000);
    Await.until("all frames are there", () -> inner.waiting() == 1_000);
    assertTrue(System.nanoTime() - start >= Duration.ofMillis(30).toNanos());
    assertEquals(inOrder(1_000), inner.takeSent().stream().map(frame -> number(frame)).toList());
  }

  private static List<Integer> inOrder(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void jitterLosesNothingAndKeepsTheOrder() {
    filter(new Delay(3, 3));
    send(1_000);
    arrive(1_000);
    Await.until("all frames arrived", () -> arrived.get() == 1_000);
    Await.until("all frames were sent", () -> inner.waiting() == 1_000);
    assertEquals(inOrder(1_000), inner.takeSent().stream().map(frame -> number(frame)).toList());
  }

  @Test
  void framesThatAreUnderWayOutliveAChange() {
    filter(new Delay(50, 0));
    send(100);
    assertEquals(0, inner.waiting());
    filter();
    send(1);
    assertEquals(1, inner.waiting());
    Await.until("the delayed frames are there", () -> inner.waiting() == 101);
  }

  @Test
  void aSlowLinkTakesTheTimeOfItsBitsAndDropsWhatDoesNotFitItsQueue() {
    // 100 bytes are 8 ms at 100 kbit/s; the queue takes 16 KiB.
    filter(new Bandwidth(100));
    long start = System.nanoTime();
    send(10);
    Await.until("all frames are there", () -> inner.waiting() == 10);
    assertTrue(System.nanoTime() - start >= Duration.ofMillis(80).toNanos());
    send(200);
    assertEquals(200 - 163, end.counters().dropped(), 3);
  }

  @Test
  void theDirectionsOfASlowLinkDoNotShareItsRate() {
    filter(new Bandwidth(1000));
    send(100);
    arrive(100);
    Await.until("all frames are there", () -> inner.waiting() + arrived.get() == 200);
    assertEquals(0, end.counters().dropped());
  }

  @Test
  void filtersFollowEachOther() {
    filter(new FrequencyDrop(2), new Corrupt(100), new Delay(1, 0));
    send(10);
    Await.until("half of the frames are there", () -> inner.waiting() == 5);
    for (byte[] frame : inner.takeSent()) {
      assertTrue(
          IntStream.range(0, 10).noneMatch(number -> Arrays.equals(frame, numbered(100, number))));
    }
  }

  /** Such as those of serial lines. */
  @Test
  void corruptsShortFramesToo() {
    filter(new Corrupt(100));
    for (int length = Frame.SHORTEST; length < Frame.MIN_LENGTH; length++) {
      byte[] good = new byte[length];
      end.send(buffer.fill(good));
      byte[] bad = inner.takeSent().getFirst();
      assertEquals(length, bad.length);
      assertFalse(Arrays.equals(good, bad));
    }
  }

  @Test
  void takesWhatIsInRange() {
    assertDoesNotThrow(
        () ->
            List.of(
                new FrequencyDrop(-1),
                new FrequencyDrop(32767),
                new PacketLoss(100),
                new Corrupt(100),
                new Delay(32767, 32767),
                new Bandwidth(1),
                new Bandwidth(Bandwidth.MAX_RATE)));
  }

  @Test
  void refusesWhatIsOutOfRange() {
    List<Executable> wrong =
        List.of(
            () -> new FrequencyDrop(-2),
            () -> new FrequencyDrop(32768),
            () -> new PacketLoss(-1),
            () -> new PacketLoss(101),
            () -> new Corrupt(101),
            () -> new Delay(-1, 0),
            () -> new Delay(32768, 0),
            () -> new Delay(0, 32768),
            () -> new Bandwidth(0),
            () -> new Bandwidth(Bandwidth.MAX_RATE + 1));
    wrong.forEach(each -> assertThrows(IllegalArgumentException.class, each));
  }
}
