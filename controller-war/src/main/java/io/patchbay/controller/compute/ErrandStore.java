package io.patchbay.controller.compute;

import io.patchbay.server.config.Settings;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The errands of all computes on the disk, so that they outlive the server: a member for each
 * compute, a list of requests. Thread-safe.
 */
@Singleton
public class ErrandStore {
  private static final Logger LOG = Logger.getLogger(ErrandStore.class.getName());

  private final Path file;
  private final Map<String, List<Errand>> errands;

  @Inject
  public ErrandStore(Settings settings) {
    this(settings.run().resolve("errands.json"));
  }

  ErrandStore(Path file) {
    this.file = file;
    this.errands = load(file);
  }

  private static Map<String, List<Errand>> load(Path file) {
    Map<String, List<Errand>> all = new TreeMap<>();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file);
          JsonReader reader = Json.createReader(in)) {
        JsonObject kept = reader.readObject();
        for (String compute : kept.keySet()) {
          all.put(
              compute,
              kept.getJsonArray(compute).getValuesAs(JsonObject.class).stream()
                  .map(Errand::of)
                  .toList());
        }
      } catch (IOException | JsonException | ClassCastException | NullPointerException damaged) {
        LOG.log(Level.WARNING, file + " cannot be read", damaged);
      }
    }
    return all;
  }

  /** What a compute must still be told, in order. */
  synchronized List<Errand> of(String computeId) {
    return errands.getOrDefault(computeId, List.of());
  }

  /**
   * Replaces it. That it cannot be written is logged: the errands are done unless the server ends.
   */
  synchronized void keep(String computeId, List<Errand> waiting) {
    if (waiting.isEmpty()) {
      errands.remove(computeId);
    } else {
      errands.put(computeId, waiting);
    }
    JsonObjectBuilder all = Json.createObjectBuilder();
    errands.forEach(
        (compute, list) -> {
          JsonArrayBuilder requests = Json.createArrayBuilder();
          list.forEach(errand -> requests.add(errand.toJson()));
          all.add(compute, requests);
        });
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      DurableFile.writeUnforced(file, all.build().toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "what computes must still be told is not kept", e);
    }
  }
}
