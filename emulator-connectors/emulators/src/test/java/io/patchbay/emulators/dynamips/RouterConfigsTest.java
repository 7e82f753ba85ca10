package io.patchbay.emulators.dynamips;

import static io.patchbay.testkit.Nodes.change;
import static io.patchbay.testkit.Nodes.says;
import static io.patchbay.testkit.Nodes.status;
import static io.patchbay.testkit.Nodes.terminal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.runtime.survival.NodeState;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.TelnetClient;
import io.patchbay.testkit.router.RouterImage;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Configurations of routers, in files and in the NVRAM. */
class RouterConfigsTest extends RouterLab {
  /** Through the router's NVRAM: written into it at the start and read from it at the stop. */
  @Test
  void configurationsGoIntoTheNvramAndComeBack() throws IOException {
    NodeSite site = compute.site("R1");
    JsonObjectBuilder settings =
        TestRouter.settings("R1")
            .add("startup_config_content", "hostname %h\r\n!\r\nend\r\n")
            .add("private_config_content", "secret of %h\n");
    Path configs = site.directory(NodeKinds.DYNAMIPS).resolve("configs");
    try (EmulatedNode node = create(site, settings)) {
      Path startup = configs.resolve("i1_startup-config.cfg");
      Path secrets = configs.resolve("i1_private-config.cfg");
      assertEquals("!\nhostname R1\n!\nend\n", Files.readString(startup));
      assertEquals("!\nsecret of R1\n", Files.readString(secrets));
      node.update(change("name", "R2"));
      assertEquals("!\nhostname R2\n!\nend\n", Files.readString(startup));
      node.start();
      Files.delete(startup);
      Files.delete(secrets);
      node.stop();
      assertEquals("!\nhostname R2\n!\nend\n", Files.readString(startup));
      assertEquals("!\nsecret of R2\n", Files.readString(secrets));

      NodeSite other = compute.site("R3");
      try (EmulatedNode copy = create(other, TestRouter.settings("R3"))) {
        assertEquals(2, copy.describe().getInt("dynamips_id"));
        node.copyFilesTo(copy);
        Path copied = other.directory(NodeKinds.DYNAMIPS);
        assertEquals(
            "!\nhostname R3\n!\nend\n",
            Files.readString(copied.resolve("configs/i2_startup-config.cfg")));
        assertTrue(Files.exists(copied.resolve("c7200_i2_nvram")));
        assertFalse(Files.exists(copied.resolve("c7200_i1_nvram")));
      }
    }
  }

  /** What a router has saved is in the files while it runs, and after whatever ends it. */
  @Test
  void whatIsSavedIsNotLost() throws IOException {
    NodeSite site = compute.site("R1");
    JsonObjectBuilder settings =
        TestRouter.settings("R1").add("startup_config_content", "hostname %h\nend\n");
    Path startup = site.directory(NodeKinds.DYNAMIPS).resolve("configs/i1_startup-config.cfg");
    String saved = "!\n" + RouterImage.WRITE + "ostname R1\nend\n";
    try (EmulatedNode node = create(site, settings)) {
      node.start();
      save(node);
      Deadline.await("the saved configuration", () -> says(startup, saved));

      Files.delete(startup);
      NodeSite other = compute.site("R2");
      try (EmulatedNode copy = create(other, TestRouter.settings("R2"))) {
        node.copyFilesTo(copy);
        assertEquals(
            saved,
            Files.readString(
                other.directory(NodeKinds.DYNAMIPS).resolve("configs/i2_startup-config.cfg")));
      }

      Files.delete(startup);
      processes().getFirst().destroyForcibly();
      Deadline.await("its end", () -> status(node).equals("stopped"));
      assertEquals(saved, Files.readString(startup));
    }
  }

  @Test
  void whatIsSavedIsNotLostWithTheServer() throws IOException {
    NodeSite site = compute.site("R1");
    JsonObject settings =
        TestRouter.settings("R1").add("startup_config_content", "hostname %h\nend\n").build();
    Path startup = site.directory(NodeKinds.DYNAMIPS).resolve("configs/i1_startup-config.cfg");
    EmulatedNode node = connector.create(site, settings);
    compute.adapter().runStates().saveProject(site.projectId(), JsonValue.EMPTY_JSON_OBJECT);
    node.remember();
    node.start();
    save(node);
    node.release();
    List<ProcessHandle> left = processes();
    left.forEach(ProcessHandle::destroyForcibly);
    Deadline.await("its end", () -> left.stream().noneMatch(ProcessHandle::isAlive));
    Files.deleteIfExists(startup);

    useCompute(PATIENCE);
    NodeState state = compute.adapter().runStates().load().getFirst().nodes().getFirst();
    try (EmulatedNode next =
        connector.create(compute.site(state.nodeId(), "R1"), state.settings())) {
      assertFalse(next.adopt(state.running().orElseThrow()));
      assertEquals("!\n" + RouterImage.WRITE + "ostname R1\nend\n", Files.readString(startup));
    }
  }

  private static void save(EmulatedNode node) {
    try (TelnetClient terminal = terminal(node)) {
      terminal.ask("" + RouterImage.WRITE, "" + RouterImage.WRITE);
    }
  }
}
