package io.patchbay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the captures of every kind of node do. */
final class CaptureContract {
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;

  private CaptureContract() {}

  /**
   * @param port something is plugged in there
   * @param type what frames begin with there
   * @param framesPass has frames pass that port while the node runs
   */
  static void recorded(EmulatedNode node, PortAddress port, DataLinkType type, Runnable framesPass)
      throws IOException {
    CaptureRequest request = new CaptureRequest("contract.pcap", type);
    DataLinkType wrong =
        type == DataLinkType.ATM_RFC1483 ? DataLinkType.EN10MB : DataLinkType.ATM_RFC1483;
    refused(() -> node.readCapture(port));
    node.stopCapture(port);
    Path file = node.startCapture(port, request);
    assertEquals(FILE_HEADER, Files.size(file), "begins before the node runs");
    refused(() -> node.startCapture(port, request));
    node.start();
    try (InputStream growing = node.readCapture(port)) {
      growing.skipNBytes(FILE_HEADER);
      framesPass.run();
      growing.skipNBytes(RECORD_HEADER);
      node.stopCapture(port);
      assertTrue(growing.readAllBytes().length > 0, "ends with the capture");
    }
    refused(() -> node.readCapture(port));
    long size = Files.size(file);
    framesPass.run();
    assertEquals(size, Files.size(file));

    refused(() -> node.startCapture(port, new CaptureRequest("x", wrong)));
    node.startCapture(port, request);
    try (InputStream growing = node.readCapture(port)) {
      node.detach(port);
      assertEquals(FILE_HEADER, growing.readAllBytes().length, "ends with the link");
    }
    refused(() -> node.startCapture(port, request));
  }

  private static void refused(Runnable request) {
    assertEquals(ErrorCode.CONFLICT, assertThrows(LabException.class, request::run).code());
  }
}
