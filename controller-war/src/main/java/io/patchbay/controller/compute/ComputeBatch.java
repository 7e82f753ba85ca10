package io.patchbay.controller.compute;

import io.patchbay.server.task.Tasks;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * Many things by one request, where the compute has routes for that: Patchbay's own has, API v2 has
 * not. Whatever is not made this way is left to its own request, which also tells why. Thread-safe.
 */
public final class ComputeBatch {
  private static final int MOST = 50;
  private static final int CREATED = 201;

  private final ComputeClient client;
  private volatile boolean possible = true;

  ComputeBatch(ComputeClient client) {
    this.client = client;
  }

  /**
   * How things of one sort are made.
   *
   * @param <T> has the identity of its objects
   */
  public interface Work<T> {
    /** The last part of the route, and the name of the list in the body. */
    String route();

    /**
     * What must be held while the compute is asked, if anything: all that are asked for together
     * hold theirs until the last is made.
     */
    default Optional<Lock> lock(T item) {
      return Optional.empty();
    }

    /**
     * What the compute needs to make it; empty if it is not to be made now.
     *
     * @throws LabException if it is gone, or something that it needs
     */
    Optional<JsonObject> request(T item);

    /**
     * The compute has made it.
     *
     * @return whether that counts; if not its own request is to be sent
     */
    boolean made(T item, JsonObject answer);
  }

  /** Another compute may have come in the place of the one that was known. */
  void connected() {
    possible = true;
  }

  /**
   * Makes as many as can be made at once. One whose lock another thread holds is left out; a single
   * one may be made by who holds its lock.
   *
   * @return those that were made
   */
  public <T> Set<T> run(String projectId, Collection<T> items, Work<T> work) {
    List<T> all = List.copyOf(items);
    if (all.size() == 1) {
      // On this thread, which may hold the lock.
      return part(projectId, all, work);
    }
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST) {
      parts.add(all.subList(from, Math.min(all.size(), from + MOST)));
    }
    Set<T> made = new HashSet<>();
    Tasks.map(parts, part -> part(projectId, part, work)).forEach(made::addAll);
    return made;
  }

  private <T> Set<T> part(String projectId, List<T> items, Work<T> work) {
    List<T> held =
        items.stream().filter(item -> work.lock(item).map(Lock::tryLock).orElse(true)).toList();
    try {
      Map<T, JsonObject> wanted = new LinkedHashMap<>();
      held.forEach(item -> request(work, item).ifPresent(body -> wanted.put(item, body)));
      Iterator<JsonValue> answers = post(projectId, work.route(), wanted.values()).iterator();
      Set<T> made = new HashSet<>();
      wanted.keySet().stream()
          .filter(item -> answers.hasNext())
          .forEach(
              item -> {
                if (answers.next() instanceof JsonObject answer
                    && answer.getInt("status", 0) == CREATED
                    && work.made(item, answer)) {
                  made.add(item);
                }
              });
      return made;
    } finally {
      held.forEach(item -> work.lock(item).ifPresent(Lock::unlock));
    }
  }

  private static <T> Optional<JsonObject> request(Work<T> work, T item) {
    try {
      return work.request(item);
    } catch (LabException gone) {
      return Optional.empty();
    }
  }

  /** The answers; none if the compute cannot be asked this way. */
  private JsonArray post(String projectId, String route, Collection<JsonObject> items) {
    if (!possible || items.isEmpty()) {
      return JsonValue.EMPTY_JSON_ARRAY;
    }
    JsonArrayBuilder list = Json.createArrayBuilder();
    items.forEach(list::add);
    String project = "/projects/" + projectId;
    try {
      return client.postAll(
          "/patchbay" + project + "/" + route, Json.createObjectBuilder().add(route, list).build());
    } catch (LabException refused) {
      possible = !(refused.code() == ErrorCode.NOT_FOUND && isThere(project));
      return JsonValue.EMPTY_JSON_ARRAY;
    }
  }

  /** It is the route that was not found, if the project is. */
  private boolean isThere(String project) {
    try {
      client.get(project);
      return true;
    } catch (LabException unknown) {
      return false;
    }
  }
}
