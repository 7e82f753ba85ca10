package io.patchbay.controller.server;

import io.patchbay.controller.settings.SettingsFile;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/**
 * The text of the IOU licence and whether it is checked, kept in {@code iou_license.json} below the
 * configurations' directory.
 */
@Singleton
public class IouLicense {
  private static final JsonObject DEFAULTS =
      Json.createObjectBuilder().add("iourc_content", "").add("license_check", true).build();

  private final SettingsFile file;

  @Inject
  public IouLicense(Settings settings) {
    file = new SettingsFile(settings.configs().resolve("iou_license.json"));
  }

  /** The fields {@code iourc_content} and {@code license_check}, and whatever clients added. */
  public JsonObject settings() {
    return Json.createObjectBuilder(DEFAULTS)
        .addAll(Json.createObjectBuilder(file.content()))
        .build();
  }

  /** What a compute is told when it starts a node of IOU; clients may have put anything in here. */
  public JsonObject ofStart() {
    JsonObject settings = settings();
    return Json.createObjectBuilder()
        .add("license_check", !settings.get("license_check").equals(JsonValue.FALSE))
        .add("iourc_content", text(settings.get("iourc_content")))
        .build();
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString given ? given.getString() : "";
  }

  JsonObject merge(JsonObject change) {
    file.change(
        stored ->
            Json.createObjectBuilder(stored).addAll(Json.createObjectBuilder(change)).build());
    return settings();
  }

  void reload() {
    file.reload();
  }
}
