package io.patchbay.emulators.iou;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.NodeSite;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.TestCompute;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A compute with nodes of IOU; nothing of a test stays. */
abstract class IouLab {
  @TempDir Path directory;
  TestCompute compute;
  IouConnector connector;

  @BeforeEach
  final void open() {
    compute = TestCompute.open(directory, TestCompute.roomy());
    TestIou.provide(compute.adapter());
    connector = new IouConnector(compute.adapter());
  }

  @AfterEach
  final void nothingStays() {
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
    return create(compute.site("R1"), settings);
  }
}
