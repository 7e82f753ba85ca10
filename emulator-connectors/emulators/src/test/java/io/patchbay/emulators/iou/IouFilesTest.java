package io.patchbay.emulators.iou;

import static io.patchbay.testkit.Nodes.change;
import static io.patchbay.testkit.Nodes.refusal;
import static io.patchbay.testkit.Nodes.says;
import static io.patchbay.testkit.Nodes.status;
import static io.patchbay.testkit.Nodes.terminal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.IolImage;
import io.patchbay.testkit.TelnetClient;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files of nodes of IOU: what they find, and what is left of them. */
class IouFilesTest extends IouLab {
  @Test
  void configurationsGoIntoTheNvramAndComeBack() throws IOException {
    NodeSite site = compute.site("R1");
    Path files = site.directory(NodeKinds.IOU);
    JsonObjectBuilder settings =
        TestIou.settings("R1")
            .add("startup_config_content", "hostname %h\nend\n")
            .add("private_config_content", "secret of %h\n");
    try (EmulatedNode node = create(site, settings)) {
      Path startup = files.resolve("startup-config.cfg");
      assertEquals("hostname R1\nend\n", Files.readString(startup));
      assertEquals("secret of R1\n", Files.readString(files.resolve("private-config.cfg")));
      node.update(change("name", "R2"));
      assertEquals("hostname R2\nend\n", Files.readString(startup));
      node.start();
      try (TelnetClient terminal = terminal(node)) {
        terminal.ask("show config", "hostname R2");
        compute.events().forget();
        terminal.ask("write R3", "[OK]");
        // While it runs, as soon as it has been written.
        Deadline.await("the saved configuration", () -> says(startup, "hostname R3\nend\n"));
        terminal.ask("write R4", "write R4\r\n[OK]");
      }
      node.stop();
      assertEquals("hostname R4\nend\n", Files.readString(startup));
      NodeSite place = compute.site("R5");
      try (EmulatedNode copy = create(place, TestIou.settings("R5"))) {
        node.copyFilesTo(copy);
        Path copied = place.directory(NodeKinds.IOU);
        assertEquals("hostname R5\nend\n", Files.readString(copied.resolve("startup-config.cfg")));
        copy.start();
        try (TelnetClient terminal = terminal(copy)) {
          terminal.ask("show config", "hostname R5");
        }
        int id = copy.describe().getInt("application_id");
        assertTrue(Files.exists(copied.resolve("nvram_%05d".formatted(id))));
        int other = node.describe().getInt("application_id");
        assertFalse(Files.exists(copied.resolve("nvram_%05d".formatted(other))));
      }
    }
  }

  @Test
  void configurationThatDoesNotFitIsTold() {
    JsonObjectBuilder settings =
        TestIou.settings("R1").add("startup_config_content", "!\n".repeat(20_000));
    try (EmulatedNode node = create(settings)) {
      assertTrue(refusal(node::start).contains("NVRAM"));
      assertEquals("stopped", status(node));
    }
  }

  @Test
  void whatAnInstanceFindsIsLaidOut() throws IOException {
    NodeSite site = compute.site("R1");
    Path files = site.directory(NodeKinds.IOU);
    try (EmulatedNode node = create(site, TestIou.settings("R1"))) {
      node.start();
      int id = node.describe().getInt("application_id");
      List<String> map = Files.readAllLines(files.resolve("NETMAP"), StandardCharsets.US_ASCII);
      assertEquals(64, map.size());
      assertEquals("%d:0/0 %d:0/0".formatted(id + 512, id), map.getFirst());
      assertEquals("%d:15/3 %d:15/3".formatted(id + 512, id), map.getLast());
      assertTrue(Files.isSymbolicLink(files.resolve(IolImage.NAME)));
      Path netio = NetioNumbers.ofThisUser().directory();
      List<Path> sockets = List.of(netio.resolve("" + id), netio.resolve("" + (id + 512)));
      assertTrue(sockets.stream().allMatch(Files::exists));
      node.stop();
      assertFalse(Files.exists(files.resolve(IolImage.NAME)));
      assertTrue(sockets.stream().noneMatch(Files::exists));
    }
  }
}
