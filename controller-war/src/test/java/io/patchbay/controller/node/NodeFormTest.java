package io.patchbay.controller.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.controller.symbol.SymbolLibrary;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NodeFormTest {
  private static final SymbolLibrary SYMBOLS =
      new SymbolLibrary(Path.of("target", "no-symbols"), 1000);

  private static final String ID = "11111111-2222-4333-8444-555555555555";

  private static JsonObjectBuilder body() {
    return Json.createObjectBuilder()
        .add("name", "PC 1")
        .add("node_type", "vpcs")
        .add("compute_id", "local");
  }

  private static JsonObject stored(JsonObjectBuilder body) {
    return NodeForm.create(body.build(), ID, "PC1", SYMBOLS);
  }

  @Test
  void nodeGetsDefaults() {
    JsonObject node = stored(body());
    assertEquals(ID, node.getString("node_id"));
    assertEquals("PC1", node.getString("name"));
    assertEquals(":/symbols/computer.svg", node.getString("symbol"));
    assertEquals("Ethernet{0}", node.getString("port_name_format"));
    assertEquals(0, node.getInt("x"));
    assertEquals(1, node.getInt("z"));
    assertFalse(node.getBoolean("locked"));
    assertEquals(JsonValue.NULL, node.get("template_id"));
  }

  @Test
  void labelStandsAboveThePicture() {
    JsonObject label = stored(body()).getJsonObject("label");
    assertEquals("PC1", label.getString("text"));
    assertEquals(JsonValue.NULL, label.get("style"));
    assertEquals(JsonValue.NULL, label.get("x"));
    assertEquals(0, label.getInt("rotation"));
    assertTrue(label.getInt("y") < 0);
  }

  @Test
  void answersAreNotStored() {
    JsonObject node =
        stored(body().add("status", "started").add("console_host", "h").add("project_id", ID));
    assertFalse(node.containsKey("status"));
    assertFalse(node.containsKey("console_host"));
    assertFalse(node.containsKey("project_id"));
  }

  @Test
  void computeGetsPropertiesAndTheConsoleThatIsWanted() {
    JsonObject properties = Json.createObjectBuilder().add("startup_script", "x").build();
    JsonObject node = stored(body().add("properties", properties).add("console", 5001));
    assertEquals(
        Json.createObjectBuilder()
            .add("startup_script", "x")
            .add("name", "PC1")
            .add("node_id", ID)
            .add("console", 5001)
            .build(),
        NodeForm.computeCreate(node));
  }

  @Test
  void changeLeavesAloneWhatNeverChanges() {
    JsonObject change =
        Json.createObjectBuilder()
            .add("node_id", "x")
            .add("node_type", "qemu")
            .add("compute_id", "far")
            .add("x", 7)
            .build();
    JsonObject node = NodeForm.change(stored(body()), change, "PC1", SYMBOLS);
    assertEquals(ID, node.getString("node_id"));
    assertEquals("vpcs", node.getString("node_type"));
    assertEquals("local", node.getString("compute_id"));
    assertEquals(7, node.getInt("x"));
  }

  @Test
  void labelFollowsTheName() {
    JsonObject change =
        Json.createObjectBuilder()
            .add("label", Json.createObjectBuilder().add("text", "ignored").add("x", 3))
            .build();
    JsonObject label =
        NodeForm.change(stored(body()), change, "New", SYMBOLS).getJsonObject("label");
    assertEquals("New", label.getString("text"));
    assertEquals(3, label.getInt("x"));
  }

  @Test
  void labelOfARenamedNodeIsCentredAnew() {
    JsonObject placed =
        NodeForm.change(
            stored(body()),
            Json.createObjectBuilder()
                .add("label", Json.createObjectBuilder().add("text", "").add("x", 3).add("y", 4))
                .build(),
            "PC1",
            SYMBOLS);
    JsonObject moved = NodeForm.change(placed, JsonValue.EMPTY_JSON_OBJECT, "PC1", SYMBOLS);
    assertEquals(3, moved.getJsonObject("label").getInt("x"));
    JsonObject renamed = NodeForm.change(placed, JsonValue.EMPTY_JSON_OBJECT, "New", SYMBOLS);
    assertEquals(JsonValue.NULL, renamed.getJsonObject("label").get("x"));
    assertEquals(4, renamed.getJsonObject("label").getInt("y"));
  }

  @Test
  void symbolThatIsTakenAwayBecomesTheComputer() {
    JsonObject node = stored(body().add("symbol", ":/symbols/cloud.svg"));
    JsonObject change = Json.createObjectBuilder().addNull("symbol").build();
    assertEquals(
        ":/symbols/computer.svg",
        NodeForm.change(node, change, "PC1", SYMBOLS).getString("symbol"));
  }

  @Test
  void onlyWhatAnEmulatorMustKnowConcernsTheCompute() {
    JsonObject node = stored(body());
    for (String field : new String[] {"name", "console", "console_type", "properties"}) {
      assertTrue(
          NodeForm.concernsCompute(node, Json.createObjectBuilder().add(field, "other").build()),
          field);
    }
    for (String field : new String[] {"x", "label", "symbol", "locked"}) {
      assertFalse(
          NodeForm.concernsCompute(node, Json.createObjectBuilder().add(field, "other").build()),
          field);
    }
  }

  @Test
  void clientsSendWhatStaysAsItIs() {
    JsonObject node = stored(body());
    assertFalse(NodeForm.concernsCompute(node, node));
  }

  @Test
  void kindsWithoutConsoleTypeAreNotToldOne() {
    JsonObject hub = stored(body().add("node_type", "ethernet_hub").add("console_type", "none"));
    assertFalse(NodeForm.computeCreate(hub).containsKey("console_type"));
    JsonObject pc = stored(body().add("console_type", "none"));
    assertEquals("none", NodeForm.computeCreate(pc).getString("console_type"));
  }

  @Test
  void propertiesWithoutValueAreNotSent() {
    JsonObjectBuilder properties =
        Json.createObjectBuilder().addNull("image").add("more", JsonValue.EMPTY_JSON_OBJECT);
    JsonObject told = NodeForm.computeCreate(stored(body().add("properties", properties)));
    assertEquals(java.util.Set.of("name", "node_id"), told.keySet());
  }

  @Test
  void customAdaptersAreSentAndKept() {
    JsonObjectBuilder adapters =
        Json.createObjectBuilder()
            .add(
                "custom_adapters",
                Json.createArrayBuilder().add(Json.createObjectBuilder().add("adapter_number", 1)));
    JsonObject change = Json.createObjectBuilder().add("properties", adapters).build();
    JsonObject node =
        NodeForm.change(stored(body().add("node_type", "qemu")), change, "PC1", SYMBOLS);
    assertEquals(1, node.getJsonArray("custom_adapters").size());
    assertEquals(
        node.get("custom_adapters"), NodeForm.computeUpdate(node, change).get("custom_adapters"));
  }

  @Test
  void kindsWithFourPortsAnAdapterNameThemBySegments() {
    JsonObject node = stored(body().add("node_type", "iou"));
    assertEquals("Ethernet{segment0}/{port0}", node.getString("port_name_format"));
    assertEquals(4, node.getInt("port_segment_size"));
  }

  @Test
  void formatThatNamesNothingIsRefused() {
    JsonObjectBuilder body = body().add("port_name_format", "Gi{slot}");
    assertThrows(LabException.class, () -> stored(body));
    JsonObject change = Json.createObjectBuilder().add("port_name_format", "Gi{").build();
    JsonObject node = stored(body());
    assertThrows(LabException.class, () -> NodeForm.change(node, change, "PC1", SYMBOLS));
  }
}
