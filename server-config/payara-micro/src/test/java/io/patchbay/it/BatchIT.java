package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The compute's routes that make many things by one request. */
class BatchIT {
  private final Api api = Servers.shared().api();
  private String project;
  private String many;

  @BeforeEach
  void makeProject() throws Exception {
    String id = api.post("/v2/compute/projects", "{\"name\": \"many\"}").getString("project_id");
    project = "/v2/compute/projects/" + id;
    many = "/v2/compute/patchbay/projects/" + id;
  }

  @AfterEach
  void cleanUp() throws Exception {
    api.call("DELETE", project, "");
  }

  private JsonArray many(String what, String body) throws Exception {
    Api.Answer answer = api.call("POST", many + "/" + what, body);
    assertEquals(200, answer.status(), answer.response()::body);
    return answer.array();
  }

  private static List<Integer> statuses(JsonArray answers) {
    return answers.getValuesAs(JsonObject.class).stream()
        .map(answer -> answer.getInt("status"))
        .toList();
  }

  @Test
  void oneThatIsRefusedDoesNotKeepTheOthersFromBeingMade() throws Exception {
    String id = UUID.randomUUID().toString();
    JsonArray nodes =
        many(
            "nodes",
            """
            {"nodes": [
              {"node_type": "vpcs", "name": "PC1", "node_id": "%s"},
              {"node_type": "teapot", "name": "T1"},
              {"node_type": "vpcs", "name": "PC2", "colour": "red"},
              {"node_type": "ethernet_switch", "name": "SW1"}]}
            """
                .formatted(id));
    assertEquals(List.of(201, 404, 400, 201), statuses(nodes));
    assertEquals("PC1", nodes.getJsonObject(0).getJsonObject("node").getString("name"));
    String switchId = nodes.getJsonObject(3).getJsonObject("node").getString("node_id");
    assertEquals(200, api.call("GET", project + "/vpcs/nodes/" + id, "").status());

    String end = "{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": %d}";
    JsonArray links =
        many(
            "links",
            "{\"links\": [{\"nodes\": [%s, %s]}, {\"nodes\": [%s, %s]}]}"
                .formatted(
                    end.formatted(id, 0),
                    end.formatted(switchId, 1),
                    end.formatted(switchId, 2),
                    end.formatted(UUID.randomUUID(), 0)));
    assertEquals(List.of(201, 404), statuses(links));
    JsonArray nios = links.getJsonObject(0).getJsonArray("nios");
    assertEquals(nios.getJsonObject(0).getInt("lport"), nios.getJsonObject(1).getInt("rport"));
  }

  @Test
  void aBodyOfAnotherFormMakesNothing() throws Exception {
    for (String body :
        List.of(
            "{}",
            "{\"nodes\": 1}",
            "{\"nodes\": [{\"name\": \"PC1\"}]}",
            "[]",
            "{\"nodes\": [1]}")) {
      assertEquals(400, api.call("POST", many + "/nodes", body).status(), body);
    }
    for (String body :
        List.of("{}", "{\"links\": [{\"nodes\": []}]}", "{\"links\": [{\"nodes\": [{}, {}]}]}")) {
      assertEquals(400, api.call("POST", many + "/links", body).status(), body);
    }
    assertEquals(
        404,
        api.call(
                "POST",
                "/v2/compute/patchbay/projects/" + UUID.randomUUID() + "/nodes",
                "{\"nodes\": []}")
            .status());
  }
}
