package io.patchbay.emulators.traceng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Tracer;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.StandIn;
import io.patchbay.testkit.TestCompute;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only TraceNG does. */
class TraceNgTest {
  @TempDir private Path directory;
  private TestCompute compute;

  @BeforeEach
  void open() {
    compute = TestCompute.open(directory, TestCompute.roomy());
  }

  @AfterEach
  void close() {
    assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    compute.close();
  }

  private EmulatedNode node(boolean windows, String program, String address, String destination) {
    JsonObject settings =
        Json.createObjectBuilder()
            .add("name", "T1")
            .add("ip_address", address)
            .add("default_destination", destination)
            .build();
    return new TraceNgConnector(compute.adapter(), windows, program)
        .create(compute.site("T1"), settings);
  }

  private static String refusal(Runnable request) {
    LabException refused = assertThrows(LabException.class, request::run);
    assertEquals(ErrorCode.CONFLICT, refused.code());
    return refused.getMessage();
  }

  @Test
  void elsewhereThanOnWindowsItIsNotStarted() {
    try (EmulatedNode node = node(false, "traceng", "10.0.0.1", "10.0.0.2")) {
      assertTrue(refusal(node::start).contains("Windows"));
      assertTrue(refusal(node::reload).contains("Windows"));
      node.suspend();
      node.stop();
      assertEquals("stopped", node.describe().getString("status"));
    }
  }

  @Test
  void aMissingProgramIsTold() {
    try (EmulatedNode node = node(true, "no-such-traceng", "10.0.0.1", "10.0.0.2")) {
      assertTrue(refusal(node::start).contains("not installed"));
    }
  }

  @Test
  void addressAndDestinationMustMakeSense() {
    for (String wrong : new String[] {"10.0.0", "10.0.0.256", "a.b.c.d", "10.0.0.1 "}) {
      refusal(() -> node(true, "traceng", wrong, "").close());
    }
    try (EmulatedNode node = node(true, "traceng", "", "")) {
      assertTrue(refusal(node::start).contains("destination"));
      ((Tracer) node).traceTo("10.0.0.2");
      assertTrue(refusal(node::start).contains("come from"));
      node.update(Json.createObjectBuilder().add("ip_address", "10.0.0.2").build());
      assertTrue(refusal(node::start).contains("where it comes from"));
      for (String wrong : new String[] {"-x", "a b", "a;b", "$(a)"}) {
        ((Tracer) node).traceTo(wrong);
        assertTrue(refusal(node::start).contains("no destination"));
      }
    }
  }

  @Test
  void aTraceGoesWhereItIsToldAndEndsWithItsWords() {
    StandIn tool = StandIn.traceNg(directory);
    try (EmulatedNode node = node(true, tool.program().toString(), "10.0.0.1", "10.0.0.2")) {
      node.start();
      assertTrue(node.describe().getString("command_line").endsWith(" -f 10.0.0.1 10.0.0.2"));
      node.stop();
      ((Tracer) node).traceTo("nowhere");
      node.start();
      Deadline.await("the end", () -> node.describe().getString("status").equals("stopped"));
      assertTrue(node.describe().getString("command_line").endsWith(" nowhere"));
      ((Tracer) node).traceTo("");
      node.start();
      assertTrue(node.describe().getString("command_line").endsWith(" 10.0.0.2"));
    }
  }
}
