package io.patchbay.controller;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.controller.drawing.DrawingResource;
import io.patchbay.controller.link.LinkResource;
import io.patchbay.controller.node.NodeResource;
import io.patchbay.controller.project.ProjectResource;
import io.patchbay.controller.server.VersionResource;
import io.patchbay.server.json.BodySchema;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bodies the routes take. Quotes in the examples are single ones. */
class SchemaTest {
  private static final String ID = "'11111111-2222-4333-8444-555555555555'";
  private static final String NODE = "'node_type': 'vpcs', 'compute_id': 'local', 'name': 'a'";
  private static final String END =
      "{'node_id': " + ID + ", 'adapter_number': 0, 'port_number': 0}";

  private static final BodySchema PROJECT =
      BodySchema.resource(ProjectResource.class, "create.schema.json");
  private static final BodySchema PROJECT_CHANGE =
      BodySchema.resource(ProjectResource.class, "update.schema.json");
  private static final BodySchema NODES =
      BodySchema.resource(NodeResource.class, "create.schema.json");
  private static final BodySchema NODE_CHANGE =
      BodySchema.resource(NodeResource.class, "update.schema.json");
  private static final BodySchema DUPLICATE =
      BodySchema.resource(NodeResource.class, "duplicate.schema.json");
  private static final BodySchema LINK =
      BodySchema.resource(LinkResource.class, "link.schema.json");
  private static final BodySchema DRAWING =
      BodySchema.resource(DrawingResource.class, "drawing.schema.json");
  private static final BodySchema VERSION =
      BodySchema.resource(VersionResource.class, "version.schema.json");

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static void accepts(BodySchema schema, String body) {
    assertDoesNotThrow(() -> schema.check(json(body)), body);
  }

  private static void refuses(BodySchema schema, String body) {
    LabException refused = assertThrows(LabException.class, () -> schema.check(json(body)), body);
    assertEquals(ErrorCode.INVALID, refused.code());
  }

  @Test
  void projectsAreTaken() {
    accepts(PROJECT, "{'name': 'lab'}");
    accepts(PROJECT, "{'name': 'lab', 'project_id': null, 'supplier': null, 'variables': null}");
    accepts(PROJECT, "{'name': 'lab', 'scene_width': 1, 'project_id': " + ID + "}");
    accepts(PROJECT, "{'name': 'lab', 'variables': [{'name': 'A', 'value': '1'}, {'name': 'B'}]}");
    accepts(PROJECT_CHANGE, "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'name': ''",
        "'name': null",
        "'name': 5",
        "'name': 'a', 'project_id': 'not-a-uuid'",
        "'name': 'a', 'project_id': '00000000-0000-0000-0000-00000000000'",
        "'name': 'a', 'project_id': 'zzzzzzzz-0000-0000-0000-000000000000'",
        "'name': 'a', 'zoom': '100'",
        "'name': 'a', 'auto_open': 'yes'",
        "'name': 'a', 'scene_width': 1.5",
        "'name': 'a', 'scene_width': 1.0",
        "'name': 'a', 'variables': [{'value': 'x'}]",
        "'name': 'a', 'variables': [{'name': ''}]",
        "'name': 'a', 'supplier': 'x'",
        "'name': 'a', 'status': 'opened'",
        "'name': 'a', 'filename': 'x.gns3'"
      })
  void projectsAreRefused(String fields) {
    refuses(PROJECT, "{" + fields + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'name': ''",
        "'name': 3",
        "'zoom': 'x'",
        "'status': 'closed'",
        "'unknown': 1",
        "'variables': {'a': 1}",
        "'supplier': []",
        "'grid_size': null",
        "'project_id': '11111111-2222-4333-8444-555555555555'"
      })
  void changesOfProjectsAreRefused(String fields) {
    refuses(PROJECT_CHANGE, "{" + fields + "}");
  }

  @Test
  void nodesAreTaken() {
    accepts(NODES, "{" + NODE + "}");
    accepts(NODES, "{" + NODE + ", 'console': null, 'symbol': null, 'template_id': null}");
    accepts(NODES, "{" + NODE + ", 'label': {'text': 'x', 'rotation': -359, 'x': null}}");
    accepts(NODES, "{" + NODE + ", 'properties': {'anything': [1]}, 'console': 65535}");
    accepts(NODE_CHANGE, "{'x': -40, 'locked': true}");
    accepts(DUPLICATE, "{'x': 1, 'y': 2, 'z': 3}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'unknown': 1",
        "'x': 1.5",
        "'node_id': 'short'",
        "'console': 70000",
        "'console': 0",
        "'properties': []",
        "'label': {'x': 1}",
        "'label': {'text': 'x', 'rotation': 361}",
        "'status': 'broken'",
        "'node_type': 'toaster'",
        "'console_type': 'morse'",
        "'port_segment_size': -1"
      })
  void nodesAreRefused(String field) {
    refuses(NODE_CHANGE, "{" + field + "}");
  }

  @Test
  void nodesNeedNameTypeAndCompute() {
    refuses(NODES, "{'name': 'a', 'node_type': 'vpcs'}");
    refuses(NODES, "{'name': 'a', 'compute_id': 'local'}");
    refuses(NODES, "{'node_type': 'vpcs', 'compute_id': 'local'}");
    refuses(DUPLICATE, "{'x': 1}");
    refuses(DUPLICATE, "{'x': '1', 'y': 2}");
  }

  @Test
  void linksAreTaken() {
    accepts(LINK, "{'nodes': [" + END + ", " + END + "]}");
    accepts(LINK, "{'nodes': [], 'filters': {'delay': [50, 10]}, 'link_style': {'width': 3}}");
    accepts(LINK, "{'suspend': true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'nodes': 'x'",
        "'nodes': [], 'suspend': 'yes'",
        "'unknown': 1, 'nodes': []",
        "'nodes': [], 'link_id': 'x'",
        "'nodes': [{'node_id': 'x', 'adapter_number': 0, 'port_number': 0}]",
        "'nodes': [{'adapter_number': 0, 'port_number': 0}]"
      })
  void linksAreRefused(String fields) {
    refuses(LINK, "{" + fields + "}");
  }

  @Test
  void numbersOfPortsAreNoText() {
    refuses(LINK, "{'nodes': [" + END.replace("'port_number': 0", "'port_number': '0'") + "]}");
  }

  @Test
  void drawingsAreTaken() {
    accepts(DRAWING, "{}");
    accepts(DRAWING, "{'svg': '<svg></svg>', 'rotation': 360, 'locked': true, 'z': 3}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'x': '1'",
        "'rotation': 361",
        "'rotation': -360",
        "'svg': 5",
        "'unknown': 1",
        "'drawing_id': 'x'",
        "'locked': 'no'",
        "'z': 1.5"
      })
  void drawingsAreRefused(String field) {
    refuses(DRAWING, "{" + field + "}");
  }

  @Test
  void versionIsText() {
    accepts(VERSION, "{'version': '2.2.60', 'local': true}");
    refuses(VERSION, "{}");
    refuses(VERSION, "{'version': 2}");
  }
}
