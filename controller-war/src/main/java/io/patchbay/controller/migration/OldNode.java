package io.patchbay.controller.migration;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A node of GNS3 1.x on its way to revision 5. */
final class OldNode {
  /** Properties that have become fields of the node, or are gone. */
  private static final Set<String> NOT_PROPERTIES =
      Set.of("console", "name", "console_type", "console_host", "use_ubridge");

  /** The QEMU machine that GNS3 1.x offered as a way to the internet; now the NAT node. */
  private static final String INTERNET_MACHINE = "8ebc5a6ec53a1c05b7aa101b5ceefe31";

  /** Memory of a Dynamips platform whose file names none, in MB. */
  private static final Map<String, Integer> ROUTER_MEMORY =
      Map.of(
          "c1700", 160, "c2600", 160, "c2691", 192, "c3600", 192, "c3725", 128, "c3745", 256,
          "c7200", 512);

  private static final String ROUTER_SYMBOL = ":/symbols/router.svg";

  private final JsonObject old;
  private final JsonObject oldProperties;
  private final OldPorts ports;
  private final JsonObjectBuilder node = Json.createObjectBuilder();
  private final JsonObjectBuilder properties = Json.createObjectBuilder();
  private final JsonValue symbol;

  OldNode(JsonObject old, OldPorts ports) {
    this.old = old;
    this.oldProperties = old.getJsonObject("properties");
    this.ports = ports;
    this.symbol = symbol(old);
  }

  private static JsonValue symbol(JsonObject old) {
    if (old.get("symbol") instanceof JsonString given) {
      return given;
    }
    String before = old.getString("default_symbol", "");
    if (before.isEmpty()) {
      return JsonValue.NULL;
    }
    return Json.createValue(before.replaceFirst("\\.normal\\.svg$", ".svg"));
  }

  JsonObject convert(String computeId) {
    String nodeId = old.getString("vm_id", UUID.randomUUID().toString());
    node.add("node_id", nodeId)
        .add("compute_id", computeId)
        .add("console", oldProperties.getOrDefault("console", JsonValue.NULL))
        .add("console_type", oldProperties.getOrDefault("console_type", Json.createValue("telnet")))
        .add("symbol", symbol)
        .add("x", Old.integer(old.get("x")))
        .add("y", Old.integer(old.get("y")))
        .add("z", Old.integer(old, "z", 1))
        .add("port_name_format", old.getString("port_name_format", "Ethernet{0}"))
        .add("port_segment_size", Old.integer(old, "port_segment_size", 0))
        .add("first_port_name", old.getOrDefault("first_port_name", JsonValue.NULL));
    nameAndLabel();
    ports.addNode(old, nodeId);
    ofKind(type());
    return node.add("properties", properties).build();
  }

  /** Some Dynamips routers of 1.3 say their platform only. */
  private String type() {
    return old.containsKey("type")
        ? old.getString("type")
        : oldProperties.getString("platform").toUpperCase(Locale.ROOT);
  }

  private void nameAndLabel() {
    if (!(old.get("label") instanceof JsonObject label)) {
      node.add("name", oldProperties.getString("name"));
      return;
    }
    String text = label.getString("text");
    OldFont font = OldFont.of(label.getString("font", null));
    node.add("name", text)
        .add(
            "label",
            Json.createObjectBuilder()
                .add("text", Old.escape(text))
                .add("rotation", 0)
                .add("style", font.style(label.getString("color", "000000")))
                .add("x", Old.integer(label.get("x")))
                .add("y", Old.integer(label.get("y"))));
  }

  private void ofKind(String type) {
    switch (type) {
      case "VPCSDevice" -> plain("vpcs");
      case "QemuVM" -> qemu();
      case "DockerVM" -> drawn("docker", ":/symbols/docker_guest.svg");
      case "VMwareVM" -> machine("vmware", ":/symbols/vmware_guest.svg");
      case "VirtualBoxVM" -> machine("virtualbox", ":/symbols/vbox_guest.svg");
      case "IOUDevice" -> iou();
      case "ATMSwitch" -> builtIn("atm_switch", ":/symbols/atm_switch.svg");
      case "FrameRelaySwitch" -> builtIn("frame_relay_switch", ":/symbols/frame_relay_switch.svg");
      case "EthernetHub" -> ethernet("ethernet_hub", ":/symbols/hub.svg", Set.of());
      case "EthernetSwitch" ->
          ethernet("ethernet_switch", ":/symbols/ethernet_switch.svg", Set.of("type", "vlan"));
      case "Cloud" -> cloud(":/symbols/cloud.svg");
      case "Host" -> cloud(":/symbols/computer.svg");
      default -> router(type);
    }
  }

