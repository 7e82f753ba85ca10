package io.patchbay.emulators.vmware;

import static io.patchbay.testkit.Nodes.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whose machines of VMware's are used, and linked clones of them. */
class VmwareClonesTest extends VmwareLab {
  @Test
  void clonesAreMadeFoundAgainAndTakenOffTheList() throws IOException {
    JsonObject body = settings("R1").add("name", "C1").add("linked_clone", true).build();
    var site = compute.site("C1");
    JsonObject shown;
    try (EmulatedNode node = connector.create(site, body)) {
      shown = node.describe();
      assertEquals(
          site.directory(node.kind()).resolve("C1.vmx").toString(), shown.getString("vmx_path"));
      node.start();
      node.stop();
      Files.writeString(
          TestVmware.home(tool).resolve(".vmware/inventory.vmls"),
          "vmlist7.config = \""
              + shown.getString("vmx_path")
              + "\"\nvmlist7.DisplayName = \"C1\"\n"
              + "vmlist70.config = \"/x\"\n",
          StandardOpenOption.APPEND);
    }
    String list = Files.readString(TestVmware.home(tool).resolve(".vmware/inventory.vmls"));
    assertFalse(list.contains("vmlist7."));
    assertTrue(list.contains("vmlist70."));
    JsonObject again =
        Json.createObjectBuilder(body).add("vmx_path", shown.getString("vmx_path")).build();
    connector.create(site, again).close();
    assertEquals(1, tool.calls().stream().filter(call -> call.contains("\"clone\"")).count());
    VmwareConnector player =
        new VmwareConnector(
            compute.adapter(),
            TestVmware.config(tool.program(), "player"),
            Duration.ofSeconds(60),
            TestVmware.home(tool),
            true);
    assertTrue(refusal(() -> player.create(compute.site("C2"), body)).contains("no linked clones"));
  }

  @Test
  void onAServerThatIsNotLocalOnlyItsOwnMachinesAreUsed() throws IOException {
    VmwareConnector shared = connector(tool.program().toString(), "ws");
    JsonObject body = settings("R1").build();
    shared.create(compute.site("R1"), body).close();
    Path other = directory.resolve("other.vmx");
    Files.copy(TestVmware.make(tool, "R1"), other);
    JsonObject foreign = Json.createObjectBuilder(body).add("vmx_path", other.toString()).build();
    assertTrue(refusal(() -> shared.create(compute.site("R1"), foreign)).contains("none of"));
    JsonObject clone = Json.createObjectBuilder(body).add("linked_clone", true).build();
    assertTrue(refusal(() -> shared.create(compute.site("C1"), clone)).contains("local"));
    assertTrue(
        refusal(() -> node(settings("R1").add("vmx_path", "/nowhere/x.vmx"))).contains("none of"));
  }
}
