package io.patchbay.controller.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.controller.access.AccessForTests;
import io.patchbay.controller.project.Project;
import io.patchbay.server.config.Quota;
import io.patchbay.server.config.QuotaSettings;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserUseTest {
  @TempDir private Path directory;

  @Test
  void whatRunsCountsForTheOwnerBesideWhatMayRun() {
    QuotaSettings settings =
        QuotaSettings.of(
            quota -> quota == Quota.RAM ? List.of("ann=1000", "role:user=500") : List.of());
    AccessForTests access = AccessForTests.in(directory, settings);
    Project lab = Labs.project("lab");
    Project free = Labs.project("free");
    access.sharing().claim("lab", AccessForTests.user("ann", "net101"));
    Labs.running(Labs.node(lab, "R1", "qemu", 300));
    Labs.node(lab, "R2", "qemu", 400);
    Labs.running(Labs.node(lab, "SW", "ethernet_switch", 0));
    Labs.running(Labs.node(free, "R3", "qemu", 100));
    Owners owners =
        new Owners(settings, access.sharing(), access.members(), () -> List.of(lab, free));
    DiskUse disk = new DiskUse();
    UserUse use =
        new UserUse(
            owners,
            access.sharing(),
            access.members(),
            new DiskQuota(owners, access.members(), disk),
            disk);

    List<JsonObject> users = use.list().getValuesAs(JsonObject.class);
    assertEquals(1, users.size());
    JsonObject ann = users.getFirst();
    assertEquals("ann", ann.getString("name"));
    assertEquals("user", ann.getString("role"));
    assertEquals("[\"net101\"]", ann.getJsonArray("groups").toString());
    assertEquals(
        "{\"projects\":{\"used\":1,\"limit\":null},"
            + "\"running_nodes\":{\"used\":1,\"limit\":null},"
            + "\"ram\":{\"used\":300,\"limit\":1000},\"cpus\":{\"used\":1,\"limit\":null},"
            + "\"disk\":{\"used\":0,\"limit\":null}}",
        ann.getJsonObject("use").toString());
    assertTrue(ann.isNull("notice"));
    assertEquals(ann, use.of("ann"));
    assertEquals(0, use.of("bob").getJsonObject("use").getJsonObject("ram").getInt("used"));
  }

  @Test
  void nobodyIsSeenByBeingAskedFor() {
    QuotaSettings settings = QuotaSettings.of(quota -> List.of("role:user=500"));
    AccessForTests access = AccessForTests.in(directory, settings);
    assertEquals(500, access.members().limit(settings, Quota.RAM, "ann").orElseThrow());
    assertEquals(Map.of(), access.members().seen());
  }
}
