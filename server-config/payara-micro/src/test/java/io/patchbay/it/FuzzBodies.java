package io.patchbay.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Bodies of requests that are almost right: what a route takes, with a value or two that nobody
 * would send, and texts that are no JSON of any kind.
 */
final class FuzzBodies {
  private static final String NODE =
      """
      {"name": "PC", "node_type": "vpcs", "compute_id": "local", "x": 1, "y": 2, "z": 0,
       "symbol": ":/symbols/vpcs_guest.svg", "console_type": "telnet", "locked": false,
       "label": {"text": "a", "x": 0, "y": 0, "rotation": 0, "style": null},
       "port_name_format": "Ethernet{0}", "port_segment_size": 0, "first_port_name": null,
       "custom_adapters": [{"adapter_number": 0, "port_name": "a"}],
       "properties": {"startup_script": "ip 10.0.0.1/24\\n"}}\
      """;
  private static final String SWITCH =
      """
      {"name": "SW", "node_type": "ethernet_switch", "compute_id": "local",
       "properties": {"ports_mapping": [
         {"name": "e0", "port_number": 0, "type": "access", "vlan": 1},
         {"name": "e1", "port_number": 1, "type": "qinq", "vlan": 2, "ethertype": "0x88A8"}]}}\
      """;
  private static final String MACHINE =
      """
      {"name": "VM", "node_type": "qemu", "compute_id": "local",
       "properties": {"ram": 16, "cpus": 1, "adapters": 2, "hda_disk_image": "none.img",
         "platform": "x86_64", "mac_address": "00:11:22:33:44:00", "options": "-no-reboot",
         "boot_priority": "c", "kernel_command_line": "quiet", "on_close": "power_off"}}\
      """;
  private static final String LINK =
      """
      {"nodes": [{"node_id": "$NODE", "adapter_number": 0, "port_number": 0,
                  "label": {"text": "a", "x": 1, "y": 2}},
                 {"node_id": "$OTHER", "adapter_number": 0, "port_number": 0}],
       "filters": {"latency": [10, 5], "packet_loss": [1], "bpf": ["icmp"]}, "suspend": false,
       "link_style": {"color": "#00ff00", "width": 2, "type": 1}}\
      """;
  private static final String CAPTURE =
      "{\"capture_file_name\": \"a.pcap\", \"data_link_type\": \"DLT_EN10MB\"}";
  private static final String PROJECT =
      """
      {"name": "fuzzed-$NUMBER", "auto_close": false, "auto_open": false, "scene_width": 2000,
       "zoom": 100, "grid_size": 75, "show_layers": false, "supplier": null,
       "variables": [{"name": "A", "value": "b"}]}\
      """;

