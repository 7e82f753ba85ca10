package io.patchbay.controller.appliance;

import io.patchbay.controller.notification.Feeds;
import io.patchbay.controller.symbol.SymbolLibrary;
import io.patchbay.server.config.Settings;
import io.patchbay.server.json.BodySchema;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The appliances in the appliances' directory: {@code .gns3a} files of registry versions 3 to 8, as
 * they are or in zip archives of a registry. Looked at anew each time; a file that is broken is
 * told once and left out.
 */
@Singleton
public class Appliances {
  private static final Logger LOG = Logger.getLogger(Appliances.class.getName());
  private static final BodySchema SCHEMA =
      BodySchema.resource(Appliances.class, "appliance.schema.json");
  private static final Set<String> SUFFIXES = Set.of(".gns3a", ".gns3appliance");

  /** The largest in the public registry has 60 KB; an archive must not fill the memory. */
  private static final int MAX_BYTES = 4 << 20;

  private static final int MAX_ENTRIES = 5000;

  private final Path directory;
  private final SymbolLibrary symbols;
  private final Feeds feeds;

  /** What was already told of a file, so that a list does not tell it again. */
  private final Map<String, String> told = new ConcurrentHashMap<>();

  @Inject
  public Appliances(Settings settings, SymbolLibrary symbols, Feeds feeds) {
    this(settings.appliances(), symbols, feeds);
  }

  Appliances(Path directory, SymbolLibrary symbols, Feeds feeds) {
    this.directory = directory;
    this.symbols = symbols;
    this.feeds = feeds;
  }

  /**
   * All usable appliances: those of archives, which count as built in, then one's own.
   *
   * @param theme of the symbols for those that have none of their own, as {@code
   *     /v2/default_symbols} names it
   * @throws LabException (NOT_FOUND) if there is no such theme
   */
  List<JsonObject> list(String theme) {
    if (!(symbols.defaults().get(theme) instanceof JsonObject devices)) {
      throw LabException.notFound("The symbol theme '" + theme + "' was not found");
    }
    List<JsonObject> appliances = new ArrayList<>();
    for (Path file : files()) {
      if (file.toString().endsWith(".zip")) {
        archive(file, appliances, devices);
      }
    }
    for (Path file : files()) {
      if (isAppliance(file.toString())) {
        try (InputStream in = Files.newInputStream(file)) {
          add(file.getFileName().toString(), in, false, appliances, devices);
        } catch (IOException e) {
          tell(file.getFileName().toString(), "it cannot be read");
        }
      }
    }
    return appliances;
  }

  private List<Path> files() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      tell(directory.toString(), "it cannot be listed");
      return List.of();
    }
  }

  private static boolean isAppliance(String name) {
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  private void archive(Path file, List<JsonObject> appliances, JsonObject devices) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      zip.stream()
          .filter(entry -> !entry.isDirectory() && isAppliance(entry.getName()))
          .limit(MAX_ENTRIES)
          .sorted((one, other) -> one.getName().compareTo(other.getName()))
          .forEach(
              entry -> {
                String name = file.getFileName() + ":" + entry.getName();
                try (InputStream in = zip.getInputStream(entry)) {
                  add(name, in, true, appliances, devices);
                } catch (IOException e) {
                  tell(name, "it cannot be read");
                }
              });
    } catch (IOException e) {
      tell(file.getFileName().toString(), "it is no zip archive");
    }
  }

  private void add(
      String name, InputStream in, boolean builtin, List<JsonObject> appliances, JsonObject devices)
      throws IOException {
    byte[] content = in.readNBytes(MAX_BYTES + 1);
    if (content.length > MAX_BYTES) {
      tell(name, "it is too large");
      return;
    }
    try (JsonReader reader = Json.createReader(new java.io.ByteArrayInputStream(content))) {
      JsonObject appliance = reader.readObject();
      SCHEMA.check(appliance);
      told.remove(name);
      if (!appliance.getString("status").equals("broken")) {
        appliances.add(drawn(appliance, devices).add("builtin", builtin).build());
      }
    } catch (JsonException noJson) {
      tell(name, "it is not JSON");
    } catch (LabException wrong) {
      tell(name, wrong.getMessage());
    }
  }

  /** A symbol of its own stays; a built-in one, or none, becomes the theme's. */
  private static JsonObjectBuilder drawn(JsonObject appliance, JsonObject devices) {
    JsonObjectBuilder drawn = Json.createObjectBuilder(appliance).remove("appliance_id");
    boolean own =
        appliance.get("symbol") instanceof JsonString symbol
            && !symbol.getString().isEmpty()
            && !symbol.getString().startsWith(":/symbols/");
    String device = device(appliance);
    return own || !devices.containsKey(device) ? drawn : drawn.add("symbol", devices.get(device));
  }

  private static String device(JsonObject appliance) {
    String category = appliance.getString("category");
    if (!category.equals("guest")) {
      return category;
    }
    return appliance.containsKey("docker")
        ? "docker_guest"
        : appliance.containsKey("qemu") ? "qemu_guest" : category;
  }

  /** Broken files are told to the log and to the watchers, once for each fault. */
  private void tell(String file, String fault) {
    if (!fault.equals(told.put(file, fault))) {
      String message = "The appliance file " + file + " is left out: " + fault;
      LOG.log(Level.WARNING, message);
      feeds
          .controller()
          .publish("log.warning", Json.createObjectBuilder().add("message", message).build());
    }
  }
}
