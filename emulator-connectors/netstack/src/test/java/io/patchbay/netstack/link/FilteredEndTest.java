package io.patchbay.netstack.link;

import static io.patchbay.netstack.TestFrames.number;
import static io.patchbay.netstack.TestFrames.numbered;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.Await;
import io.patchbay.netstack.FakeEnd;
import io.patchbay.netstack.wire.FrameBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilteredEndTest {
  private final FakeEnd inner = new FakeEnd();
  private final FilteredEnd end = new FilteredEnd(inner);
  private final AtomicInteger arrived = new AtomicInteger();
  private final FrameBuffer buffer = new FrameBuffer();

  FilteredEndTest() {
    end.receiver(frame -> arrived.incrementAndGet());
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
  void withoutFiltersEverythingPasses() {
    send(100);
    arrive(50);
    assertEquals(100, inner.waiting());
    assertEquals(50, arrived.get());
  }

  @Test
  void aSuspendedLinkDropsBothWaysUntilItIsResumed() {
    end.filters(LinkFilters.none().withSuspended(true));
    send(10);
    arrive(10);
    assertEquals(0, inner.waiting());
    assertEquals(0, arrived.get());
    assertEquals(20, end.counters().dropped());
    end.filters(LinkFilters.none());
    send(1);
    arrive(1);
    assertEquals(1, inner.waiting());
    assertEquals(1, arrived.get());
  }

  @Test
  void dropsEveryNthFrame() {
    end.filters(LinkFilters.none().withFrequencyDrop(5));
    send(100);
    assertEquals(80, inner.waiting());
    end.filters(LinkFilters.none().withFrequencyDrop(-1));
    inner.takeSent();
    send(100);
    assertEquals(0, inner.waiting());
  }

  @Test
  void losesTheGivenShare() {
    end.filters(LinkFilters.none().withPacketLoss(30));
    send(20_000);
    arrive(20_000);
    // Six standard deviations are 1.9 %.
    assertEquals(14_000, inner.waiting(), 400);
    assertEquals(14_000, arrived.get(), 400);
    end.filters(LinkFilters.none().withPacketLoss(100));
    inner.takeSent();
    send(100);
    assertEquals(0, inner.waiting());
  }

  @Test
  void corruptsTheGivenShareButNoAddress() {
    byte[] good = numbered(100, 0);
    end.filters(LinkFilters.none().withCorrupt(50));
    for (int i = 0; i < 4_000; i++) {
      end.send(buffer.fill(good));
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
    end.filters(LinkFilters.none().withDelay(30, 0));
    send(1_000);
    Await.until("all frames are there", () -> inner.waiting() == 1_000);
    assertTrue(System.nanoTime() - start >= Duration.ofMillis(30).toNanos());
    assertEquals(
        IntStream.range(0, 1_000).boxed().toList(),
        inner.takeSent().stream().map(frame -> number(frame)).toList());
  }

  @Test
  void aDelayIsNoLimitOfTheRate() {
    end.filters(LinkFilters.none().withDelay(1, 0));
    long start = System.nanoTime();
    for (int batch = 1; batch <= 10; batch++) {
      int all = batch * 2_000;
      send(2_000);
      Await.until("the frames are there", () -> inner.waiting() == all);
    }
    // One after the other, 20,000 frames would take 20 s.
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(3).toNanos());
  }

  @Test
  void jitterLosesNothing() {
    end.filters(LinkFilters.none().withDelay(3, 3));
    arrive(1_000);
    Await.until("all frames are there", () -> arrived.get() == 1_000);
  }

  @Test
  void framesThatAreUnderWayOutliveAChange() {
    end.filters(LinkFilters.none().withDelay(50, 0));
    send(100);
    assertEquals(0, inner.waiting());
    end.filters(LinkFilters.none());
    send(1);
    assertEquals(1, inner.waiting());
    Await.until("the delayed frames are there", () -> inner.waiting() == 101);
  }

  @Test
  void closesWhatIsInside() {
    assertFalse(inner.isClosed());
    end.close();
    assertTrue(inner.isClosed());
    arrive(1);
    assertEquals(0, arrived.get());
  }
}
