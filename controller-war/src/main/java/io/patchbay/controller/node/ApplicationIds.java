package io.patchbay.controller.node;

import io.patchbay.controller.project.Projects;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.NodeKinds;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses the application ids of IOU nodes. IOU makes the MAC addresses of a node from it, so no
 * two nodes of the open projects have the same, whatever compute they are on. On one compute each
 * node takes a second number, 512 from its own, for the other end of its links. Thread-safe.
 */
@Singleton
public class ApplicationIds {
  private static final String PROPERTY = "application_id";
  private static final int APART = 512;
  private static final int LAST = 2 * APART;

  private final Supplier<Stream<Holder>> holders;
  private final Map<String, Holder> reserved = new HashMap<>();

  /** Who has an id. */
  record Holder(String computeId, int id) {}

  /**
   * @param projects found when they are needed: they need this to open those that are to be open
   */
  @Inject
  public ApplicationIds(Instance<Projects> projects) {
    this(
        () ->
            projects.get().all().stream()
                .map(project -> project.nodes())
                .flatMap(Collection::stream)
                .filter(node -> node.has(Trait.APPLICATION_ID))
                .flatMap(node -> holder(node.compute().id(), node.stored()).stream()));
  }

  ApplicationIds(Supplier<Stream<Holder>> holders) {
    this.holders = holders;
  }

  private static Optional<Holder> holder(String computeId, JsonObject stored) {
    return properties(stored).get(PROPERTY) instanceof JsonNumber id
        ? Optional.of(new Holder(computeId, id.intValue()))
        : Optional.empty();
  }

  private static JsonObject properties(JsonObject stored) {
    return stored.get("properties") instanceof JsonObject given
        ? given
        : JsonValue.EMPTY_JSON_OBJECT;
  }

  /**
   * A node that is going to be one of a project, with an id that no other has: the one that it
   * wants, or else the first that is free. Nobody else gets it until {@link #settled} is called.
   *
   * @param stored the node as the project's file will have it; one of a kind without such ids stays
   *     as it is
   * @throws LabException (CONFLICT) if no id is left
   */
  public synchronized JsonObject reserve(String computeId, JsonObject stored) {
    Optional<NodeKind> kind = NodeKinds.find(stored.getString("node_type"));
    if (kind.filter(known -> known.has(Trait.APPLICATION_ID)).isEmpty()) {
      return stored;
    }
    Collection<Holder> taken = Stream.concat(holders.get(), reserved.values().stream()).toList();
    IntPredicate isFree =
        id ->
            taken.stream()
                .noneMatch(
                    other ->
                        other.id() == id
                            || other.computeId().equals(computeId)
                                && Math.abs(other.id() - id) == APART);
    int id =
        holder(computeId, stored)
            .map(Holder::id)
            .filter(wanted -> wanted >= 1 && wanted <= LAST && isFree.test(wanted))
            .orElseGet(() -> first(isFree));
    reserved.put(stored.getString("node_id"), new Holder(computeId, id));
    return Json.createObjectBuilder(stored)
        .add("properties", Json.createObjectBuilder(properties(stored)).add(PROPERTY, id))
        .build();
  }

  private static int first(IntPredicate isFree) {
    return IntStream.rangeClosed(1, LAST)
        .filter(isFree)
        .findFirst()
        .orElseThrow(
            () ->
                LabException.conflict(
                    "There are at most %d IOU nodes in all open projects, and %d on a compute"
                        .formatted(LAST, APART)));
  }

  /** The node is in its project now, or there will be none. */
  public synchronized void settled(String nodeId) {
    reserved.remove(nodeId);
  }
}
