package io.patchbay.controller.project;

import io.patchbay.controller.migration.Migrations;
import io.patchbay.server.http.ApiVersion;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;

/** How requests become the content of a project's file, revision 9. */
final class ProjectForm {
  /** The settings of a project that clients see and change. */
  static final List<String> SETTINGS =
      List.of(
          "name",
          "auto_close",
          "auto_open",
          "auto_start",
          "scene_height",
          "scene_width",
          "zoom",
          "show_layers",
          "snap_to_grid",
          "show_grid",
          "grid_size",
          "drawing_grid_size",
          "show_interface_labels",
          "supplier",
          "variables");

  private static final JsonObject DEFAULTS =
      Json.createObjectBuilder()
          .add("auto_close", true)
          .add("auto_open", false)
          .add("auto_start", false)
          .add("scene_height", 1000)
          .add("scene_width", 2000)
          .add("zoom", 100)
          .add("show_layers", false)
          .add("snap_to_grid", false)
          .add("show_grid", false)
          .add("grid_size", 75)
          .add("drawing_grid_size", 25)
          .add("show_interface_labels", false)
          .addNull("supplier")
          .addNull("variables")
          .build();

  private ProjectForm() {}

  static JsonObject create(JsonObject body, String id) {
    JsonObjectBuilder file = Json.createObjectBuilder(DEFAULTS);
    SETTINGS.stream()
        .filter(body::containsKey)
        .forEach(setting -> file.add(setting, body.get(setting)));
    return file.add("project_id", id)
        .add("revision", Migrations.CURRENT)
        .add("type", "topology")
        .add("version", ApiVersion.TEXT)
        .add(
            "topology",
            Json.createObjectBuilder()
                .add("computes", JsonValue.EMPTY_JSON_ARRAY)
                .add("drawings", JsonValue.EMPTY_JSON_ARRAY)
                .add("links", JsonValue.EMPTY_JSON_ARRAY)
                .add("nodes", JsonValue.EMPTY_JSON_ARRAY))
        .build();
  }

  static JsonObject change(JsonObject file, JsonObject body) {
    JsonObjectBuilder changed = Json.createObjectBuilder(file);
    SETTINGS.stream()
        .filter(body::containsKey)
        .forEach(setting -> changed.add(setting, body.get(setting)));
    return changed.build();
  }

  /** A file under the id by which its project is known here. */
  static JsonObject identified(JsonObject file, String id) {
    return Json.createObjectBuilder(file).add("project_id", id).build();
  }

  /** Fills in what an older or hand-written file leaves out. */
  static JsonObject complete(JsonObject file) {
    JsonObjectBuilder whole = Json.createObjectBuilder(DEFAULTS);
    file.forEach(whole::add);
    return whole.build();
  }
}
