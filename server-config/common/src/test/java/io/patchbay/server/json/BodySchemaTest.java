package io.patchbay.server.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class BodySchemaTest {
  private static final BodySchema SCHEMA =
      BodySchema.of(
          """
          {"type": "object", "required": ["name"], "additionalProperties": false,
           "properties": {
             "name": {"type": "string", "minLength": 1},
             "zoom": {"type": "integer", "minimum": 1},
             "ports": {"type": "array", "items": {
               "type": "object", "properties": {"vlan": {"type": "integer"}}}}}}
          """);

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  private static String refusal(String body) {
    LabException refused = assertThrows(LabException.class, () -> SCHEMA.check(json(body)));
    assertEquals(ErrorCode.INVALID, refused.code());
    return refused.getMessage();
  }

  @Test
  void bodyThatMatchesPasses() {
    SCHEMA.check(json("{'name': 'x', 'zoom': 5, 'ports': [{'vlan': 1}]}"));
  }

  @Test
  void messageNamesTheField() {
    assertTrue(refusal("{'name': 'x', 'zoom': 'much'}").contains("'zoom'"));
    assertTrue(refusal("{'name': 'x', 'zoom': 0}").contains("'zoom'"));
    assertTrue(refusal("{'name': ''}").contains("'name'"));
    assertTrue(refusal("{'name': 'x', 'zoom': 1.5}").contains("'zoom'"));
    assertTrue(refusal("{'name': 'x', 'zoom': 2.0}").contains("'zoom'"));
    assertTrue(refusal("{'name': 'x', 'zoom': 1e2}").contains("'zoom'"));
    assertTrue(refusal("{'name': 'x', 'ports': [{}, {'vlan': '1'}]}").contains("ports.1.vlan"));
    assertTrue(refusal("{'name': 'x', 'ports': [{'vlan': 1.0}]}").contains("ports.0.vlan"));
    assertTrue(refusal("{'zoom': 5}").contains("name"));
    assertTrue(refusal("{'name': 'x', 'zzz': 5}").contains("zzz"));
  }

  @Test
  void schemaThatIsNotThereIsAProgrammingError() {
    assertThrows(
        IllegalArgumentException.class,
        () -> BodySchema.resource(BodySchemaTest.class, "missing.json"));
  }
}
