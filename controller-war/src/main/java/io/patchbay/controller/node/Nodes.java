package io.patchbay.controller.node;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.journal.Part;
import io.patchbay.controller.link.Link;
import io.patchbay.controller.link.Links;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectSaver;
import io.patchbay.controller.symbol.SymbolLibrary;
import io.patchbay.server.task.Tasks;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind.Trait;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes, changes and deletes nodes. A node is asked one thing at a time; different nodes go in
 * parallel.
 */
@Singleton
public class Nodes {
  /** Properties that no two nodes may share. */
  private static final Set<String> IDENTITY =
      Set.of("mac_addr", "mac_address", "application_id", "dynamips_id");

  private final Computes computes;
  private final Links links;
  private final NodeTakeUp takeUp;
  private final ProjectSaver saver;
  private final NodeNews news;
  private final BaseConfigs configs;
  private final SymbolLibrary symbols;
  private final ApplicationIds applicationIds;

  @Inject
  public Nodes(
      Computes computes,
      Links links,
      NodeTakeUp takeUp,
      ProjectSaver saver,
      NodeNews news,
      BaseConfigs configs,
      SymbolLibrary symbols,
      ApplicationIds applicationIds) {
    this.applicationIds = applicationIds;
    this.computes = computes;
    this.links = links;
    this.takeUp = takeUp;
    this.saver = saver;
    this.news = news;
    this.configs = configs;
    this.symbols = symbols;
  }

  /** A node for a compute that there is none of is refused before anything else is looked at. */
  public void requireCompute(JsonObject body) {
    computes.get(body.getString("compute_id"));
  }

  /** Adds a node; one that is there with this id stays as it is. */
  public Node create(Project project, JsonObject body) {
    Compute compute = computes.get(body.getString("compute_id"));
    String nodeId =
        body.get("node_id") instanceof JsonString given
            ? given.getString()
            : UUID.randomUUID().toString();
    Optional<Node> known = project.findNode(nodeId);
    if (known.isPresent()) {
      return known.get();
    }
    saver.admit(project.requireOpen(), body);
    String name = project.exclusively(() -> project.names().take(body.getString("name")));
    Node node;
    try {
      JsonObject wanted =
          applicationIds.reserve(compute.id(), NodeForm.create(body, nodeId, name, symbols));
      JsonObject properties = wanted.getJsonObject("properties");
      node =
          new Node(
              project.id(),
              compute,
              Json.createObjectBuilder(wanted)
                  .add("properties", BaseConfigs.without(properties))
                  .build());
      takeUp.build(project, node, configs.contents(properties));
    } catch (RuntimeException refused) {
      applicationIds.settled(nodeId);
      project.exclusively(
          () -> {
            project.names().free(name);
            return null;
          });
      throw refused;
    }
    try {
      project.exclusively(
          () -> {
            project.requireOpen().add(node);
            return null;
          });
    } catch (LabException closedMeanwhile) {
      deleteOnCompute(node);
      throw closedMeanwhile;
    } finally {
      applicationIds.settled(nodeId);
    }
    project.feed().publish("node.created", node.told());
    saver.changed(project, Part.NODES, node.id());
    return node;
  }

  void update(Project project, Node node, JsonObject body) {
    saver.admit(project, body);
    node.lock().lock();
    try {
      if (NodeForm.concernsCompute(node.stored(), body)) {
        takeUp.require(project, node);
      }
      String oldName = node.name();
      String name =
          body.get("name") instanceof JsonString wanted
              ? project.exclusively(() -> rename(project, oldName, wanted.getString()))
              : oldName;
      try {
        JsonObject changed = NodeForm.change(node.stored(), body, name, symbols);
        if (NodeForm.concernsCompute(node.stored(), body)) {
          JsonObject answer =
              node.compute().client().put(node.path(), NodeForm.computeUpdate(changed, body));
          node.store(changed);
          node.learn(answer);
        } else {
          node.store(changed);
        }
      } catch (LabException refused) {
        project.exclusively(() -> rename(project, name, oldName));
        throw refused;
      }
      news.tell(project, node);
    } finally {
      node.lock().unlock();
    }
  }

  private static String rename(Project project, String from, String to) {
    project.names().free(from);
    return project.names().take(to);
  }

  void delete(Project project, Node node) {
    if (node.isLocked()) {
      throw LabException.conflict(
          "Node " + node.name() + " cannot be deleted because it is locked");
    }
    node.lock().lock();
    try {
      if (project.findNode(node.id()).isEmpty()) {
        throw LabException.notFound("Node ID " + node.id() + " doesn't exist");
      }
      saver.admitRemovals(project, 1 + project.linksOf(node.id()).size());
      List<Link> attached =
          project.exclusively(
              () -> {
                node.leaving(true);
                return List.copyOf(project.linksOf(node.id()));
              });
      attached.forEach(link -> links.delete(project, link));
      deleteOnCompute(node);
      project.exclusively(
          () -> {
            project.remove(node);
            project.names().free(node.name());
            return null;
          });
    } catch (RuntimeException refused) {
      node.leaving(false);
      throw refused;
    } finally {
      node.lock().unlock();
    }
    project.feed().publish("node.deleted", node.describe());
    saver.removed(project, Part.NODES, node.id());
  }

  /** What the compute no longer has need not be removed there. */
  private static void deleteOnCompute(Node node) {
    if (node.compute().isAway()) {
      node.compute().eventually("DELETE", node.path(), JsonValue.EMPTY_JSON_OBJECT);
      return;
    }
    try {
      node.compute().client().delete(node.path());
    } catch (LabException refused) {
      if (refused.code() != ErrorCode.NOT_FOUND) {
        throw refused;
      }
    }
  }

  /** Lets the links of a node carry nothing, or frames again. */
  void isolate(Project project, Node node, boolean isolated) {
    JsonObject change = Json.createObjectBuilder().add("suspend", isolated).build();
    Tasks.forEach(
        List.copyOf(project.linksOf(node.id())), link -> links.update(project, link, change));
  }

  /** Copies a stopped node with its files; if that fails there is no copy. */
  Node duplicate(Project project, Node source, JsonObject body) {
    if (!source.isStopped() && !source.has(Trait.ALWAYS_ON)) {
      throw LabException.conflict("Cannot duplicate a node that runs; stop it first");
    }
    JsonObject copied =
        Json.createObjectBuilder(source.stored())
            .remove("node_id")
            .add("properties", withoutIdentity(source.stored().getJsonObject("properties")))
            .add("locked", false)
            .add("x", body.getInt("x"))
            .add("y", body.getInt("y"))
            .add("z", body.getInt("z", 0))
            .build();
    Node copy = create(project, copied);
    try {
      copy.compute()
          .client()
          .postSlowly(
              source.path() + "/duplicate",
              Json.createObjectBuilder().add("destination_node_id", copy.id()).build());
    } catch (LabException refused) {
      try {
        delete(project, copy);
      } catch (LabException away) {
        refused.addSuppressed(away);
      }
      throw refused.code() == ErrorCode.NOT_FOUND
          ? LabException.conflict("Nodes of type " + source.type() + " cannot be duplicated")
          : refused;
    }
    return copy;
  }

  private static JsonObject withoutIdentity(JsonObject properties) {
    JsonObjectBuilder copied = Json.createObjectBuilder(properties);
    IDENTITY.forEach(copied::remove);
    return copied.build();
  }
}
