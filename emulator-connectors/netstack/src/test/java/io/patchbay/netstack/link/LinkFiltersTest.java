package io.patchbay.netstack.link;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LinkFiltersTest {
  private final LinkFilters none = LinkFilters.none();

  @Test
  void takesWhatIsInRange() {
    assertDoesNotThrow(
        () ->
            none.withFrequencyDrop(-1)
                .withFrequencyDrop(32767)
                .withPacketLoss(100)
                .withCorrupt(100)
                .withDelay(32767, 32767));
  }

  @Test
  void refusesWhatIsOutOfRange() {
    List<Executable> wrong =
        List.of(
            () -> none.withFrequencyDrop(-2),
            () -> none.withFrequencyDrop(32768),
            () -> none.withPacketLoss(-1),
            () -> none.withPacketLoss(101),
            () -> none.withCorrupt(101),
            () -> none.withDelay(-1, 0),
            () -> none.withDelay(32768, 0),
            () -> none.withDelay(0, 32768));
    wrong.forEach(each -> assertThrows(IllegalArgumentException.class, each));
  }
}
