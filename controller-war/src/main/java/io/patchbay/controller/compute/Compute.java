package io.patchbay.controller.compute;

import io.patchbay.spi.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Optional;

/** A compute as the controller knows it. Thread-safe. */
public final class Compute {
  private static final JsonObject UNKNOWN_CAPABILITIES =
      Json.createObjectBuilder()
          .addNull("version")
          .add("node_types", JsonValue.EMPTY_JSON_ARRAY)
          .build();

  private final Optional<Local> local;
  private final Presence presence;
  private final Errands errands;
  private final ComputeClient client = new ComputeClient(this::session);
  private final ComputeBatch batch = new ComputeBatch(client);
  private volatile ComputeSettings settings;
  private volatile Report report =
      new Report(UNKNOWN_CAPABILITIES, JsonValue.NULL, JsonValue.NULL, Optional.empty());
  private volatile Optional<JsonValue> interfaces = Optional.empty();

  private record Report(
      JsonObject capabilities, JsonValue cpu, JsonValue memory, Optional<String> lastError) {}

  /**
   * What is known of the compute on the controller's own server only.
   *
   * @param consoleHost where its consoles are
   * @param authorization the header by which it knows the controller, if it asks
   */
  record Local(String consoleHost, Optional<String> authorization) {}

  /**
   * @param grace how long the first connection may take before it counts as away
   * @param errands where is kept what it must still be told
   */
  Compute(ComputeSettings settings, Optional<Local> local, Duration grace, ErrandStore errands) {
    this.settings = settings;
    this.errands = new Errands(errands, settings.id());
    this.local = local;
    this.presence = new Presence(grace);
  }

  private ComputeHttp session() {
    return presence.session(name());
  }

  public String id() {
    return settings.id();
  }

  public String name() {
    return settings.name();
  }

  /** Where clients reach the consoles of its nodes. */
  public String consoleHost() {
    return local.map(Local::consoleHost).orElseGet(() -> settings.host());
  }

  /** The {@code Authorization} header for its API, if it wants one. */
  Optional<String> authorization() {
    return local.flatMap(Local::authorization).or(settings::authorization);
  }

  ComputeSettings settings() {
    return settings;
  }

  void settings(ComputeSettings changed) {
    settings = changed;
  }

  Presence presence() {
    return presence;
  }

  Errands errands() {
    return errands;
  }

  public ComputeClient client() {
    return client;
  }

  public ComputeBatch batch() {
    return batch;
  }

  /** Whether it is known not to be there, so that asking it would be in vain. */
  public boolean isAway() {
    return presence.isAway();
  }

  public boolean isConnected() {
    return presence.isHere();
  }

  /**
   * @throws ComputeAway if it is known not to be there; does not wait
   */
  public void requireReachable() {
    if (isAway()) {
      throw new ComputeAway(absence());
    }
  }

  /** Why its nodes cannot be used; for {@link #isAway}. */
  public String absence() {
    return "The compute " + name() + " is away: " + presence.reason();
  }

  /**
   * Sends a request whose answer nobody needs: now if the compute is there, else when it comes
   * back. Refusals are ignored, and an absent compute is not waited for.
   */
  public void eventually(String method, String path, JsonObject body) {
    Errand errand = new Errand(method, path, body);
    if (isAway()) {
      errands.add(errand);
      return;
    }
    try {
      client.send(method, path, body);
    } catch (ComputeAway away) {
      errands.add(errand);
    } catch (io.patchbay.spi.LabException refused) {
      // It does not know what the request is about, which is just as well.
    }
  }

  /** Its network interfaces, asked for once for each time that it is connected. */
  JsonValue interfaces() {
    Optional<JsonValue> known = interfaces;
    if (known.isEmpty()) {
      known = Optional.of(client.get("/network/interfaces"));
      interfaces = known;
    }
    return known.get();
  }

  void connected(JsonObject capabilities, ComputeHttp http) {
    interfaces = Optional.empty();
    batch.connected();
    report = new Report(capabilities, report.cpu(), report.memory(), Optional.empty());
    presence.here(http);
  }

  /**
   * @return whether it was there until now
   */
  boolean away(Absence absence) {
    boolean was = presence.away(absence.reason());
    Optional<String> error =
        was || absence.isFault() ? Optional.of(absence.reason()) : report.lastError();
    report = new Report(report.capabilities(), JsonValue.NULL, JsonValue.NULL, error);
    return was;
  }

  /**
   * Why a compute is not there.
   *
   * @param isFault whether something is wrong, rather than the compute just not running yet
   */
  record Absence(String reason, boolean isFault) {}

  void usage(JsonObject ping) {
    report =
        new Report(
            report.capabilities(),
            percent(ping, "cpu_usage_percent"),
            percent(ping, "memory_usage_percent"),
            report.lastError());
  }

  private static JsonValue percent(JsonObject ping, String field) {
    return ping.get(field) instanceof JsonNumber number ? number : JsonValue.NULL;
  }

  /** The compute as clients see it: without its password. */
  public JsonObject describe() {
    ComputeSettings now = settings;
    Report told = report;
    return Json.createObjectBuilder(now.publicPart())
        .add("user", now.user().<JsonValue>map(Json::createValue).orElse(JsonValue.NULL))
        .add("connected", isConnected())
        .add("cpu_usage_percent", told.cpu())
        .add("memory_usage_percent", told.memory())
        .add("capabilities", told.capabilities())
        .add(
            "last_error", told.lastError().<JsonValue>map(Json::createValue).orElse(JsonValue.NULL))
        .build();
  }

  /** The compute as a project's file names it: so that another server can reach it too. */
  public Optional<JsonObject> describeForFile() {
    ComputeSettings now = settings;
    return local.isPresent() || now.port() == 0 ? Optional.empty() : Optional.of(now.publicPart());
  }
}
