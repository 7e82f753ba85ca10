package io.patchbay.controller.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotes in the examples are single ones. */
class TemplateFormTest {
  private static final String ID = "11111111-2222-4333-8444-555555555555";

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static JsonObject create(String type, String more) {
    return TemplateForm.create(
        json("{'name': 'T', 'compute_id': 'local', 'template_type': '" + type + "'" + more + "}"),
        ID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "vpcs          |                                        | base_script_file  |"
            + " 'vpcs_base_config.txt'",
        "cloud         |                                        | remote_console_port | 23",
        "ethernet_hub  |                                        | default_name_format | 'Hub{0}'",
        "ethernet_switch |                                      | console_type      | 'none'",
        "docker        |, 'image': 'i'                          | console_resolution | '1024x768'",
        "qemu          |                                        | adapter_type      | 'e1000'",
        "iou           |, 'path': 'p'                           | ram               | 1024",
        "virtualbox    |, 'vmname': 'v'                         | headless          | false",
        "vmware        |, 'vmx_path': 'v'                       | on_close          | 'power_off'",
        "traceng       |                                        | console_type      | 'none'",
        "dynamips      |, 'image': 'i', 'platform': 'c7200'     | npe               | 'npe-400'",
        "dynamips      |, 'image': 'i', 'platform': 'c3725'     | ram               | 128",
        "dynamips      |, 'image': 'i', 'platform': 'c1700', 'chassis': '1720' | sparsemem | false"
      })
  void aTypeFillsInItsDefaults(String type, String more, String field, String value) {
    JsonObject template = create(type, more == null ? "" : more);
    assertEquals(json("{'x': " + value + "}").get("x"), template.get(field));
    assertEquals(ID, template.getString("template_id"));
    assertFalse(template.getBoolean("builtin"));
    assertTrue(template.containsKey("symbol") && template.containsKey("category"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nat|",
        "vpcs|, 'unknown': 1",
        "vpcs|, 'console_type': 'vnc'",
        "docker|",
        "docker|, 'image': 'i', 'adapters': 100",
        "qemu|, 'ram': 'x'",
        "qemu|, 'cpus': 256",
        "qemu|, 'mac_address': 'x'",
        "cloud|, 'ports_mapping': [{'name': 'a', 'port_number': 0, 'type': 'tap'}]",
        "dynamips|, 'image': 'i'",
        "dynamips|, 'image': 'i', 'platform': 'c9999'",
        "dynamips|, 'image': 'i', 'platform': 'c3600'",
        "dynamips|, 'image': 'i', 'platform': 'c7200', 'npe': 'x'",
        "vpcs|, 'category': 9"
      })
  void whatATypeDoesNotKnowIsRefused(String example) {
    String[] parts = example.split("\\|", 2);
    LabException refused =
        assertThrows(LabException.class, () -> create(parts[0], parts[1]), example);
    assertEquals(ErrorCode.INVALID, refused.code());
  }

  @Test
  void oldWordsBecomeTodays() {
    JsonObject template =
        TemplateForm.create(
            json(
                "{'name': 'T', 'server': 'far', 'node_type': 'qemu', 'linked_base': false,"
                    + "'category': 3}"),
            ID);
    assertEquals("far", template.getString("compute_id"));
    assertEquals("qemu", template.getString("template_type"));
    assertFalse(template.getBoolean("linked_clone"));
    assertEquals("firewall", template.getString("category"));
    assertFalse(template.containsKey("linked_base"));
  }

  @Test
  void aChangeKeepsWhatNeverChanges() {
    JsonObject before = create("vpcs", "");
    JsonObject after =
        TemplateForm.change(
            before,
            json(
                "{'template_id': 'x', 'template_type': 'qemu', 'compute_id': 'far',"
                    + "'builtin': true, 'name': 'New', 'category': 0}"));
    assertEquals("New", after.getString("name"));
    assertEquals("router", after.getString("category"));
    for (String fixed : new String[] {"template_id", "template_type", "compute_id", "builtin"}) {
      assertEquals(before.get(fixed), after.get(fixed));
    }
  }

  @Test
  void builtinTemplatesHaveTheIdsThatClientsKnow() {
    assertEquals("19021f99-e36f-394d-b4a1-8aaa902ab9cc", BuiltinTemplates.id("vpcs"));
    assertEquals("39e257dc-8412-3174-b6b3-0ee3ed6a43e9", BuiltinTemplates.id("cloud"));
    assertEquals(7, BuiltinTemplates.all().size());
  }

  @Test
  void aNodeGetsTheFieldsThatNodesHaveAndTheRestAsProperties() {
    JsonObject template =
        create("docker", ", 'image': 'i', 'environment': '', 'default_name_format': '{name}-{0}'");
    JsonObject node = TemplateUse.node(template, json("{'x': 1, 'y': 2, 'name': null}"), "local");
    assertEquals("T-{0}", node.getString("name"));
    assertEquals("docker", node.getString("node_type"));
    assertEquals(ID, node.getString("template_id"));
    assertEquals("telnet", node.getString("console_type"));
    assertEquals(1, node.getInt("x"));
    JsonObject properties = node.getJsonObject("properties");
    assertEquals("i", properties.getString("image"));
    for (String absent : new String[] {"environment", "category", "symbol", "builtin", "name"}) {
      assertFalse(properties.containsKey(absent), absent);
    }
    assertFalse(node.containsKey("category"));
  }

  @Test
  void theTemplatesOwnComputeCountsBeforeTheOneThatIsChosen() {
    JsonObject use = json("{'compute_id': 'chosen'}");
    assertEquals("local", TemplateUse.compute(create("vpcs", ""), use));
    JsonObject free =
        Json.createObjectBuilder(create("vpcs", "")).add("compute_id", JsonValue.NULL).build();
    assertEquals("chosen", TemplateUse.compute(free, use));
    assertEquals("", TemplateUse.compute(free, JsonValue.EMPTY_JSON_OBJECT));
  }
}
