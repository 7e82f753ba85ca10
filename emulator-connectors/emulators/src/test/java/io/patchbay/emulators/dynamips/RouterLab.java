package io.patchbay.emulators.dynamips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.DynamipsConfig;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.NodeSite;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.TestCompute;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A compute with routers, by the Dynamips that is installed; nothing of a test stays. */
abstract class RouterLab {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;
  TestCompute compute;
  DynamipsConnector connector;

  @BeforeEach
  final void open() throws IOException {
    useCompute(PATIENCE);
    assumeTrue(connector.unavailable().isEmpty(), () -> connector.unavailable().orElse(""));
  }

  /**
   * Goes on with another compute that has the same files.
   *
   * @param patience how long a hypervisor may take to answer
   */
  final void useCompute(Duration patience) throws IOException {
    if (compute != null) {
      compute.close();
    }
    compute = TestCompute.open(directory, TestCompute.roomy(), dynamips());
    TestRouter.provide(compute.adapter());
    TestRouter.shareTables(compute.adapter());
    connector = new DynamipsConnector(compute.adapter(), Duration.ZERO, patience);
  }

  /** A hypervisor for each router, unless a test wants something else. */
  DynamipsConfig dynamips() {
    return new DynamipsConfig("dynamips", true, false, 0);
  }

  @AfterEach
  final void nothingStays() throws IOException {
    TestRouter.shareTables(compute.adapter());
    assertEquals(Set.of(), Set.copyOf(compute.adapter().consolePorts().leased()));
    assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    assertEquals(List.of(), processes());
    compute.close();
  }

  final List<ProcessHandle> processes() {
    return NodeProcesses.mentioning(directory.toString());
  }

  final EmulatedNode create(NodeSite site, JsonObjectBuilder settings) {
    return connector.create(site, settings.build());
  }

  final EmulatedNode create(JsonObjectBuilder settings) {
    JsonObject body = settings.build();
    return connector.create(compute.site(body.getString("name")), body);
  }
}
