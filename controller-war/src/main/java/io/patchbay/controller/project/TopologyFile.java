package io.patchbay.controller.project;

import io.patchbay.controller.link.Link;
import io.patchbay.controller.migration.Migrations;
import io.patchbay.controller.node.Node;
import io.patchbay.server.http.ApiVersion;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code .gns3} file of a project, revision 9, so that this server and the reference open each
 * other's projects. Fields that are not known here survive.
 */
public final class TopologyFile {
  private TopologyFile() {}

  /**
   * Reads a project file of any revision up to the present one; an older one is converted on the
   * disk, too (see {@link Migrations}).
   *
   * @throws IOException if it cannot be read or is no project file
   * @throws io.patchbay.spi.LabException (CONFLICT) if it is of a newer revision or cannot be
   *     converted
   */
  public static JsonObject read(Path path) throws IOException {
    Migrations.Result result = Migrations.read(path, ApiVersion.TEXT);
    JsonObject file = requireProject(path, result.file());
    if (result.converted()) {
      write(path, file);
    }
    return ProjectForm.complete(file);
  }

  /**
   * Reads what is needed to list a project; one of a newer revision is not refused, so that it is
   * there to be seen, saved and deleted.
   */
  static JsonObject peek(Path path) throws IOException {
    JsonObject file = Migrations.parse(path);
    return Migrations.revision(file) > Migrations.CURRENT
        ? ProjectForm.complete(requireProject(path, file))
        : read(path);
  }

  private static JsonObject requireProject(Path path, JsonObject file) throws IOException {
    if (!(file.get("project_id") instanceof JsonString)
        || !(file.get("name") instanceof JsonString)
        || !(file.get("topology") instanceof JsonObject)) {
      throw new IOException(path + " lacks a field that every project has");
    }
    return file;
  }

  /** The file with the topology as it is now. */
  static JsonObject with(
      JsonObject file,
      Collection<Node> nodes,
      Collection<Link> links,
      Collection<JsonObject> drawings) {
    JsonArrayBuilder nodeArray = Json.createArrayBuilder();
    nodes.forEach(node -> nodeArray.add(node.stored()));
    JsonArrayBuilder linkArray = Json.createArrayBuilder();
    links.forEach(link -> linkArray.add(link.stored()));
    JsonArrayBuilder drawingArray = Json.createArrayBuilder();
    drawings.forEach(drawingArray::add);
    return Json.createObjectBuilder(file)
        .add(
            "topology",
            Json.createObjectBuilder(file.getJsonObject("topology"))
                .add("computes", computes(file.getJsonObject("topology"), nodes))
                .add("nodes", nodeArray)
                .add("links", linkArray)
                .add("drawings", drawingArray))
        .build();
  }

  /** How the computes of nodes are reached; what the file knows of others stays. */
  private static JsonArrayBuilder computes(JsonObject topology, Collection<Node> nodes) {
    Map<String, JsonObject> all = new LinkedHashMap<>();
    if (topology.get("computes") instanceof JsonArray known) {
      known
          .getValuesAs(JsonObject.class)
          .forEach(compute -> all.put(compute.getString("compute_id"), compute));
    }
    nodes.stream()
        .map(Node::compute)
        .distinct()
        .forEach(compute -> compute.describeForFile().ifPresent(it -> all.put(compute.id(), it)));
    JsonArrayBuilder array = Json.createArrayBuilder();
    all.values().forEach(array::add);
    return array;
  }

  /** Replaces the file; see {@link DurableFile}. */
  public static void write(Path path, JsonObject file) throws IOException {
    Files.createDirectories(path.getParent());
    DurableFile.write(path, bytes(file));
  }

  public static byte[] bytes(JsonObject file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer =
        Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true)).createWriter(out)) {
      writer.writeObject(file);
    }
    return out.toByteArray();
  }
}
