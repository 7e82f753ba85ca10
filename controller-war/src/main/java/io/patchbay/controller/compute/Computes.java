package io.patchbay.controller.compute;

import io.patchbay.controller.notification.Feeds;
import io.patchbay.controller.project.OrderedMap;
import io.patchbay.server.auth.LocalSecret;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The computes that the controller drives: the local one, on the same server, and those that were
 * registered. Thread-safe.
 */
@Singleton
public class Computes {
  public static final String LOCAL = "local";

  /** The id of the compute in the GNS3 VM, which clients name though there is none. */
  private static final String VM = "vm";

  /** The local compute comes up with this server. */
  private static final Duration LOCAL_GRACE = Duration.ofSeconds(60);

  private final ComputeStore store;
  private final ErrandStore errands;
  private final Feeds feeds;
  private final Compute local;
  private final OrderedMap<Compute> computes = new OrderedMap<>();

  /** Stand-ins for computes that projects name and nobody registered. */
  private final Map<String, Compute> missing = new ConcurrentHashMap<>();

  private volatile Consumer<Compute> newcomer = compute -> {};

  @Inject
  public Computes(
      Settings settings, LocalSecret secret, ComputeStore store, ErrandStore errands, Feeds feeds) {
    this(
        ComputeSettings.of(
            Json.createObjectBuilder()
                .add("compute_id", LOCAL)
                .add("name", settings.computeName())
                .add("protocol", "http")
                .add("host", reachable(settings.httpHost()))
                .add("port", settings.httpPort())
                .build()),
        new Compute.Local(settings.httpHost(), secret.authorization()),
        store,
        errands,
        feeds);
  }

  Computes(
      ComputeSettings settings,
      Compute.Local local,
      ComputeStore store,
      ErrandStore errands,
      Feeds feeds) {
    this.store = store;
    this.errands = errands;
    this.feeds = feeds;
    this.local = new Compute(settings, Optional.of(local), LOCAL_GRACE, errands);
    computes.put(LOCAL, this.local);
  }

  /** A server that listens on every address is reached on this one. */
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::", "[::]" -> "::1";
      default -> host;
    };
  }

  @PostConstruct
  void load() {
    for (ComputeSettings settings : store.load()) {
      computes.put(settings.id(), remote(settings));
    }
  }

  private Compute remote(ComputeSettings settings) {
    return new Compute(settings, Optional.empty(), Duration.ZERO, errands);
  }

  /** Who wants to know of computes that are registered from now on. */
  void onNewcomer(Consumer<Compute> listener) {
    newcomer = listener;
  }

  public Collection<Compute> all() {
    return computes.values();
  }

  public Optional<Compute> find(String id) {
    return computes.find(id);
  }

  /**
   * @throws LabException (NOT_FOUND) if there is none with this id
   */
  public Compute get(String id) {
    return find(id)
        .orElseThrow(
            () ->
                LabException.notFound(
                    id.equals(VM)
                        ? "There is no GNS3 VM on this server, so compute vm is not found"
                        : "Compute ID " + id + " doesn't exist"));
  }

  /** The compute that a project names: one that nobody registered is away until somebody does. */
  public Compute orMissing(String id) {
    return find(id).orElseGet(() -> missing.computeIfAbsent(id, this::missing));
  }

  private Compute missing(String id) {
    JsonObject nowhere =
        Json.createObjectBuilder()
            .add("compute_id", id)
            .add("name", id)
            .add("protocol", "http")
            .add("host", "")
            .add("port", 0)
            .build();
    Compute compute = remote(ComputeSettings.of(nowhere));
    compute.away(new Compute.Absence("no compute with this id is registered", true));
    return compute;
  }

  /**
   * Registers a compute; one that is there with this id stays as it is.
   *
   * @throws LabException INVALID for an id that is reserved, CONFLICT for a name that is taken
   */
  Compute register(JsonObject body) {
    ComputeSettings settings = ComputeSettings.of(body);
    if (settings.id().equals(VM)) {
      throw LabException.invalid("The compute id vm stands for the GNS3 VM");
    }
    Compute compute;
    synchronized (this) {
      Optional<Compute> known = find(settings.id());
      if (known.isPresent()) {
        return known.get();
      }
      requireFree(settings.name(), settings.id());
      save(Stream.concat(registered(), Stream.of(settings)));
      // Nodes may hold the stand-in, which becomes the real one.
      compute =
          Optional.ofNullable(missing.remove(settings.id())).orElseGet(() -> remote(settings));
      compute.settings(settings);
      computes.put(settings.id(), compute);
    }
    newcomer.accept(compute);
    feeds.controller().publish("compute.created", compute.describe());
    return compute;
  }

  /** Makes known what a project's file says of a compute, unless that is not enough. */
  public void registerFromFile(JsonObject stored) {
    try {
      if (stored.containsKey("compute_id") && find(stored.getString("compute_id")).isEmpty()) {
        ComputeBodies.CREATE.check(stored);
        register(stored);
      }
    } catch (LabException | ClassCastException unusable) {
      // Its nodes are shown as those of a compute that is missing.
    }
  }

  private void requireFree(String name, String id) {
    if (all().stream().anyMatch(other -> other.name().equals(name) && !other.id().equals(id))) {
      throw LabException.conflict("A compute named \"" + name + "\" already exists");
    }
  }

  private Stream<ComputeSettings> registered() {
    return all().stream().filter(compute -> compute != local).map(Compute::settings);
  }

  private void save(Stream<ComputeSettings> settings) {
    store.save(settings.toList());
  }

  /**
   * Changes how a compute is named and reached.
   *
   * @return whether it is reached in another way now
   * @throws LabException CONFLICT for a name that is taken, or if the local compute would be led
   *     elsewhere
   */
  boolean update(Compute compute, JsonObject body) {
    ComputeSettings before = compute.settings();
    ComputeSettings changed = before.change(body);
    synchronized (this) {
      if (compute == local && !changed.reachesAs(before)) {
        throw LabException.conflict("The address of the local compute is this server's own");
      }
      requireFree(changed.name(), changed.id());
      save(registered().map(known -> known.id().equals(changed.id()) ? changed : known));
      compute.settings(changed);
    }
    feeds.controller().publish("compute.updated", compute.describe());
    return !changed.reachesAs(before);
  }

  /**
   * Forgets a compute.
   *
   * @throws LabException (CONFLICT) for the local one
   */
  void remove(Compute compute) {
    requireRemovable(compute);
    synchronized (this) {
      save(registered().filter(known -> !known.id().equals(compute.id())));
      computes.remove(compute.id());
    }
    compute.errands().forget();
    feeds.controller().publish("compute.deleted", compute.describe());
  }

  /**
   * @throws LabException (CONFLICT) for the local compute
   */
  void requireRemovable(Compute compute) {
    if (compute == local) {
      throw LabException.conflict("The local compute is this server's own and stays");
    }
  }
}
