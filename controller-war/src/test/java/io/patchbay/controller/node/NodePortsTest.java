package io.patchbay.controller.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

class NodePortsTest {

  private static JsonObjectBuilder node(String type) {
    return Json.createObjectBuilder()
        .add("node_type", type)
        .add("port_name_format", "Ethernet{0}")
        .addNull("first_port_name")
        .add("properties", JsonValue.EMPTY_JSON_OBJECT);
  }

  private static String name(JsonObject node) {
    return NodePorts.of(node).getJsonObject(0).getString("name");
  }

  @Test
  void virtualPcHasOneEthernetPort() {
    JsonObject expected =
        Json.createObjectBuilder()
            .add("name", "Ethernet0")
            .add("short_name", "e0")
            .add("adapter_number", 0)
            .add("port_number", 0)
            .add("link_type", "ethernet")
            .add("data_link_types", Json.createObjectBuilder().add("Ethernet", "DLT_EN10MB"))
            .build();
    assertEquals(
        Json.createArrayBuilder().add(expected).build(), NodePorts.of(node("vpcs").build()));
  }

  @Test
  void formatNamesThePort() {
    assertEquals("Gi0", name(node("vpcs").add("port_name_format", "Gi{0}").build()));
  }

  @Test
  void firstPortNameBeatsTheFormat() {
    assertEquals("mgmt", name(node("vpcs").add("first_port_name", "mgmt").build()));
  }

  @Test
  void emptyFirstPortNameCountsForNone() {
    assertEquals("Ethernet0", name(node("vpcs").add("first_port_name", "").build()));
  }

  @Test
  void switchHasThePortsOfItsMapping() {
    JsonObject mapping =
        Json.createObjectBuilder()
            .add(
                "ports_mapping",
                Json.createArrayBuilder()
                    .add(Json.createObjectBuilder().add("name", "Ethernet0").add("port_number", 0))
                    .add(Json.createObjectBuilder().add("name", "Ethernet5").add("port_number", 5)))
            .build();
    JsonArray ports = NodePorts.of(node("ethernet_switch").add("properties", mapping).build());
    assertEquals(2, ports.size());
    assertEquals(5, ports.getJsonObject(1).getInt("port_number"));
    assertEquals("e5", ports.getJsonObject(1).getString("short_name"));
    assertEquals("Ethernet5", ports.getJsonObject(1).getString("name"));
  }

  @Test
  void switchThatItsComputeHasNotDescribedHasNoPorts() {
    assertTrue(NodePorts.of(node("ethernet_hub").build()).isEmpty());
  }

  @Test
  void unknownKindHasNoPorts() {
    assertTrue(NodePorts.of(node("qemu").build()).isEmpty());
  }
}
