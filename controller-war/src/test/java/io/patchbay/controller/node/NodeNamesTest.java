package io.patchbay.controller.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import org.junit.jupiter.api.Test;

class NodeNamesTest {
  private final NodeNames names = new NodeNames();

  @Test
  void freeNameIsTakenAsItIs() {
    assertEquals("PC1", names.take("PC1"));
  }

  @Test
  void spacesGo() {
    assertEquals("MyPC1", names.take(" My PC 1 "));
  }

  @Test
  void takenNameLosesItsNumberAndGetsTheFirstFreeOne() {
    names.take("PC1");
    assertEquals("PC2", names.take("PC1"));
    assertEquals("PC3", names.take("PC1"));
  }

  @Test
  void takenNameWithoutNumberGetsOne() {
    names.take("R");
    assertEquals("R1", names.take("R"));
  }

  @Test
  void takenNameFillsTheFirstGap() {
    names.take("PC7");
    assertEquals("PC1", names.take("PC7"));
  }

  @Test
  void slotsStandForTheFirstFreeNumber() {
    names.take("PC1");
    assertEquals("PC2", names.take("PC{0}"));
    assertEquals("H-1", names.take("H-{id}"));
  }

  @Test
  void unknownSlotBesideAKnownOneIsRefused() {
    LabException refused = assertThrows(LabException.class, () -> names.take("{0}-{kind}"));
    assertEquals(ErrorCode.CONFLICT, refused.code());
    assertEquals("Node-1", names.take("{name}-{0}"));
  }

  @Test
  void nameOfSpacesIsRefused() {
    LabException refused = assertThrows(LabException.class, () -> names.take("   "));
    assertEquals(ErrorCode.INVALID, refused.code());
  }

  @Test
  void freedNameCanBeTakenAgain() {
    names.take("PC1");
    names.take("PC2");
    names.free("PC1");
    assertEquals("PC1", names.take("PC1"));
  }
}
