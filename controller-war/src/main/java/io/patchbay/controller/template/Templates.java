package io.patchbay.controller.template;

import io.patchbay.controller.notification.Feeds;
import io.patchbay.controller.settings.SettingsFile;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The templates that nodes are made from, kept in {@code templates.json} below the configurations'
 * directory. A built-in one is in the file only once it was changed.
 */
@Singleton
public class Templates {
  private static final String TEMPLATES = "templates";
  private static final Set<String> NEEDED = Set.of("template_id", "template_type", "name");
  private static final Map<String, JsonObject> BUILTIN = BuiltinTemplates.all();

  private final Feeds feeds;
  private final SettingsFile file;
  private volatile Map<String, JsonObject> templates = Map.of();

  @Inject
  public Templates(Settings settings, Feeds feeds) {
    this.feeds = feeds;
    this.file = new SettingsFile(settings.configs().resolve("templates.json"));
    templates = read(file.content());
  }

  /** Reads the file again. */
  public synchronized void reload() {
    file.reload();
    templates = read(file.content());
  }

  private static Map<String, JsonObject> read(JsonObject content) {
    Map<String, JsonObject> own = new LinkedHashMap<>();
    Map<String, JsonObject> builtin = new LinkedHashMap<>(BUILTIN);
    for (JsonValue stored : stored(content)) {
      if (isUsable(stored)) {
        String id = stored.asJsonObject().getString("template_id");
        (BUILTIN.containsKey(id) ? builtin : own).put(id, stored.asJsonObject());
      }
    }
    own.putAll(builtin);
    return own;
  }

  private static JsonArray stored(JsonObject content) {
    return content.get(TEMPLATES) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
  }

  /** Whoever writes the file by hand may forget a field. */
  private static boolean isUsable(JsonValue stored) {
    return stored instanceof JsonObject template
        && NEEDED.stream().allMatch(field -> template.get(field) instanceof JsonString);
  }

  /** One's own templates, then the built-in ones. */
  Collection<JsonObject> all() {
    return templates.values();
  }

  /**
   * @throws LabException (NOT_FOUND) if there is none with this id
   */
  public JsonObject get(String id) {
    JsonObject template = templates.get(id);
    if (template == null) {
      throw LabException.notFound("Template ID " + id + " doesn't exist");
    }
    return template;
  }

  JsonObject create(JsonObject body) {
    String id =
        body.get("template_id") instanceof JsonString given
            ? given.getString()
            : UUID.randomUUID().toString();
    JsonObject template = TemplateForm.create(body, id);
    synchronized (this) {
      if (templates.containsKey(id)) {
        throw LabException.conflict("Template ID '" + id + "' already exists");
      }
      change(map -> map.put(id, template));
      feeds.controller().publish("template.created", template);
    }
    return template;
  }

  synchronized JsonObject update(String id, JsonObject body) {
    JsonObject before = get(id);
    JsonObject after = TemplateForm.change(before, body);
    if (!after.equals(before)) {
      change(map -> map.put(id, after));
    }
    feeds.controller().publish("template.updated", after);
    return after;
  }

  synchronized void delete(String id) {
    JsonObject template = own(id, "deleted");
    change(map -> map.remove(id));
    feeds.controller().publish("template.deleted", template);
  }

  JsonObject duplicate(String id) {
    return create(Json.createObjectBuilder(own(id, "duplicated")).remove("template_id").build());
  }

  private JsonObject own(String id, String action) {
    JsonObject template = get(id);
    if (BUILTIN.containsKey(id)) {
      throw LabException.conflict(
          "Template ID " + id + " cannot be " + action + " because it is a builtin");
    }
    return template;
  }

  /** Whatever else the file holds stays, entries that are no templates included. */
  private void change(Consumer<Map<String, JsonObject>> edit) {
    Map<String, JsonObject> changed = new LinkedHashMap<>(templates);
    edit.accept(changed);
    JsonArrayBuilder stored = Json.createArrayBuilder();
    stored(file.content()).stream().filter(entry -> !isUsable(entry)).forEach(stored::add);
    changed.forEach(
        (id, template) -> {
          if (!template.equals(BUILTIN.get(id))) {
            stored.add(template);
          }
        });
    file.change(content -> Json.createObjectBuilder(content).add(TEMPLATES, stored).build());
    templates = read(file.content());
  }
}