  private void plain(String kind) {
    node.add("node_type", kind);
    copyProperties(Set.of());
    Old.list(old, "ports").forEach(port -> ports.add(port, 0));
  }

  private void drawn(String kind, String usualSymbol) {
    if (symbol == JsonValue.NULL) {
      node.add("symbol", usualSymbol);
    }
    plain(kind);
  }

  private void copyProperties(Set<String> except) {
    oldProperties.forEach(
        (name, value) -> {
          if (!NOT_PROPERTIES.contains(name) && !except.contains(name)) {
            properties.add(name, value);
          }
        });
  }

  private void builtIn(String kind, String ownSymbol) {
    node.add("symbol", ownSymbol).addNull("console_type");
    plain(kind);
  }

  /** Ports counted from one; now from zero. */
  private void ethernet(String kind, String ownSymbol, Set<String> portFields) {
    JsonArrayBuilder mapping = Json.createArrayBuilder();
    for (JsonObject port : Old.list(old, "ports")) {
      int number = Old.integer(port.get("port_number")) - 1;
      JsonObjectBuilder mapped =
          Json.createObjectBuilder().add("name", "Ethernet" + number).add("port_number", number);
      portFields.forEach(field -> mapped.add(field, port.get(field)));
      mapping.add(mapped);
      ports.add(port, -1);
    }
    properties.add("ports_mapping", mapping);
    node.add("node_type", kind).add("symbol", ownSymbol).addNull("console_type");
    copyProperties(Set.of());
  }

  private void cloud(String usualSymbol) {
    node.add("node_type", "cloud")
        .add("symbol", old.getString("symbol", usualSymbol))
        .addNull("console_type")
        .addNull("console");
    OldCloud.convert(old, properties, ports);
    copyProperties(Set.of("nios"));
  }

  private void machine(String kind, String usualSymbol) {
    properties.add("linked_clone", old.getOrDefault("linked_clone", JsonValue.FALSE));
    drawn(kind, usualSymbol);
  }

  private void qemu() {
    if (!oldProperties.getString("hda_disk_image_md5sum", "").equals(INTERNET_MACHINE)) {
      drawn("qemu", ":/symbols/qemu_guest.svg");
      return;
    }
    if (symbol == JsonValue.NULL) {
      node.add("symbol", ":/symbols/cloud.svg");
    }
    node.add("node_type", "nat").addNull("console").addNull("console_type");
    properties.add(
        "ports",
        Json.createArrayBuilder()
            .add(
                Json.createObjectBuilder()
                    .add("interface", "eth1")
                    .add("name", "nat0")
                    .add("port_number", 0)
                    .add("type", "ethernet")));
    Old.list(old, "ports").forEach(port -> ports.add(port, 0));
  }

  private void iou() {
    node.add("port_name_format", old.getString("port_name_format", "Ethernet{segment0}/{port0}"))
        .add("port_segment_size", Old.integer(old, "port_segment_size", 4));
    drawn("iou", ROUTER_SYMBOL);
  }

  private void router(String type) {
    String platform = type.toLowerCase(Locale.ROOT);
    if (platform.startsWith("c36")) {
      platform = "c3600";
    } else if (type.equals("EtherSwitchRouter")) {
      // A switching module in the router that GNS3 1.x always put it into.
      platform = "c3725";
    }
    Integer memory = ROUTER_MEMORY.get(platform);
    if (memory == null) {
      throw LabException.conflict("Nodes of type " + type + " cannot be converted");
    }
    properties
        .add("dynamips_id", old.getOrDefault("dynamips_id", JsonValue.NULL))
        .add("platform", platform)
        .add("ram", memory);
    drawn("dynamips", ROUTER_SYMBOL);
  }
}
