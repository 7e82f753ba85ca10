package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description of the routes that a running server gives. */
class OpenApiIT {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private final Api api = Servers.shared().api();

  private JsonObject paths() throws Exception {
    return api.call("GET", "/openapi?format=JSON", "").object().getJsonObject("paths");
  }

  @Test
  void describesRoutesOfControllerAndCompute() throws Exception {
    JsonObject paths = paths();
    JsonObject link = paths.getJsonObject("/v2/projects/{project_id}/links").getJsonObject("post");
    assertEquals(
        Set.of("201", "400", "403", "404", "409"), link.getJsonObject("responses").keySet());
    assertTrue(link.containsKey("requestBody"));
    JsonObject nio =
        paths
            .getJsonObject(
                "/v2/compute/projects/{project_id}/{node_type}/nodes/{node_id}"
                    + "/adapters/{adapter_number}/ports/{port_number}/nio")
            .getJsonObject("delete");
    assertTrue(nio.getJsonObject("responses").containsKey("204"));
    assertTrue(paths.containsKey("/v2/projects/{project_id}/notifications/ws"));
    assertTrue(paths.containsKey("/v2/compute/notifications/ws"));
  }

  @Test
  void everyRouteSaysWhatItDoesWhatItTakesAndHowItFails() throws Exception {
    Set<String> lacking = new TreeSet<>();
    paths()
        .forEach(
            (path, item) ->
                item.asJsonObject().entrySet().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .filter(entry -> !isComplete(path, entry.getValue().asJsonObject()))
                    .forEach(entry -> lacking.add(entry.getKey() + " " + path)));
    assertEquals(Set.of(), lacking);
  }

  private static boolean isComplete(String path, JsonObject operation) {
    List<JsonObject> parameters =
        operation
            .getOrDefault("parameters", JsonValue.EMPTY_JSON_ARRAY)
            .asJsonArray()
            .getValuesAs(JsonObject.class);
    Set<String> inPath =
        parameters.stream()
            .filter(parameter -> parameter.getString("in").equals("path"))
            .map(parameter -> parameter.getString("name"))
            .collect(Collectors.toSet());
    Set<String> named =
        PARAMETER.matcher(path).results().map(name -> name.group(1)).collect(Collectors.toSet());
    Set<String> statuses = operation.getJsonObject("responses").keySet();
    boolean mayFail = !named.isEmpty() || operation.containsKey("requestBody");
    return !operation.getString("summary", "").isBlank()
        && inPath.equals(named)
        && parameters.stream().noneMatch(one -> one.getString("description", "").isBlank())
        && statuses.stream().noneMatch("default"::equals)
        && statuses.stream().anyMatch(status -> status.compareTo("400") < 0)
        && (!mayFail || statuses.stream().anyMatch(status -> status.startsWith("4")));
  }

  @Test
  void routesOfStreamsAndSocketsAreThere() throws Exception {
    Api.Answer socket = api.call("GET", "/v2/notifications/ws", "");
    assertEquals(400, socket.status());
    assertFalse(socket.object().getString("message").isBlank());
  }
}
