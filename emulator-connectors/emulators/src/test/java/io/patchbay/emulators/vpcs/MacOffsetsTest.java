package io.patchbay.emulators.vpcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.LabException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class MacOffsetsTest {
  @Test
  void afterTheLastComesTheFirst() {
    MacOffsets macs = new MacOffsets(6, 4);
    assertEquals(2, macs.lease());
    assertEquals(3, macs.lease());
    assertEquals(0, macs.lease());
    assertEquals(1, macs.lease());
    assertThrows(LabException.class, macs::lease);
    macs.release(3);
    assertEquals(3, macs.lease());
  }

  @Test
  void whatIsTakenIsGivenToNobodyElse() {
    MacOffsets macs = new MacOffsets(0, 4);
    assertEquals(2, macs.lease(2));
    assertEquals(0, macs.lease(2));
    assertEquals(1, macs.lease());
    assertEquals(3, macs.lease());
  }

  @Test
  void computesThatOthersReachBeginElsewhere() {
    InetAddress anywhere = InetAddress.ofLiteral("0.0.0.0");
    assertEquals(0, MacOffsets.first(InetAddress.getLoopbackAddress(), 5000));
    assertNotEquals(MacOffsets.first(anywhere, 5000), MacOffsets.first(anywhere, 6000));
    assertEquals(MacOffsets.first(anywhere, 5000), MacOffsets.first(anywhere, 5000));
  }
}
