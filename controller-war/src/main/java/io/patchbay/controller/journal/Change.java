package io.patchbay.controller.journal;

import io.patchbay.spi.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing of a project's file as it is after a change. Since it says how things are and not what
 * is different, changes may be made again, as long as their order stays.
 *
 * @param id of the thing in its part; empty for the settings
 * @param value as the file has it; empty if the thing is gone
 */
public record Change(Part part, String id, Optional<JsonObject> value) {
  private static final String TOPOLOGY = "topology";

  JsonObject toJson() {
    JsonObjectBuilder json = Json.createObjectBuilder().add("part", part.wireName()).add("id", id);
    value.ifPresent(thing -> json.add("value", thing));
    return json.build();
  }

  /**
   * @throws RuntimeException if it is none
   */
  static Change of(JsonObject json) {
    return new Change(
        Part.of(json.getString("part")),
        json.getString("id"),
        Optional.ofNullable(json.getJsonObject("value")));
  }

  /** A project's file without its topology. */
  public static JsonObject settings(JsonObject file) {
    return Json.createObjectBuilder(file).remove(TOPOLOGY).build();
  }

  /** A project's file after changes. What is new comes last. */
  static JsonObject apply(JsonObject file, List<Change> changes) {
    JsonObject topology = file.getJsonObject(TOPOLOGY);
    JsonObject settings = settings(file);
    Map<Part, Map<String, JsonObject>> parts = new LinkedHashMap<>();
    for (Change change : changes) {
      if (change.part == Part.SETTINGS) {
        settings = change.value.orElse(settings);
        continue;
      }
      Map<String, JsonObject> things =
          parts.computeIfAbsent(change.part, part -> things(topology, part));
      change.value.ifPresentOrElse(
          value -> things.put(change.id, value), () -> things.remove(change.id));
    }
    JsonObjectBuilder changed = Json.createObjectBuilder(topology);
    parts.forEach(
        (part, things) -> {
          JsonArrayBuilder array = Json.createArrayBuilder();
          things.values().forEach(array::add);
          changed.add(part.wireName(), array);
        });
    return Json.createObjectBuilder(settings).add(TOPOLOGY, changed).build();
  }

  private static Map<String, JsonObject> things(JsonObject topology, Part part) {
    Map<String, JsonObject> things = new LinkedHashMap<>();
    if (topology.containsKey(part.wireName())) {
      topology
          .getJsonArray(part.wireName())
          .getValuesAs(JsonObject.class)
          .forEach(thing -> things.put(thing.getString(part.idField()), thing));
    }
    return things;
  }
}
