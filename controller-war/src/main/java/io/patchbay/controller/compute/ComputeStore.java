package io.patchbay.controller.compute;

import io.patchbay.server.config.Settings;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The registered computes on disk, passwords included, so the file is its owner's only: {@code
 * {"computes": [...]}}.
 */
@Singleton
public class ComputeStore {
  private static final Logger LOG = Logger.getLogger(ComputeStore.class.getName());

  private final Path file;

  @Inject
  public ComputeStore(Settings settings) {
    this(settings.configs().resolve("computes.json"));
  }

  ComputeStore(Path file) {
    this.file = file;
  }

  /** What was saved; a damaged file is put aside and said, and the server starts without it. */
  List<ComputeSettings> load() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(file);
        JsonReader reader = Json.createReader(in)) {
      return reader.readObject().getJsonArray("computes").getValuesAs(JsonObject.class).stream()
          .map(ComputeSettings::of)
          .toList();
    } catch (IOException | JsonException | ClassCastException | NullPointerException damaged) {
      putAside(damaged);
      return List.of();
    }
  }

  private void putAside(Exception damaged) {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    LOG.log(Level.SEVERE, "the list of computes cannot be read; it is kept as " + aside, damaged);
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(Level.SEVERE, "nor can it be kept", e);
    }
  }

  /**
   * @throws LabException (CONFLICT) if it cannot be written; the file is then as it was
   */
  void save(Collection<ComputeSettings> computes) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    computes.forEach(compute -> all.add(compute.stored()));
    String text = Json.createObjectBuilder().add("computes", all).build().toString();
    try {
      Files.createDirectories(file.getParent());
      DurableFile.writePrivate(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw LabException.conflict("The list of computes cannot be saved: " + e.getMessage());
    }
  }
}
