package io.patchbay.netstack.link;

import static io.patchbay.netstack.TestFrames.number;
import static io.patchbay.netstack.TestFrames.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.FakeEnd;
import io.patchbay.netstack.link.LinkStage.Direction;
import io.patchbay.netstack.wire.FrameBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StagedEndTest {
  private final FakeEnd inner = new FakeEnd();
  private final StagedEnd end = new StagedEnd(inner);
  private final AtomicInteger arrived = new AtomicInteger();
  private final List<String> seen = new ArrayList<>();

  StagedEndTest() {
    end.receiver(frame -> arrived.incrementAndGet());
  }

  private void send(int number) {
    end.send(new FrameBuffer().fill(numbered(100, number)));
  }

  private LinkStage witness(String name) {
    return (direction, next, dropped) ->
        frame -> {
          seen.add(name + " " + direction);
          next.receive(frame);
        };
  }

  @Test
  void withoutStagesEverythingGoesStraightOn() {
    send(1);
    inner.arrive(numbered(100, 2));
    assertEquals(1, inner.waiting());
    assertEquals(1, arrived.get());
  }

  @Test
  void stagesArePassedInTheirOrderBothWays() {
    end.stages(List.of(witness("a"), witness("b")));
    send(1);
    inner.arrive(numbered(100, 2));
    assertEquals(
        List.of(
            "a " + Direction.OUT, "b " + Direction.OUT, "a " + Direction.IN, "b " + Direction.IN),
        seen);
    assertEquals(1, inner.waiting());
    assertEquals(1, arrived.get());
  }

  @Test
  void whatAStageHoldsBackGoesWhereTheLinkLeadsThen() {
    List<FrameReceiver> held = new ArrayList<>();
    end.stages(
        List.of(
            (direction, next, dropped) -> {
              held.add(next);
              return FrameReceiver.DROP;
            }));
    FakeEnd other = new FakeEnd();
    AtomicInteger elsewhere = new AtomicInteger();
    end.stages(List.of());
    end.become(other);
    end.receiver(frame -> elsewhere.incrementAndGet());
    held.forEach(next -> next.receive(new FrameBuffer().fill(numbered(100, 7))));
    assertTrue(inner.isClosed());
    assertEquals(7, number(other.takeSent().getFirst()));
    assertEquals(1, elsewhere.get());
    assertEquals(0, arrived.get());
  }

  @Test
  void noFrameIsLostWhileStagesComeAndGo() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread changing =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    end.stages(List.of((direction, next, dropped) -> next));
                    end.stages(List.of());
                  }
                });
    int frames = 20_000;
    for (int i = 0; i < frames; i++) {
      send(i);
      inner.arrive(numbered(100, i));
    }
    done.set(true);
    changing.join();
    assertEquals(frames, inner.waiting());
    assertEquals(frames, arrived.get());
  }

  @Test
  void closingClosesWhatIsInsideAndDropsTheRest() {
    assertFalse(inner.isClosed());
    end.close();
    assertTrue(inner.isClosed());
    inner.arrive(numbered(100, 1));
    send(1);
    assertEquals(0, arrived.get());
    assertEquals(0, inner.waiting());
    assertEquals(1, end.counters().dropped());
  }

  @Test
  void whatWasCountedStaysWhenTheLinkIsReplaced() {
    inner.counters().countReceived(60);
    inner.counters().countSent(60);
    end.stages(List.of((direction, next, dropped) -> frame -> dropped.run()));
    send(1);
    FakeEnd other = new FakeEnd();
    end.become(other);
    other.counters().countSent(100);
    assertEquals(1, end.counters().received());
    assertEquals(2, end.counters().sent());
    assertEquals(60, end.counters().receivedBytes());
    assertEquals(160, end.counters().sentBytes());
    assertEquals(1, end.counters().dropped());
  }
}
