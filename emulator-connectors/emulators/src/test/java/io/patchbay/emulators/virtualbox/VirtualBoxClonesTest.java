package io.patchbay.emulators.virtualbox;

import static io.patchbay.testkit.Nodes.change;
import static io.patchbay.testkit.Nodes.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Machines of VirtualBox that nodes make for themselves, as linked clones. */
class VirtualBoxClonesTest extends VirtualBoxLab {
  @Test
  void clonesAreMadeRegisteredAgainRenamedAndForgotten() throws IOException {
    NodeSite site = compute.site("R1");
    JsonObject body = clone("R1").build();
    JsonObject shown;
    try (EmulatedNode node = connector.create(site, body);
        EmulatedNode other = node(clone("R2"))) {
      assertEquals("R1", node.describe().getString("vmname"));
      assertEquals("R2", other.describe().getString("vmname"));
      assertEquals(
          site.directory(node.kind()).toString(), node.describe().getString("node_directory"));
      node.start();
      assertTrue(refusal(() -> node.update(change("name", "R3"))).contains("stopped"));
      assertEquals("R1", node.describe().getString("name"));
      node.stop();
      assertTrue(refusal(() -> node.update(change("name", "R2"))).contains("exists"));
      node.update(change("name", "R3"));
      shown = node.describe();
      assertEquals("R3", shown.getString("vmname"));
      assertEquals(1, connector.machines().size(), "clones are not offered");
    }
    assertFalse(tool.run("--nologo", "list", "vms").contains("R3"));
    Path disks = site.directory(connector.kind()).resolve("R3/hdd_info.json");
    assertTrue(Files.readString(disks).contains("\"controller\":\"SATA Controller\""));
    EmulatedNode again = connector.create(site, creates(shown));
    assertTrue(info("R3").contains("SATA Controller-0-0"), "its disk is attached again");
    again.start();
    // As when the server is killed.
    again.release();
    try (EmulatedNode adopted = connector.create(site, creates(shown))) {
      assertEquals("R3", adopted.describe().getString("vmname"));
      tool.run("--nologo", "controlvm", "R3", "poweroff");
    }
    assertEquals(1, tool.calls().stream().filter(call -> call.contains("registervm")).count() - 3);
  }

  private static JsonObject creates(JsonObject shown) {
    JsonObjectBuilder body = Json.createObjectBuilder(shown);
    List.of("project_id", "status", "node_directory").forEach(body::remove);
    return body.build();
  }

  @Test
  void aCloneThatSomebodyHasPutThereIsNotUsed() throws IOException {
    NodeSite site = compute.site("R1");
    JsonObject body = clone("R1").build();
    connector.create(site, body).close();
    Path settings = site.directory(connector.kind()).resolve("R1/R1.vbox");
    JsonObject again = withoutMachine("R1").add("linked_clone", true).build();
    connector.create(site, again).close();
    Files.writeString(settings, Files.readString(settings).replace("poweroff", "poweroff "));
    assertTrue(refusal(() -> connector.create(site, again)).contains("changed"));
    NodeSite elsewhere = compute.site("R1");
    Path copy = elsewhere.directory(connector.kind()).resolve("R1/R1.vbox");
    Files.createDirectories(copy.getParent());
    Files.copy(settings, copy);
    assertTrue(refusal(() -> connector.create(elsewhere, again)).contains("not made"));
    LabException refused =
        assertThrows(LabException.class, () -> node(clone("R1").add("vmname", "../x")));
    assertEquals(ErrorCode.INVALID, refused.code());
  }

  @Test
  void aCloneThatCannotBeUsedIsTakenBack() {
    JsonObjectBuilder body = clone("R1").add("adapters", 9);
    assertTrue(refusal(() -> node(body)).contains("chipset"));
    assertFalse(tool.run("--nologo", "list", "vms").contains("R1"));
  }
}
