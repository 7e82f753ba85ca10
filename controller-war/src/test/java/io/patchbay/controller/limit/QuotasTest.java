package io.patchbay.controller.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.controller.access.AccessForTests;
import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.server.config.Quota;
import io.patchbay.server.config.QuotaSettings;
import io.patchbay.spi.LabException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotasTest {
  @TempDir private Path directory;
  private final Project one = Labs.project("one");
  private final Project two = Labs.project("two");
  private final Project free = Labs.project("free");
  private Quotas quotas;

  @BeforeEach
  void limit() {
    Map<Quota, List<String>> limits =
        Map.of(Quota.RUNNING_NODES, List.of("ann=2"), Quota.RAM, List.of("ann=1000"));
    QuotaSettings settings = QuotaSettings.of(quota -> limits.getOrDefault(quota, List.of()));
    AccessForTests access = AccessForTests.in(directory, settings);
    Sharing sharing = access.sharing();
    sharing.claim("one", AccessForTests.user("ann"));
    sharing.claim("two", AccessForTests.user("ann"));
    Owners owners = new Owners(settings, sharing, access.members(), () -> List.of(one, two, free));
    quotas = new Quotas(owners, new DiskQuota(owners, access.members(), new DiskUse()));
  }

  private void start(Project project, Node node) {
    quotas.start(project, node, () -> Labs.running(node));
  }

  @Test
  void nodesOfAllProjectsOfAnOwnerCountTogether() {
    start(one, Labs.node(one, "PC1", "vpcs", 0));
    Node second = Labs.node(two, "PC2", "vpcs", 0);
    start(two, second);
    start(two, second);
    Node third = Labs.node(two, "PC3", "vpcs", 0);
    LabException full = assertThrows(LabException.class, () -> start(two, third));
    assertEquals(
        "The limit of running nodes of ann is 2, and that many run already: stop one before you"
            + " start PC3.",
        full.getMessage());
    assertTrue(third.isStopped());
    start(two, Labs.node(two, "SW", "ethernet_switch", 0));
    start(free, Labs.node(free, "PC4", "vpcs", 0));
  }

  @Test
  void memoryCounts() {
    start(one, Labs.node(one, "R1", "qemu", 700));
    Node large = Labs.node(two, "R2", "qemu", 301);
    assertThrows(LabException.class, () -> start(two, large));
    start(two, Labs.node(two, "R3", "qemu", 300));
  }

  @Test
  void whatIsBeingStartedCountsAndWhatFailedDoesNot() {
    Node first = Labs.node(one, "PC1", "vpcs", 0);
    Node second = Labs.node(one, "PC2", "vpcs", 0);
    Node third = Labs.node(one, "PC3", "vpcs", 0);
    quotas.start(
        one,
        first,
        () ->
            quotas.start(
                one, second, () -> assertThrows(LabException.class, () -> start(one, third))));
    start(one, third);
  }
}
