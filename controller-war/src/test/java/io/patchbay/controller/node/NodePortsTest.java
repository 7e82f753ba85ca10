package io.patchbay.controller.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import io.patchbay.spi.NodeKinds;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
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
  void virtualPcHasItsOneNameWhateverTheSettingsSay() {
    JsonObject node =
        node("vpcs").add("port_name_format", "Gi{0}").add("first_port_name", "mgmt").build();
    assertEquals("Ethernet0", name(node));
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
  void cloudHasShortNamesLikeItsNames() {
    JsonObject mapping =
        Json.createObjectBuilder()
            .add(
                "ports_mapping",
                Json.createArrayBuilder()
                    .add(Json.createObjectBuilder().add("name", "eth1").add("port_number", 0)))
            .build();
    JsonObject node = node("cloud").add("properties", mapping).build();
    assertEquals(List.of("eth1"), names(node));
    assertEquals(List.of("eth1"), shortNames(node));
  }

  @Test
  void circuitsNameTheSerialPortsOfTheirSwitch() {
    JsonObject atm =
        node("atm_switch")
            .add("properties", mappings("1:0:100", "10:0:200").add("broken", "x"))
            .build();
    JsonArray ports = NodePorts.of(node("atm_switch").build());
    assertTrue(ports.isEmpty());
    assertEquals(List.of("1", "10"), names(atm));
    JsonObject port = NodePorts.of(atm).getJsonObject(1);
    assertEquals(10, port.getInt("port_number"));
    assertEquals("serial", port.getString("link_type"));
    assertEquals("DLT_ATM_RFC1483", port.getJsonObject("data_link_types").getString("ATM"));
    JsonObject frameRelay =
        node("frame_relay_switch").add("properties", mappings("2:202", "1:101")).build();
    assertEquals(List.of("1", "2"), shortNames(frameRelay));
    assertEquals(
        "DLT_FRELAY",
        NodePorts.of(frameRelay)
            .getJsonObject(0)
            .getJsonObject("data_link_types")
            .getString("Frame Relay"));
  }

  private static JsonObjectBuilder mappings(String from, String to) {
    return Json.createObjectBuilder().add("mappings", Json.createObjectBuilder().add(from, to));
  }

  @Test
  void portsFollowTheCardsOfARouter() {
    JsonObject cards =
        Json.createObjectBuilder()
            .add("slot0", "C7200-IO-FE")
            .add("slot1", "")
            .add("slot2", "PA-4T+")
            .add("slot3", "PA-FROM-THE-FUTURE")
            .add("slot4", "PA-GE")
            .add("slot5", "PA-POS-OC3")
            .add("wic0", "WIC-1T")
            .add("wic1", "WIC-1ENET")
            .add("ram", 512)
            .build();
    JsonObject node = node("dynamips").add("properties", cards).build();
    assertEquals(
        List.of("f0/0", "s2/0", "s2/1", "s2/2", "s2/3", "g4/0", "p5/0", "s0/0", "e0/1"),
        shortNames(node));
    assertEquals("FastEthernet0/0", names(node).getFirst());
    JsonArray ports = NodePorts.of(node);
    assertEquals("serial", ports.getJsonObject(1).getString("link_type"));
    assertEquals(2, ports.getJsonObject(1).getInt("adapter_number"));
    assertEquals(3, ports.getJsonObject(1).getJsonObject("data_link_types").size());
    assertTrue(ports.getJsonObject(6).getJsonObject("data_link_types").isEmpty());
    assertEquals(16, ports.getJsonObject(7).getInt("port_number"));
    assertEquals(32, ports.getJsonObject(8).getInt("port_number"));
    assertEquals(0, ports.getJsonObject(8).getInt("adapter_number"));
  }

  @Test
  void containerHasEthPortsThatMayBeNamed() {
    JsonObject properties =
        Json.createObjectBuilder()
            .add("adapters", 3)
            .add("mac_address", "02:42:ac:11:22:ff")
            .build();
    JsonObject node =
        node("docker")
            .add("properties", properties)
            .add(
                "custom_adapters",
                Json.createArrayBuilder()
                    .add(
                        Json.createObjectBuilder()
                            .add("adapter_number", 0)
                            .add("port_name", "lan")
                            .add("mac_address", "02:42:ac:11:22:99")))
            .build();
    assertEquals(List.of("lan", "eth1", "eth2"), shortNames(node));
    assertEquals(List.of(0, 1, 2), numbers(node, "adapter_number"));
    assertEquals(
        List.of("02:42:ac:11:22:99", "02:42:ac:11:23:00", "02:42:ac:11:23:01"),
        texts(node, "mac_address"));
    assertFalse(NodePorts.of(node).getJsonObject(0).containsKey("adapter_type"));
  }

  @Test
  void machineHasAPortForEachAdapterNamedByTheFormat() {
    JsonObjectBuilder machine = machine(3);
    assertEquals(List.of("Ethernet0", "Ethernet1", "Ethernet2"), names(machine.build()));
    assertEquals(List.of("e0", "e1", "e2"), shortNames(machine(3).build()));
    assertEquals(List.of("e1000", "e1000", "e1000"), texts(machine(3).build(), "adapter_type"));
    JsonObject named = machine(2).add("port_name_format", "Gi0/{0}").build();
    assertEquals(List.of("Gi0/0", "Gi0/1"), names(named));
    assertEquals(List.of("Gi0/0", "Gi0/1"), shortNames(named));
    JsonObject free = machine(2).add("port_name_format", "port{port1}").build();
    assertEquals(List.of("port1", "port2"), shortNames(free));
  }

  @Test
  void firstPortMayHaveItsOwnName() {
    JsonObject node = machine(3).add("first_port_name", "mgmt").build();
    assertEquals(List.of("mgmt", "Ethernet0", "Ethernet1"), names(node));
    assertEquals(List.of("mgmt", "e0", "e1"), shortNames(node));
    assertEquals("Ethernet0", names(machine(1).add("first_port_name", "").build()).getFirst());
  }

  @Test
  void segmentsCountPortsAnew() {
    JsonObject node =
        machine(4)
            .add("port_name_format", "Ethernet{segment0}/{port0}")
            .add("port_segment_size", 3)
            .build();
    assertEquals(List.of("Ethernet0/0", "Ethernet0/1", "Ethernet0/2", "Ethernet1/0"), names(node));
    assertEquals(List.of("e0/0", "e0/1", "e0/2", "e1/0"), shortNames(node));
  }

  @Test
  void iouHasFourPortsAnAdapterEthernetBeforeSerial() {
    JsonObject adapters =
        Json.createObjectBuilder().add("ethernet_adapters", 1).add("serial_adapters", 2).build();
    JsonObject node =
        node("iou")
            .add("port_name_format", "Ethernet{segment0}/{port0}")
            .add("port_segment_size", 4)
            .add("properties", adapters)
            .build();
    assertEquals(
        List.of(
            "e0/0", "e0/1", "e0/2", "e0/3", "s1/0", "s1/1", "s1/2", "s1/3", "s2/0", "s2/1", "s2/2",
            "s2/3"),
        shortNames(node));
    assertEquals("Serial2/3", names(node).getLast());
    assertEquals(List.of(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2), numbers(node, "adapter_number"));
    assertEquals(3, NodePorts.of(node).getJsonObject(11).getInt("port_number"));
  }

  @Test
  void noFileMakesMorePortsThanAnyEmulatorHas() {
    assertEquals(1000, NodePorts.of(machine(Integer.MAX_VALUE).build()).size());
    assertTrue(NodePorts.of(machine(-1).build()).isEmpty());
  }

  @Test
  void everyKindOfTheApiHasALayout() {
    for (String kind :
        List.of(
            "cloud",
            "nat",
            "ethernet_hub",
            "ethernet_switch",
            "frame_relay_switch",
            "atm_switch",
            "docker",
            "dynamips",
            "vpcs",
            "traceng",
            "virtualbox",
            "vmware",
            "iou",
            "qemu")) {
      assertTrue(NodeKinds.find(kind).isPresent(), kind);
      NodePorts.of(node(kind).build());
    }
    assertTrue(NodePorts.of(node("toaster").build()).isEmpty());
  }

  private static JsonObjectBuilder machine(int adapters) {
    return node("qemu")
        .add(
            "properties",
            Json.createObjectBuilder().add("adapters", adapters).add("adapter_type", "e1000"));
  }

  private static List<String> names(JsonObject node) {
    return texts(node, "name");
  }

  private static List<String> shortNames(JsonObject node) {
    return texts(node, "short_name");
  }

  private static List<String> texts(JsonObject node, String field) {
    return NodePorts.of(node).getValuesAs(JsonObject.class).stream()
        .map(port -> port.getString(field))
        .toList();
  }

  private static List<Integer> numbers(JsonObject node, String field) {
    return NodePorts.of(node).getValuesAs(JsonObject.class).stream()
        .map(port -> port.getInt(field))
        .toList();
  }
}
