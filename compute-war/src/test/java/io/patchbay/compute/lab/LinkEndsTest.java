package io.patchbay.compute.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.TestCompute;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkEndsTest {
  @TempDir private Path directory;
  private TestCompute compute;
  private Connector pcs;
  private ComputeProject project;

  @BeforeEach
  void open() {
    TestProject lab = TestProject.open(directory);
    compute = lab.compute();
    project = lab.project();
    pcs = lab.connector("vpcs");
  }

  @AfterEach
  void close() {
    project.close();
    compute.close();
  }

  private LinkEnds.End end(String name, int port) {
    EmulatedNode node = project.create(pcs, Json.createObjectBuilder().add("name", name).build());
    return new LinkEnds.End(node, new PortAddress(0, port), LinkSettings.NONE);
  }

  private Set<Integer> udpPorts() {
    return Set.copyOf(compute.adapter().udpPorts().leased());
  }

  @Test
  void eachEndLeadsToTheOther() {
    LinkEnds.Nios nios = new LinkEnds(end("PC1", 0), end("PC2", 0)).join(project);
    Nio.Udp near = (Nio.Udp) nios.near();
    Nio.Udp far = (Nio.Udp) nios.far();
    assertEquals(near.localPort(), far.remotePort());
    assertEquals(far.localPort(), near.remotePort());
    assertEquals(Set.of(near.localPort(), far.localPort()), udpPorts());
  }

  @Test
  void anEndThatRefusesLeavesNothingOfTheOther() {
    LinkEnds.End good = end("PC1", 0);
    LinkEnds.End bad = end("PC2", 1);
    assertThrows(LabException.class, () -> new LinkEnds(good, bad).join(project));
    assertEquals(Set.of(), udpPorts());
    assertThrows(LabException.class, () -> new LinkEnds(bad, good).join(project));
    assertEquals(Set.of(), udpPorts());
  }

  @Test
  void aProjectThatClosesLeavesThePortsThatAnotherHasByNow() {
    LinkEnds.End near = end("PC1", 0);
    LinkEnds.End far = end("PC2", 0);
    Nio.Udp first = (Nio.Udp) new LinkEnds(near, far).join(project).near();
    near.node().detach(near.port());
    assertEquals(false, udpPorts().contains(first.localPort()));
    compute.adapter().udpPorts().leaseExactly(first.localPort());
    project.close();
    assertEquals(Set.of(first.localPort()), udpPorts());
  }
}
