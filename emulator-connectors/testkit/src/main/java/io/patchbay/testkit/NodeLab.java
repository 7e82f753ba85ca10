package io.patchbay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with nodes of one kind on a compute; nothing of a test stays. */
public abstract class NodeLab {
  @TempDir protected Path directory;

  /** Opened by the test, before anything else of it. */
  protected TestCompute compute;

  protected abstract EmulatorConnector connector();

  protected final EmulatedNode create(NodeSite site, JsonObjectBuilder settings) {
    return connector().create(site, settings.build());
  }

  protected final EmulatedNode create(JsonObjectBuilder settings) {
    JsonObject body = settings.build();
    return connector().create(compute.site(body.getString("name")), body);
  }

  /** Those that the test has launched. */
  protected final List<ProcessHandle> processes() {
    return NodeProcesses.mentioning(directory.toString());
  }

  @AfterEach
  final void nothingStays() {
    assertEquals(Set.of(), Set.copyOf(compute.adapter().consolePorts().leased()));
    assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    assertEquals(List.of(), processes());
    compute.close();
  }
}
