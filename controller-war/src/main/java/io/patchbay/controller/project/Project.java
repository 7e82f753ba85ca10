package io.patchbay.controller.project;

import io.patchbay.controller.drawing.Drawing;
import io.patchbay.controller.journal.ProjectStore;
import io.patchbay.controller.link.Link;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.node.NodeNames;
import io.patchbay.controller.snapshot.SnapshotList;
import io.patchbay.server.event.EventFeed;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A project: its settings always, its nodes, links and drawings while it is open. Reads never wait.
 * {@link #exclusively} guards short changes of what belongs together; it is never held while a
 * compute is asked.
 */
public final class Project {
  private final String id;
  private final Path directory;
  private final String filename;
  private final EventFeed feed = new EventFeed();
  private final ReentrantLock lock = new ReentrantLock();

  private final ReentrantLock lifecycle = new ReentrantLock(true);

  private final OrderedMap<Node> nodes = new OrderedMap<>();
  private final OrderedMap<Link> links = new OrderedMap<>();
  private final ConcurrentMap<String, Set<Link>> linksByNode = new ConcurrentHashMap<>();
  private final OrderedMap<Drawing> drawings = new OrderedMap<>();
  private final ProjectComputes computes = new ProjectComputes(this);
  private final SnapshotList snapshots;
  private final ProjectStore store;
  private volatile NodeNames names = new NodeNames();
  private volatile JsonObject file;
  private volatile boolean open;
  private volatile boolean gone;
  private volatile boolean aheadOfDisk;
  private volatile Optional<String> problem = Optional.empty();

  /**
   * @param file the content of the project's file
   */
  public Project(String id, Path directory, String filename, JsonObject file) {
    this.id = id;
    this.directory = directory;
    this.filename = filename;
    this.file = file;
    this.snapshots = new SnapshotList(id, directory);
    this.store = new ProjectStore(path(), TopologyFile::bytes);
  }

  public String id() {
    return id;
  }

  public Path directory() {
    return directory;
  }

  public Path path() {
    return directory.resolve(filename);
  }

  ProjectStore store() {
    return store;
  }

  public EventFeed feed() {
    return feed;
  }

  public String name() {
    return file.getString("name");
  }

  public boolean isOpen() {
    return open;
  }

  /** Why its file cannot be used, and where a good copy is; empty if it can. */
  public Optional<String> problem() {
    return problem;
  }

  void problem(Optional<String> newProblem) {
    problem = newProblem;
  }

  /** Held by whoever opens, closes, restores or deletes the project. */
  public ReentrantLock lifecycle() {
    return lifecycle;
  }

  /** Whether it was deleted while somebody still had it at hand. */
  public boolean isGone() {
    return gone;
  }

  void deleted() {
    gone = true;
  }

  /**
   * @throws LabException (FORBIDDEN) if the project is closed
   */
  public Project requireOpen() {
    if (!open) {
      throw LabException.forbidden("The project is not opened");
    }
    return this;
  }

  public <T> T exclusively(Supplier<T> change) {
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }

  /** The settings as clients see them. */
  public JsonObject describe() {
    JsonObjectBuilder project = Json.createObjectBuilder();
    JsonObject now = file;
    ProjectForm.SETTINGS.forEach(field -> project.add(field, now.get(field)));
    problem.ifPresent(why -> project.add("problem", why));
    return project
        .add("project_id", id)
        .add("path", directory.toString())
        .add("filename", filename)
        .add("status", open ? "opened" : "closed")
        .build();
  }

  public boolean flag(String setting) {
    return file.getBoolean(setting, false);
  }

  JsonValue setting(String name) {
    return file.getOrDefault(name, JsonValue.NULL);
  }

  /** The file as it was last read or written. */
  public JsonObject file() {
    return file;
  }

  public void file(JsonObject newFile) {
    file = newFile;
  }

  /** Whether the file on the disk is not the last, because that could not be written. */
  boolean isAheadOfDisk() {
    return aheadOfDisk;
  }

  /**
   * The file as it must be written now.
   *
   * @throws LabException (CONFLICT) if the file on the disk is damaged: it may hold more
   */
  public JsonObject snapshot() {
    problem.ifPresent(
        why -> {
          throw LabException.conflict(why);
        });
    return open
        ? TopologyFile.with(
            file,
            nodes.values(),
            links.values(),
            drawings.values().stream().map(Drawing::stored).toList())
        : file;
  }

  void opened() {
    open = true;
  }

  /**
   * @param saved whether the file on the disk is the last
   */
  void closed(boolean saved) {
    // Under the lock, so that whoever adds something sees the project open all the while.
    lock.lock();
    try {
      file = snapshot();
      aheadOfDisk = !saved;
      open = false;
    } finally {
      lock.unlock();
    }
    abandoned();
  }

  /** Forgets what an opening made; the file in memory stays as it is. */
  void abandoned() {
    lock.lock();
    try {
      open = false;
    } finally {
      lock.unlock();
    }
    nodes.clear();
    links.clear();
    linksByNode.clear();
    drawings.clear();
    computes.clear();
    names = new NodeNames();
  }

  /** The names of the nodes; for {@link #exclusively}. */
  public NodeNames names() {
    return names;
  }

  public Collection<Node> nodes() {
    return nodes.values();
  }

  public Optional<Node> findNode(String nodeId) {
    return nodes.find(nodeId);
  }

  /**
   * @throws LabException (NOT_FOUND) if there is none with this id
   */
  public Node node(String nodeId) {
    return findNode(nodeId)
        .orElseThrow(() -> LabException.notFound("Node ID " + nodeId + " doesn't exist"));
  }

  public void add(Node node) {
    nodes.put(node.id(), node);
  }

  public void remove(Node node) {
    nodes.remove(node.id());
  }

  public Collection<Link> links() {
    return links.values();
  }

  /**
   * @throws LabException (NOT_FOUND) if there is none with this id
   */
  public Link link(String linkId) {
    return links
        .find(linkId)
        .orElseThrow(() -> LabException.notFound("Link ID " + linkId + " doesn't exist"));
  }

  public Optional<Link> findLink(String linkId) {
    return links.find(linkId);
  }

  /** The links at a node, in no order. */
  public Collection<Link> linksOf(String nodeId) {
    return linksByNode.getOrDefault(nodeId, Set.of());
  }

  public void add(Link link) {
    links.put(link.id(), link);
    link.nodeIds()
        .forEach(
            node ->
                linksByNode.compute(
                    node,
                    (id, all) -> {
                      Set<Link> known = all == null ? ConcurrentHashMap.newKeySet() : all;
                      known.add(link);
                      return known;
                    }));
  }

  /**
   * @return whether it was there
   */
  public boolean remove(Link link) {
    link.nodeIds()
        .forEach(
            node ->
                linksByNode.computeIfPresent(
                    node, (id, all) -> all.remove(link) && all.isEmpty() ? null : all));
    return links.remove(link.id(), link);
  }

  /** Drawings by id. */
  public OrderedMap<Drawing> drawings() {
    return drawings;
  }

  /** The computes that know it. */
  public ProjectComputes computes() {
    return computes;
  }

  public SnapshotList snapshots() {
    return snapshots;
  }

  JsonObject stats() {
    return Json.createObjectBuilder()
        .add("nodes", nodes.size())
        .add("links", links.size())
        .add("drawings", drawings.size())
        .add("snapshots", snapshots.size())
        .build();
  }

  /** A part of the topology as the file of a closed project has it. */
  public JsonValue stored(String part) {
    JsonArrayBuilder none = Json.createArrayBuilder();
    return file.getJsonObject("topology").getOrDefault(part, none.build());
  }
}
