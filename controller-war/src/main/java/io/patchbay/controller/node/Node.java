package io.patchbay.controller.node;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.ComputePaths;
import io.patchbay.spi.Json;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeStatus;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A node of an open project: what its file stores, and what its compute tells. Reads never wait;
 * {@link #lock} is held by whoever asks the compute something about the node.
 */
public final class Node {
  /** Fields of a compute's answer that are the node's own; all others are properties. */
  private static final Set<String> OWN =
      Set.of("name", "console", "console_type", "status", "command_line", "node_directory");

  private static final Set<String> IGNORED = Set.of("node_id", "project_id", "console_host");

  private final ReentrantLock lock = new ReentrantLock(true);
  private final String projectId;
  private final Compute compute;
  private final Optional<NodeKind> kind;
  private volatile State state;
  private volatile boolean leaving;
  private volatile Optional<Description> description = Optional.empty();
  private JsonObject lastTold = JsonValue.EMPTY_JSON_OBJECT;

  private record Description(State of, JsonObject json, String text) {}

  /** The property by which clients learn why a node cannot be used. */
  static final String PROBLEM = "problem";

  private record State(
      JsonObject stored,
      String status,
      JsonValue commandLine,
      JsonValue directory,
      Optional<String> problem) {
    State with(JsonObject newStored) {
      return new State(newStored, status, commandLine, directory, problem);
    }
  }

  /**
   * @param stored the node as the project's file has it
   */
  public Node(String projectId, Compute compute, JsonObject stored) {
    this.projectId = projectId;
    this.compute = compute;
    this.kind = NodeKinds.find(stored.getString("node_type"));
    this.state =
        new State(
            NodeForm.complete(stored),
            NodeStatus.STOPPED.wireName(),
            JsonValue.NULL,
            JsonValue.NULL,
            Optional.empty());
  }

  public ReentrantLock lock() {
    return lock;
  }

  public String id() {
    return stored().getString("node_id");
  }

  public String name() {
    return stored().getString("name");
  }

  public String type() {
    return stored().getString("node_type");
  }

  public Compute compute() {
    return compute;
  }

  public boolean has(NodeKind.Trait trait) {
    return kind.map(known -> known.has(trait)).orElse(false);
  }

  /** Whether somebody is deleting it: nothing may be linked to it any more. */
  public boolean isLeaving() {
    return leaving;
  }

  /** Somebody begins to delete it, or could not. */
  public void leaving(boolean now) {
    leaving = now;
  }

  public boolean isLocked() {
    return stored().getBoolean("locked", false);
  }

  boolean hasTelnetConsole() {
    return stored().get("console") instanceof JsonNumber
        && stored().getString("console_type", "").equals("telnet");
  }

  public boolean isStarted() {
    return state.status().equals(NodeStatus.STARTED.wireName());
  }

  public boolean isStopped() {
    return state.status().equals(NodeStatus.STOPPED.wireName());
  }

  /** The node as the project's file stores it. */
  public JsonObject stored() {
    return state.stored();
  }

  public synchronized void store(JsonObject stored) {
    state = state.with(stored);
  }

  /** Why the node cannot be used until its compute takes it up again; empty if it can. */
  public Optional<String> problem() {
    return state.problem();
  }

  /** Notes why the node cannot be used. What else is known of it stays: it may well run on. */
  public synchronized void suffer(String problem) {
    state =
        new State(
            state.stored(),
            state.status(),
            state.commandLine(),
            state.directory(),
            Optional.of(problem));
  }

  /** Where the compute has this node, below {@code /v2/compute}. */
  public String path() {
    return "/projects/" + projectId + "/" + type() + "/nodes/" + id();
  }

  /** Where the compute serves a file of this node, below {@code /v2/compute}. */
  public String filePath(String file) {
    return ComputePaths.projectFile(projectId, "project-files/" + type() + "/" + id() + "/" + file);
  }

  /** What can be plugged into a port, "ethernet" or "serial"; empty if there is no such port. */
  public Optional<String> linkType(PortAddress port) {
    return describe().getJsonArray("ports").getValuesAs(JsonObject.class).stream()
        .filter(known -> known.getInt("adapter_number") == port.adapter())
        .filter(known -> known.getInt("port_number") == port.port())
        .map(known -> known.getString("link_type"))
        .findFirst();
  }

  /**
   * Takes over what the compute says of the node, unless something else was learned or stored since
   * it was asked.
   *
   * @param then what {@link #stored} gave before it was asked
   * @return whether the answer counts
   */
  synchronized boolean learnUnlessChanged(JsonObject answer, JsonObject then) {
    // Each change makes another object, also one that says the same.
    boolean unchanged = stored() == then;
    if (unchanged) {
      learn(answer);
    }
    return unchanged;
  }

  /**
   * Takes over what the compute says of the node.
   *
   * @return whether anything is different now
   */
  public synchronized boolean learn(JsonObject answer) {
    State before = state;
    JsonObject stored = before.stored();
    JsonObjectBuilder properties = Json.createObjectBuilder(stored.getJsonObject("properties"));
    answer.forEach(
        (field, value) -> {
          if (!OWN.contains(field) && !IGNORED.contains(field)) {
            properties.add(field, value);
          }
        });
    JsonObjectBuilder node = Json.createObjectBuilder(stored).add("properties", properties);
    for (String field : Set.of("console", "console_type")) {
      if (answer.containsKey(field)) {
        node.add(field, answer.get(field));
      }
    }
    state =
        new State(
            node.build(),
            answer.getString("status", before.status()),
            answer.getOrDefault("command_line", before.commandLine()),
            answer.getOrDefault("node_directory", before.directory()),
            Optional.empty());
    return !state.equals(before);
  }

  /**
   * @return whether the status is another one now
   */
  public synchronized boolean become(NodeStatus status) {
    boolean changed = !state.status().equals(status.wireName());
    state =
        new State(
            state.stored(),
            status.wireName(),
            state.commandLine(),
            state.directory(),
            state.problem());
    return changed;
  }

  /** The node as clients see it. */
  public JsonObject describe() {
    return description().json();
  }

  /** What {@link #describe()} says, as JSON text. */
  public String text() {
    return description().text();
  }

  private Description description() {
    State now = state;
    Optional<Description> known = description.filter(made -> made.of() == now);
    if (known.isEmpty()) {
      JsonObject json = describe(now);
      known = Optional.of(new Description(now, json, json.toString()));
      description = known;
    }
    return known.get();
  }

  private JsonObject describe(State now) {
    JsonObjectBuilder node = Json.createObjectBuilder(now.stored());
    // Among the properties, as there are client libraries that refuse other fields than they know.
    now.problem()
        .ifPresent(
            problem ->
                node.add(
                    "properties",
                    Json.createObjectBuilder(now.stored().getJsonObject("properties"))
                        .add(PROBLEM, problem)));
    return node.add("project_id", projectId)
        .add("status", now.status())
        .add("console_host", compute.consoleHost())
        .add("command_line", now.commandLine())
        .add("node_directory", now.directory())
        .add("ports", NodePorts.of(now.stored()))
        .build();
  }

  /** The node as it is now, which counts as told to the watchers. */
  public synchronized JsonObject told() {
    lastTold = describe();
    return lastTold;
  }

  /**
   * What the watchers do not know yet: changes come by answers and by notifications of the compute,
   * and each must be told once.
   */
  public synchronized Optional<JsonObject> news() {
    return describe().equals(lastTold) ? Optional.empty() : Optional.of(told());
  }
}
