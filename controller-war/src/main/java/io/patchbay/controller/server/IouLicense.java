package io.patchbay.controller.server;

import io.patchbay.controller.settings.SettingsFile;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;

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