  /** By the last part of a path that is no parameter, as the routes of both WARs have them. */
  private static final Map<String, List<String>> VALID =
      Map.ofEntries(
          Map.entry("projects", List.of(PROJECT)),
          Map.entry("nodes", List.of(NODE, SWITCH, MACHINE)),
          Map.entry("links", List.of(LINK)),
          Map.entry("start_capture", List.of(CAPTURE)),
          Map.entry(
              "drawings",
              List.of(
                  """
                  {"x": 1, "y": 2, "z": 0, "rotation": 0, "locked": false,
                   "svg": "<svg height='10' width='10'><rect width='5' height='5'/></svg>"}\
                  """)),
          Map.entry("snapshots", List.of("{\"name\": \"s-$NUMBER\"}")),
          Map.entry(
              "access",
              List.of("{\"users\": {\"bob\": \"view\"}, \"groups\": {\"net101\": \"operate\"}}")),
          Map.entry(
              "templates",
              List.of(
                  "{\"x\": 1, \"y\": 2, \"name\": \"T\", \"compute_id\": \"local\"}",
                  """
                  {"name": "T-$NUMBER", "template_type": "qemu", "compute_id": "local", "ram": 64,
                   "hda_disk_image": "none.img", "category": "guest", "adapters": 1,
                   "symbol": ":/symbols/router.svg", "default_name_format": "{name}-{0}"}\
                  """)),
          Map.entry(
              "computes",
              List.of(
                  """
                  {"compute_id": "fuzz-$NUMBER", "name": "f", "protocol": "http",
                   "host": "127.0.0.1", "port": 1, "user": "u", "password": "p"}\
                  """)),
          Map.entry(
              "auto_idlepc", List.of("{\"platform\": \"c7200\", \"image\": \"a\", \"ram\": 9}")),
          Map.entry("resize_disk", List.of("{\"drive_name\": \"hda\", \"extend\": 10}")),
          Map.entry(
              "iou_license",
              List.of("{\"iourc_content\": \"[license]\", \"license_check\": true}")),
          Map.entry(
              "gns3vm",
              List.of(
                  "{\"enable\": false, \"engine\": \"vmware\", \"vmname\": \"x\", \"ram\": 1}")),
          Map.entry("version", List.of("{\"version\": \"2.2.60\"}")),
          Map.entry("duplicate", List.of("{\"name\": \"copy\", \"x\": 1, \"y\": 2, \"z\": 1}")),
          Map.entry(
              "nio",
              List.of(
                  """
                  {"type": "nio_udp", "lport": 41900, "rhost": "127.0.0.1", "rport": 41901,
                   "filters": {"packet_loss": [5]}, "suspend": false}\
                  """)),
          Map.entry(
              "img",
              List.of(
                  """
                  {"qemu_img": "qemu-img", "path": "a.qcow2", "format": "qcow2", "size": 10,
                   "cluster_size": 65536, "lazy_refcounts": "off"}\
                  """)),
          Map.entry(
              "patchbay", List.of("{\"nodes\": [{\"node_type\": \"vpcs\"}], \"links\": []}")));

  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "65536",
          "2147483648",
          "99999999999999999999",
          "0.5",
          "1e300",
          "\"\"",
          "\" \"",
          "\"7\"",
          "\"" + "x".repeat(5000) + "\"",
          "\"../../../../etc/passwd\"",
          "\"/etc/passwd\"",
          "\"C:\\\\x\"",
          "\"a\\u0000b\"",
          "\"a\\nb\"",
          "\"\\ud800\"",
          "\"\u20ac\"",
          "\"%s%n${env:HOME}\"",
          "\"; touch x\"",
          "\"$(id)\"",
          "\"-help\"",
          "\"<script>\"",
          "\"{0}{1}{x}\"",
          "\"local\"",
          "\"qemu\"",
          "\"11111111-2222-4333-8444-000000000404\"",
          "[]",
          "{}",
          "[null]",
          "[[1], {}]",
          "{\"a\": {\"b\": 1}}");

  private static final List<String> BROKEN =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "7",
          "\"x\"",
          "{}",
          "{\"name\": }",
          "{\"a\": 1e999999}",
          "{\"x\": 123456789012345678901234567890}",
          "[".repeat(20_000),
          "{\"name\": " + "[".repeat(900) + "]".repeat(900) + "}",
          "{\"a\":".repeat(5000),
          "\u00ff\u00fe",
          "{\"name\": \"x\", \"name\": \"y\"}",
          "{\"name\": \"" + "n".repeat(70_000) + "\"}",
          "PK\u0003\u0004",
          "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>");

  private final Random random;

  FuzzBodies(Random random) {
    this.random = random;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /**
   * @param route a path with its parameters in braces
   * @param names what {@code $NODE} and the like stand for
   */
  String next(String route, Map<String, String> names) {
    if (random.nextInt(6) == 0) {
      return one(BROKEN);
    }
    String text = one(VALID.getOrDefault(subject(route), all()));
    for (Map.Entry<String, String> name : names.entrySet()) {
      text = text.replace("$" + name.getKey(), name.getValue());
    }
    JsonObject body = (JsonObject) read(text.replace("$NUMBER", "" + random.nextInt(1000)));
    int odd = random.nextInt(3);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < odd; i++) {
      body = mutate(body, i);
      values.add(one(ODD));
    }
    // Put in as texts, since not all of them survive a writer of JSON.
    String mutated = body.toString();
    for (int i = 0; i < odd; i++) {
      mutated = mutated.replace("\"@" + i + "@\"", values.get(i));
    }
    return mutated;
  }

  private static String subject(String route) {
    String found = "";
    for (String part : route.split("/")) {
      if (VALID.containsKey(part)) {
        found = part;
      }
    }
    return found;
  }

  private static List<String> all() {
    return VALID.values().stream().flatMap(List::stream).sorted().toList();
  }

  private static JsonStructure read(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.read();
    }
  }

  /** Has a mark in the place of a value, or of nothing, or something missing. */
  private JsonObject mutate(JsonObject body, int mark) {
    List<String> places = new ArrayList<>();
    collect(body, "", places);
    JsonValue marked = Json.createValue("@" + mark + "@");
    if (places.isEmpty() || random.nextInt(8) == 0) {
      return Json.createObjectBuilder(body)
          .add(one(List.of("unknown", "name", "project_id", "properties", "")), marked)
          .build();
    }
    JsonPointer place = Json.createPointer(one(places));
    return random.nextInt(6) == 0 ? place.remove(body) : place.replace(body, marked);
  }

  private static void collect(JsonValue value, String at, List<String> places) {
    if (!at.isEmpty()) {
      places.add(at);
    }
    if (value instanceof JsonObject object) {
      object.forEach(
          (name, inside) -> collect(inside, at + "/" + Json.encodePointer(name), places));
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        collect(array.get(i), at + "/" + i, places);
      }
    }
  }
}
