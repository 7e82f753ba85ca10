package io.patchbay.runtime.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.netstack.link.DirectLink;
import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final int PORT = 10_001;

  private final Traffic traffic = new Traffic();

  private static LinkEnd end(int sent) {
    LinkEnd end = new DirectLink().left();
    for (int frame = 0; frame < sent; frame++) {
      end.counters().countSent(60);
    }
    return end;
  }

  private Optional<Long> sent() {
    return traffic.at(PORT).map(LinkCounters::sent);
  }

  @Test
  void anEndIsFoundByItsPortWhileItIsThere() {
    LinkEnd end = end(3);
    traffic.add(end, PORT);
    traffic.add(end(4));
    assertEquals(Optional.of(3L), sent());
    traffic.remove(end);
    assertEquals(Optional.empty(), sent());
    assertEquals(7, traffic.total().sent());
    assertEquals(420, traffic.total().sentBytes());
  }

  @Test
  void theNextLinkOfAPortStandsForItself() {
    LinkEnd old = end(3);
    traffic.add(old, PORT);
    traffic.add(end(1), PORT);
    traffic.remove(old);
    assertEquals(Optional.of(1L), sent());
  }
}
