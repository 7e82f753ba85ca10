package io.patchbay.controller.vm;

import io.patchbay.controller.settings.SettingsFile;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The settings of the GNS3 VM, kept for clients in {@code gns3vm.json} below the configurations'
 * directory. Patchbay runs its nodes itself and starts no VM.
 */
@Singleton
public class Gns3Vm {
  private static final JsonObject DEFAULTS =
      Json.createObjectBuilder()
          .add("allocate_vcpus_ram", true)
          .add("enable", false)
          .add("engine", "vmware")
          .add("headless", false)
          .add("port", 80)
          .add("ram", 2048)
          .add("vcpus", 1)
          .addNull("vmname")
          .add("when_exit", "stop")
          .build();

  private static final JsonArray ENGINES = engines();

  private final SettingsFile file;

  @Inject
  public Gns3Vm(Settings settings) {
    file = new SettingsFile(settings.configs().resolve("gns3vm.json"));
  }

  private static JsonArray engines() {
    try (InputStream in = Gns3Vm.class.getResourceAsStream("engines.json");
        JsonReader reader = Json.createReader(in)) {
      return reader.readArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonArray all() {
    return ENGINES;
  }

  /**
   * @throws LabException (INVALID) if there is no such engine
   */
  void requireEngine(String id) {
    if (ENGINES.getValuesAs(JsonObject.class).stream()
        .noneMatch(engine -> engine.getString("engine_id").equals(id))) {
      throw LabException.invalid("There is no engine '" + id + "' for the GNS3 VM");
    }
  }

  JsonObject settings() {
    return file.content().isEmpty() ? DEFAULTS : file.content();
  }

  /** Takes the settings as a whole; a client that changes nothing gets those that are there. */
  JsonObject replace(JsonObject wanted) {
    JsonObject now = settings();
    JsonObject merged =
        Json.createObjectBuilder(now).addAll(Json.createObjectBuilder(wanted)).build();
    if (!merged.equals(now)) {
      file.change(old -> wanted);
    }
    return settings();
  }

  /** Reads the file again. */
  public void reload() {
    file.reload();
  }
}
